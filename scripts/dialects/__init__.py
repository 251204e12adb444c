"""What the scripts that learn from dialect field data share. Not shipped."""
