"""How a device learns to accept our authority: a page that says it, and the authority to fetch."""
