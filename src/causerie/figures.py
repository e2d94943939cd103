"""What `/metrics` tells those who run a place; numbers only, never a name."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from causerie.db import Database
from causerie.live.gateway import Gateway
from causerie.live.rooms import Rooms
from causerie.media import Media
from causerie.media.headroom import LAG, WORK
from causerie.streams.serving import Streams


class Figures(Collector):
    """Read at each scrape, from what the parts count anyway."""

    def __init__(self, database: Database, media: Media, rooms: Rooms, gateway: Gateway, streams: Streams) -> None:
        self.database = database
        self.media = media
        self.rooms = rooms
        self.gateway = gateway
        self.streams = streams

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("causerie_pages", "Open pages (WebSockets).", len(self.gateway.pages))
        yield GaugeMetricFamily("causerie_rooms", "Rooms that are alive.", len(self.rooms.hubs))
        yield GaugeMetricFamily("causerie_peers", "Connections that carry sound.", len(self.media.peers))
        waiting = self.database.closings.waiting if self.database.closings is not None else []
        yield GaugeMetricFamily("causerie_closings", "Closings that wait for the database.", len(waiting))
        yield CounterMetricFamily("causerie_commits", "Database commits.", self.database.commits)
        yield CounterMetricFamily(
            "causerie_refused_full", "Turns refused because a queue was full.", self.rooms.turns.refused_full
        )
        yield from self._sound()

    def _sound(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("causerie_sound_full", "1 while no more listeners are taken.", self.media.headroom.full)
        lag = GaugeMetricFamily(
            "causerie_sound_lag_seconds", "How far a worker was behind at worst.", labels=["worker"]
        )
        work = GaugeMetricFamily(
            "causerie_sound_busy_ratio", "Share of the last second in which a worker was at work.", labels=["worker"]
        )
        core = CounterMetricFamily("causerie_sound", "What the media core counts.", labels=["what"])
        for what, count in self.media.engine.statistics().items():
            if what.startswith(LAG):
                lag.add_metric([what.removeprefix(LAG)], count / 1e6)
            elif what.startswith(WORK):
                work.add_metric([what.removeprefix(WORK)], count / 1e3)
            else:
                core.add_metric([what], count)
        yield lag
        yield work
        yield core
        yield from self._streams()

    def _streams(self) -> Iterator[Metric]:
        streams = self.streams
        listening = GaugeMetricFamily("causerie_stream_listeners", "Who listens by a stream.", labels=["format"])
        for format, count in streams.listening.items():
            listening.add_metric([format], count)
        yield listening
        yield CounterMetricFamily("causerie_stream_slow", "Stream listeners let go that did not follow.", streams.slow)
        yield CounterMetricFamily(
            "causerie_stream_deaths", "Times the process that makes streams died.", streams.maker.deaths
        )
        yield GaugeMetricFamily("causerie_stream_behind_seconds", "How far streams are behind live.", streams.behind)
