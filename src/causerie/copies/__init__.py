"""The copy: what a room that was held leaves behind, as files anybody can post anywhere."""
