"""Where things are kept: SQLAlchemy stores, sealed photos, and in-memory twins of every port."""
