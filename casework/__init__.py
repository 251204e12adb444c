"""Cases, interviews, leads, windows and permissions: the rules, without web or database."""
