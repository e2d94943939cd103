"""A copy as an episode of its host's podcast, or of its group's."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from causerie.copies.contents import Contents, FileKind
from causerie.copies.feed import Enclosure, Episode, Podcast, Voice
from causerie.copies.published import Published

Link = Callable[[str], str]
"""From a file's key to an address that works as long as the copy is published."""
TRANSCRIPTS: tuple[tuple[FileKind, str], ...] = (
    ("vtt", "text/vtt"),
    ("srt", "application/x-subrip"),
    ("json", "application/json"),
)


@dataclass(frozen=True)
class OfGroup:
    """Whose podcast it is, where it is a group's."""

    name: str
    page: str


def podcast(
    found: Iterable[Published],
    *,
    url: str,
    here: str,
    instance: str,
    links: Callable[[Published], Link],
    of_group: OfGroup | None = None,
) -> Podcast | None:
    """The feed of a host, or of a group; none where nothing of it can be heard. `here`: the address of this place."""
    shown = [(one, episode) for one in found if (episode := episode_of(one, here, links(one)))]
    if not shown:
        return None
    newest, first = shown[0]
    return Podcast(
        url=url,
        page=of_group.page if of_group else here,
        by=of_group.name if of_group else newest.room.host_name,
        instance=instance,
        language=newest.room.language,
        cover=first.cover,
        episodes=tuple(episode for _, episode in shown),
    )


def episode_of(one: Published, here: str, link: Link) -> Episode | None:
    """One copy; none where it has no sound."""
    held, sound = one.contents, one.contents.file("mp3")
    if sound is None:
        return None
    cover = held.file("cover")
    return Episode(
        id=one.copy.name,
        title=one.room.title,
        url=f"{here}/c/{one.copy.name}",
        told=told(one),
        published_at=one.copy.published_at or one.copy.created_at,
        length=held.length,
        sound=Enclosure(link(sound.key), "audio/mpeg", sound.bytes),
        cover=link(cover.key) if cover else None,
        chapters=next(_files(held, (("chapters", "application/json+chapters"),), link), None),
        transcripts=tuple(_files(held, TRANSCRIPTS, link)),
        voices=tuple(Voice(voice.name, host=voice.person == one.room.host) for voice in held.voices if voice.talked),
    )


def told(one: Published) -> str:
    """What an app shows of it: what the room was about, and when what is said."""
    lines = [f"{_moment(each.begins)} {each.title}" for each in one.contents.chapters]
    return "\n".join([*([one.room.description] if one.room.description else []), *lines]) or one.room.title


def _files(held: Contents, kinds: Iterable[tuple[FileKind, str]], link: Link) -> Iterator[Enclosure]:
    for kind, type_ in kinds:
        if file := held.file(kind):
            yield Enclosure(link(file.key), type_, file.bytes)


def _moment(milliseconds: int) -> str:
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
