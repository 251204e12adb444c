"""What somebody said in a talk, taken apart: clues with their place in the text and who spoke."""
