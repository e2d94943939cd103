"""What somebody can find here: by words, as far as they may know of it."""
