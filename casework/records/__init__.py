"""Missing-person records and the tables they come in."""
