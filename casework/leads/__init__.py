"""A resident and a record that may be one person: from found to decided."""
