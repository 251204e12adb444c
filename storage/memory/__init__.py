"""In-memory twins of every port: the same promises without a database, for fast tests."""
