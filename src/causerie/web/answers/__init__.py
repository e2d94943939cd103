"""What the world sees of a published copy, written here so that it is read without a script."""
