"""Takes of what is said on stage, and who agreed to be in them."""
