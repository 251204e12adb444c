"""How alike are two people, and why: pure functions over facts, faces and Chinese text."""
