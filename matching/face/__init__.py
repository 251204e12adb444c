"""Faces: photos, engines, vectors, indexes, and what a distance means."""
