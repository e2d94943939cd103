"""Everything under `/api/v1/admin`: the one question, whether somebody runs this place, is asked here for all of it."""

from fastapi import APIRouter, Depends

from causerie.web.admin.audit import audit
from causerie.web.admin.health import health
from causerie.web.admin.jobs import jobs
from causerie.web.admin.settings import settings
from causerie.web.house import admin

inside = APIRouter(prefix="/api/v1/admin", dependencies=[Depends(admin)])
inside.include_router(health)
inside.include_router(settings)
inside.include_router(jobs)
inside.include_router(audit)
