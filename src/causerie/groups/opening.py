"""Whether somebody may hold a room in a group."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.groups.actions.guards import account, known, staying
from causerie.groups.errors import CharterForbids
from causerie.groups.rules import may_open
from causerie.groups.state import Group


async def opens_in(tx: Tx, host: Person, handle: str) -> Group:
    """The group, where its charter lets this host open a room; or `CharterForbids`, or what hides the group."""
    group, standing = await known(tx, account(host), handle)
    staying(group)
    if not may_open(group, standing, host):
        raise CharterForbids
    return group
