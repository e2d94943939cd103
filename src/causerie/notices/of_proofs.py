"""Somebody is told that something they had proved has fallen away: it is not shown any more."""

from causerie.accounts.proofs import Proof
from causerie.clock import DAY
from causerie.db import Tx
from causerie.ids import PersonId
from causerie.notices.kinds import Said, Telling
from causerie.notices.telling import begin

WORTH = 30 * DAY


async def tell_of_lost_proof(tx: Tx, person: PersonId, proof: Proof) -> None:
    """In their inbox and by the ways they chose; begun in the turn in which it falls away, so that no kill loses it."""
    key, said = f"proof.lost:{proof.id}:{tx.now // DAY}", Said(proof.domain, path="/settings")
    await begin(tx, Telling(key, "proof.lost", person, said, tx.now, tx.now + WORTH))
