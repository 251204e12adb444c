"""What a person or a station has before it now."""
