"""Links into a group: made, used, taken back."""

from sqlalchemy import delete, func, insert, select, update

from causerie.accounts.people import Person, hashed
from causerie.clock import DAY, HOUR
from causerie.db import Tx
from causerie.groups.actions.guards import account, looked_after, staying
from causerie.groups.actions.joining import admit
from causerie.groups.errors import InvitationUnknown, InvitationWrong, TooManyInvitations
from causerie.groups.invitations import invitation, still_good
from causerie.groups.models import group_invitations
from causerie.groups.queries import group_of_id
from causerie.groups.state import Group, Invitation
from causerie.ids import new_id, secret

SHORTEST, LONGEST = HOUR, 90 * DAY
MOST_USES = 1000
MOST_AT_ONCE = 50


async def invite(tx: Tx, by: Person, handle: str, *, lasts: int, uses: int) -> tuple[Invitation, str]:
    """A link that lets so many people in until then; what opens it is given once and kept only as a hash."""
    group, _ = await looked_after(tx, by, handle, "group.invite")
    staying(group)
    if not (SHORTEST <= lasts <= LONGEST and 1 <= uses <= MOST_USES):
        raise InvitationWrong
    good = select(func.count()).where(group_invitations.c.group_id == group.id, *still_good(tx.now))
    if (await tx.run(good)).scalar_one() >= MOST_AT_ONCE:
        raise TooManyInvitations
    token = secret()
    made = Invitation(new_id(), group.id, tx.now, tx.now + lasts, uses, 0, by.name or "")
    row = {name: getattr(made, name) for name in ("id", "group_id", "made_at", "expires_at", "uses", "used")}
    await tx.run(insert(group_invitations).values(row | {"hash": hashed(token), "made_by": by.id}))
    await tx.audit("group.invite", actor=by.id, subject=made.id, group=group.id)
    return made, token


async def take_back(tx: Tx, by: Person, handle: str, *, id: str) -> None:
    """It opens nothing any more; who came by it stays."""
    group, _ = await looked_after(tx, by, handle, "group.invite")
    which = group_invitations.c.id == id, group_invitations.c.group_id == group.id
    gone = await tx.run(delete(group_invitations).where(*which))
    if gone.rowcount == 0:
        raise InvitationUnknown
    await tx.audit("group.uninvite", actor=by.id, subject=id, group=group.id)


async def use(tx: Tx, by: Person | None, token: str) -> Group:
    """Come in by a link. Who is in already uses nothing up; to who is banned it is no link."""
    person = account(by)
    found = await invitation(tx.connection, token, now=tx.now)
    known = await group_of_id(tx.connection, found.group_id, person.id) if found else None
    if found is None or known is None or known[1].banned or known[0].shut:
        raise InvitationUnknown
    group, standing = known
    if standing.role is not None:
        return group
    staying(group)
    await _use_up(tx, found)
    await admit(tx, group, person.id)
    await tx.audit("group.join", actor=person.id, subject=found.id, group=group.id)
    return group


async def _use_up(tx: Tx, found: Invitation) -> None:
    """Once more, where it still opens; of two at once the last use is one person's."""
    which = group_invitations.c.id == found.id, *still_good(tx.now)
    used = await tx.run(update(group_invitations).where(*which).values(used=group_invitations.c.used + 1))
    if used.rowcount == 0:
        raise InvitationUnknown
