"""A simulated population of missing people and residents, and how well each way of matching finds who is who."""
