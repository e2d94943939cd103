"""Rooms: their plan, their doors and their life from scheduled to ended."""
