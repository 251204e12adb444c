"""Unit, properties, contracts, integration, end to end. Not shipped."""
