"""People's sound: which connection is whose, whose microphone is open, and what became of each."""

from causerie.media.engine import Link, OfferTooLarge, SoundEngine, SoundRefused
from causerie.media.headroom import SoundFull
from causerie.media.people import ELSEWHERE, Media, Peer

__all__ = ["ELSEWHERE", "Link", "Media", "OfferTooLarge", "Peer", "SoundEngine", "SoundFull", "SoundRefused"]
