"""A group comes to be, and changes what it is called and what it agreed on."""

from sqlalchemy import delete, func, select, update

from causerie.accounts.people import Person, cleaned
from causerie.db import Tx
from causerie.groups.actions.guards import account, looked_after, staying
from causerie.groups.charter import Charter, agreed, written
from causerie.groups.errors import AboutLength, HandleTaken, StaysPrivate, TooManyGroups
from causerie.groups.handles import handle_of
from causerie.groups.models import group_covers, groups, memberships
from causerie.groups.state import RANK, Group, Joining
from causerie.ids import PersonId, new_id
from causerie.texts import seen

LONGEST_ABOUT = 1000
MOST_OWNED = 10


async def found(
    tx: Tx,
    by: Person | None,
    *,
    handle: str,
    name: str,
    description: str = "",
    private: bool = False,
    joining: Joining = "open",
    hidden_list: bool = False,
) -> Group:
    """Bring a group to life; who does owns it."""
    owner = account(by)
    group = Group(
        id=new_id(),
        handle=handle_of(handle),
        name=cleaned(name),
        description=_about(description),
        private=private,
        joining=_joining(joining, private=private),
        hidden_list=hidden_list,
        charter=Charter(),
        charter_version=1,
        created_at=tx.now,
    )
    await may_own(tx, owner.id)
    if await tx.connection.scalar(select(groups.c.id).where(groups.c.handle == group.handle)) is not None:
        raise HandleTaken
    row = {column.name: getattr(group, column.name) for column in groups.columns}
    await tx.put(groups, **row | {"charter": written(group.charter)})
    await tx.put(memberships, group_id=group.id, person=owner.id, role="owner", rank=RANK["owner"], since=tx.now)
    await tx.audit("group.found", actor=owner.id, group=group.id)
    return group


async def may_own(tx: Tx, person: PersonId) -> None:
    """They own fewer groups than somebody can; or `TooManyGroups`."""
    theirs = select(func.count()).where(memberships.c.person == person, memberships.c.role == "owner")
    if (await tx.run(theirs)).scalar_one() >= MOST_OWNED:
        raise TooManyGroups


async def edit(
    tx: Tx,
    by: Person,
    handle: str,
    *,
    name: str,
    description: str,
    private: bool,
    joining: Joining,
    hidden_list: bool,
) -> None:
    """Call it or describe it otherwise, have it joined otherwise; a private group never becomes public."""
    group, _ = await looked_after(tx, by, handle, "group.edit")
    staying(group)
    if group.private and not private:
        raise StaysPrivate
    await change(
        tx,
        group,
        name=cleaned(name),
        description=_about(description),
        private=private,
        joining=_joining(joining, private=private),
        hidden_list=hidden_list,
    )
    await tx.audit("group.edit", actor=by.id, group=group.id)


async def set_charter(tx: Tx, by: Person, handle: str, charter: Charter) -> None:
    """Agree on something else; it is another version, where it is."""
    group, _ = await looked_after(tx, by, handle, "group.charter")
    staying(group)
    fresh = agreed(charter)
    if fresh != group.charter:
        await change(tx, group, charter=written(fresh), charter_version=group.charter_version + 1)
        await tx.audit("group.charter", actor=by.id, group=group.id)


async def set_cover(tx: Tx, by: Person, handle: str, picture: bytes | None) -> None:
    """Give it a cover that was drawn anew, or none."""
    group, _ = await looked_after(tx, by, handle, "group.edit")
    staying(group)
    if picture is None:
        await tx.run(delete(group_covers).where(group_covers.c.group_id == group.id))
    else:
        await tx.put(group_covers, group_id=group.id, picture=picture)
    await change(tx, group, cover=None if picture is None else new_id())
    await tx.audit("group.cover", actor=by.id, group=group.id)


async def change(tx: Tx, group: Group, **values: object) -> None:
    await tx.run(update(groups).where(groups.c.id == group.id).values(values))


def _about(text: str) -> str:
    about = seen(text).strip()
    if len(about) > LONGEST_ABOUT:
        raise AboutLength
    return about


def _joining(joining: Joining, *, private: bool) -> Joining:
    """Nobody can ask to join what they may not know of."""
    return "invited" if private else joining
