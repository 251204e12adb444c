"""Real processes, really killed: workers, Redis and PostgreSQL."""
