"""One person's case: what happened, what was said, what follows."""
