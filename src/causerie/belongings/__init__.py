"""What is kept of one person: given to them as a file, and taken away when they go."""
