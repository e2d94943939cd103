"""Everything under `/api/v1/admin`: the one question, whether somebody runs this place, is asked here for all of it."""

from fastapi import APIRouter, Depends

from causerie.web.admin.appeals import appeals
from causerie.web.admin.audit import audit
from causerie.web.admin.bans import bans
from causerie.web.admin.check_requests import check_requests
from causerie.web.admin.groups import groups
from causerie.web.admin.health import health
from causerie.web.admin.jobs import jobs
from causerie.web.admin.listeners import listeners
from causerie.web.admin.outbox import outbox
from causerie.web.admin.people import people
from causerie.web.admin.reports import reports
from causerie.web.admin.rooms import rooms
from causerie.web.admin.settings import settings
from causerie.web.house import admin

inside = APIRouter(prefix="/api/v1/admin", dependencies=[Depends(admin)])
for part in (
    health,
    settings,
    jobs,
    audit,
    people,
    check_requests,
    rooms,
    listeners,
    groups,
    bans,
    reports,
    appeals,
    outbox,
):
    inside.include_router(part)
