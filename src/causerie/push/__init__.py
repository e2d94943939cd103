"""Messages to browsers that are closed: Web Push (RFC 8030, 8291, 8292)."""
