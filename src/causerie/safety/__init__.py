"""Keeping trouble out: who is banned from which room."""
