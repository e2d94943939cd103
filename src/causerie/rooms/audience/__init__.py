"""What a room does for those who listen: the pinned line, and who may come in."""
