"""What others would use: each takes in the same registry and answers the same questions."""
