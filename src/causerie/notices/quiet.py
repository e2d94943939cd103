"""Hours in which somebody wants to be left alone, by the clocks of where they are."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from causerie.notices.words import zone_of


@dataclass(frozen=True)
class Quiet:
    """From this minute of the day to that one; over midnight where the second is the smaller."""

    begins: int
    ends: int
    zone: str

    def over_at(self, now: int) -> int | None:
        """When they may be told again, where they are to be left alone now.

        Where clocks are put forward over it, the hour that is not there counts as the one after it; where they are put
        back, an hour that comes twice is over when it comes next.
        """
        here = datetime.fromtimestamp(now / 1000, UTC).astimezone(zone_of(self.zone))
        minute = here.hour * 60 + here.minute
        if not self._within(minute):
            return None
        day = here.date() + timedelta(days=1 if self.ends <= minute else 0)
        over = datetime.combine(day, time(*divmod(self.ends, 60)), zone_of(self.zone))
        first = int(over.timestamp() * 1000)
        return first if first > now else int(over.replace(fold=1).timestamp() * 1000)

    def _within(self, minute: int) -> bool:
        if self.begins == self.ends:
            return False
        if self.begins < self.ends:
            return self.begins <= minute < self.ends
        return minute >= self.begins or minute < self.ends
