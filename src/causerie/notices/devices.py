"""Browsers that take push. Each belongs to the session that said so, and dies with it."""

from sqlalchemy import delete, func, select, update

from causerie.accounts.models import sessions
from causerie.db import Tx
from causerie.ids import new_id
from causerie.notices.errors import DeviceUnknown, DeviceUnusable, TooManyDevices
from causerie.notices.models import deliveries, devices
from causerie.push.sealing import Receiver

MOST = 10


async def add_device(tx: Tx, person: str, session: str, endpoint: str, receiver: Receiver) -> None:
    """Tell this browser from now on. Its address is looked at by the guard before; one address is one person's."""
    if not receiver.usable():
        raise DeviceUnusable
    await remove_device(tx, endpoint)
    await _forget_signed_out(tx, person)
    counted = await tx.run(select(func.count()).select_from(devices).where(devices.c.person == person))
    if (counted.scalar() or 0) >= MOST:
        raise TooManyDevices
    keys = {"p256dh": receiver.p256dh, "auth": receiver.auth}
    row = {"id": new_id(), "person": person, "session": session, "endpoint": endpoint, "made_at": tx.now}
    await tx.put(devices, **row, **keys)


async def renew_device(tx: Tx, person: str, session: str, endpoint: str, receiver: Receiver) -> None:
    """This browser is reached elsewhere from now on; so is what waits for it. A session is one browser, and has one
    address: what else it was reached at before goes. Or `DeviceUnknown`, where nobody switched it on here.
    """
    if not receiver.usable():
        raise DeviceUnusable
    theirs = select(devices.c.id).where(devices.c.session == session, devices.c.person == person)
    known = (await tx.run(theirs.order_by(devices.c.made_at.desc(), devices.c.id.desc()))).scalars().all()
    if not known:
        raise DeviceUnknown
    here, *before = known
    others = select(devices.c.id).where(devices.c.endpoint == endpoint, devices.c.id != here)
    for id in {*before, *(await tx.run(others)).scalars()}:
        await forget_device(tx, id)
    renewed = {"endpoint": endpoint, "p256dh": receiver.p256dh, "auth": receiver.auth}
    await tx.run(update(devices).where(devices.c.id == here).values(**renewed))


async def _forget_signed_out(tx: Tx, person: str) -> None:
    """Browsers in which they are not signed in any more count no more."""
    here = select(sessions.c.hash).where(sessions.c.person == person, sessions.c.expires_at > tx.now)
    await tx.run(delete(devices).where(devices.c.person == person, devices.c.session.not_in(here)))


async def remove_device(tx: Tx, endpoint: str, *, person: str | None = None) -> None:
    """Tell it no more; what was on its way to it is let go."""
    found = select(devices.c.id).where(devices.c.endpoint == endpoint)
    if person is not None:
        found = found.where(devices.c.person == person)
    for id in (await tx.run(found)).scalars().all():
        await forget_device(tx, id)


async def forget_device(tx: Tx, id: str) -> None:
    """This device will never take anything again."""
    waiting = (deliveries.c.target == id, deliveries.c.state == "waiting")
    await tx.run(update(deliveries).where(*waiting).values(state="dropped"))
    await tx.run(delete(devices).where(devices.c.id == id))
