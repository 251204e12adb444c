"""Settings, wiring, jobs and clock: the only place where parts are joined."""
