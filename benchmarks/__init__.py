"""Speed and quality, each with its peer in the same run. Not shipped."""
