"""People's sound: which connection is whose, whose microphone is open, and what became of each."""

from causerie.media.engine import Link, OfferTooLarge, SoundEngine, SoundRefused
from causerie.media.people import Media, Peer

__all__ = ["Link", "Media", "OfferTooLarge", "Peer", "SoundEngine", "SoundRefused"]
