"""Work written with its cause, and the notices it leaves."""
