"""`python -m causerie` is `causerie`."""

from causerie.cli import app

app()
