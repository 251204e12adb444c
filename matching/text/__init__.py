"""Chinese text: names and places compared by how they are written and how they sound."""
