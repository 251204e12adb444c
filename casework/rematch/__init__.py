"""Everyone unidentified matched again when something changed."""
