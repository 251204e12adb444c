"""Moments, stretches of time and working days."""
