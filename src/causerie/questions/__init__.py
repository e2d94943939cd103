"""Asking, voting, answering: what the room wants to know, in writing."""
