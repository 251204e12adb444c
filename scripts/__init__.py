"""What the project is made with: set-up, locks, and the data that is learned. Not shipped."""
