"""Residents who may be one person: found, shown, judged by people."""
