"""Groups: people who belong together, what they agreed on, and who looks after them."""
