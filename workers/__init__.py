"""The worker process: drains the outbox outside the serving process."""
