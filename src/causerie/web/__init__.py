"""The HTTP edge: the page, a small JSON API, sound for other programs (WHEP, WHIP), health."""
