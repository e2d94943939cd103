"""What a page makes of what it is told: the old snapshot and the frames since, folded as the browser folds them."""

from tests.live.folds import FOLDS, Json, within


def folded(snapshot: Json, frames: list[Json]) -> Json:
    """The snapshot as it is after these frames."""
    state = {key: snapshot[key] for key in ("at", "room", "desk", "me")}
    for frame in frames:
        if frame["type"] == "tick":
            counted = {name: frame[name] for name in ("listeners", "stepped_forward")}
            state = within(state, "room", **counted)
        elif frame["type"] == "caption":
            state = within(state, "room", captions=[*state["room"]["captions"], frame["line"]][-5:])
        elif frame["type"] == "events":
            channel = frame["channel"]
            assert frame["n"] == state["at"][channel] + len(frame["events"]), "numbers have no holes"
            for event in frame["events"]:
                state = FOLDS[event["is"]](state, event)
            state = within(state, "at", **{channel: frame["n"]})
    return state


def comparable(snapshot: Json) -> Json:
    """A snapshot without what its moment is, and without an order where the order says nothing."""
    seen = {key: snapshot[key] for key in ("at", "room", "desk", "me")}
    seen = within(seen, "room", questions=_by(seen["room"]["questions"], "id"))
    me = seen["me"]
    seen = within(
        seen, "me", voted=sorted(me["voted"]), against=sorted(me["against"]), questions=_by(me["questions"], "id")
    )
    if seen["desk"] is not None:
        desk = seen["desk"]
        seen = within(seen, "desk", questions=_by(desk["questions"], "id"))
        seen = within(seen, "desk", hands=_by(desk["hands"], "person"), invitations=_by(desk["invitations"], "person"))
        seen = within(seen, "desk", helpers=_by(desk["helpers"], "person"))
    return seen


def _by(things: list[Json], key: str) -> dict[str, Json]:
    return {thing[key]: thing for thing in things}
