"""People: visitors, guests by name, accounts; their sessions and the links that bring them in."""
