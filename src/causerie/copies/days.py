"""On which day a room was held, by the clocks of where it was held."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from causerie.copies.plan import Plan
from causerie.copies.timeline import SECOND


def began(plan: Plan) -> datetime:
    """When the copy begins, as a clock on the wall there showed it; in UTC where we do not know the place."""
    try:
        zone = UTC if plan.zone == "UTC" else ZoneInfo(plan.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = UTC
    return datetime.fromtimestamp(plan.begins // SECOND, zone)
