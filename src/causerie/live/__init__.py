"""The live edge: one WebSocket a page, numbered events out, commands in."""
