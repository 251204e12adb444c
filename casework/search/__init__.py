"""From a case to ranked, kept leads."""
