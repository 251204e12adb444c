"""A registry as numbers: one row for each record, one column for each fact, built once per snapshot."""
