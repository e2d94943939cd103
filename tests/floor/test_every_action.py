"""Whatever can be done in a room is done by chance somewhere, or stands here with where it is told instead."""

import re
from types import CodeType, FunctionType

from causerie.floor import actions
from causerie.live.commands import TABLE
from tests.house.papers import ROOT

MACHINES = (
    "tests/chance.py",
    "tests/floor/chance_on_stage.py",
    "tests/floor/chance_in_the_queue.py",
    "tests/floor/test_evenings.py",
    "tests/floor/test_box.py",
)
SAYERS = ("tests/model/said.py", "tests/live/test_machine.py", "tests/live/test_two_devices.py")
# What a page and a room bring about without a command of this name.
EDGES = tuple(f"src/causerie/live/{edge}.py" for edge in ("socket", "page_sound", "rooms", "sweeping", "grouped"))
# A room's life has its own stories; so has what a program, a link or an admin does. Each by a word that stands there.
TOLD_IN = {
    "announce_room": ("tests/live/test_life.py", "room.announce"),
    "cancel_with_host": ("tests/belongings/test_leaving.py", "what_was_to_come_is_cancelled"),
    "cancel_room": ("tests/live/test_life.py", "room.cancel"),
    "dump": ("tests/live/test_dump.py", "room.dump"),
    "extend_room": ("tests/live/test_life.py", "room.extend"),
    "hide": ("tests/web/test_overseeing.py", "/hide"),
    "join": ("tests/web/test_joining.py", "sign-in"),
    "force_end": ("tests/web/test_overseeing.py", "/end"),
    "givable": ("tests/live/test_roles.py", "role.preview"),
    "leave_questions": ("tests/belongings/test_leaving.py", "questions"),
    "let_in_again": ("tests/web/test_overseeing.py", "/admin/bans/"),
    "make_link": ("tests/web/test_links.py", "speaker-links"),
    "may_dump": ("tests/live/test_dump.py", "room.dump"),
    "may_react": ("tests/live/test_audience.py", "react"),
    "may_see_audience": ("tests/live/test_audience.py", "audience.page"),
    "move_room": ("tests/live/test_life.py", "room.move"),
    "note_look": ("tests/live/test_site_admin.py", "audience.page"),
    "open_backstage": ("tests/live/test_life.py", "room.open_backstage"),
    "pin": ("tests/live/test_audience.py", "room.pin"),
    "raid": ("tests/live/test_locking.py", "room.raid"),
    "reopen_room": ("tests/live/test_life.py", "room.reopen"),
    "report": ("tests/web/test_reports.py", "/reports"),
    "report_done": ("tests/web/test_reports.py", "report.done"),
    "reword_room": ("tests/live/test_life.py", "room.plan"),
    "seat_bot": ("tests/stage/test_moves.py", "bot=True"),
    "seat_encoder": ("tests/web/test_sound.py", "/whip/"),
    "show_cover": ("tests/web/test_plans.py", "/cover"),
    "show_again": ("tests/web/test_overseeing.py", "room.show"),
    "tag_room": ("tests/web/test_plans.py", "/tags"),
    "take_link_back": ("tests/web/test_links.py", "speaker-links"),
    "tell_of_try": ("tests/web/test_links.py", "tried"),
    "undo_raid": ("tests/live/test_locking.py", "raid.undo"),
    "unpin": ("tests/live/test_audience.py", "room.unpin"),
    "use_link": ("tests/web/test_links.py", "speaker-links"),
}


def text(*papers: str) -> str:
    return "\n".join((ROOT / paper).read_text(encoding="utf-8") for paper in papers)


def named(code: CodeType) -> set[str]:
    """Every name that a function speaks of, and what is written inside it."""
    inside = [const for const in code.co_consts if isinstance(const, CodeType)]
    return set(code.co_names).union(*(named(one) for one in inside))


def said() -> set[str]:
    """The actions behind the commands that people of chance say."""
    words = set(re.findall(r'"([a-z_]+\.[a-z_]+)"', text(*SAYERS)))
    doing = [does for command, does in TABLE.items() if command.model_fields["do"].default in words]
    return set().union(*(named(does.__code__) for does in doing if isinstance(does, FunctionType)))


def test_every_action_is_in_a_machine_or_told_elsewhere():
    by_chance = set(re.findall(r"actions\.(\w+)", text(*MACHINES, *EDGES))) | said()

    assert set(actions.__all__) - by_chance == set(TOLD_IN)


def test_what_is_told_elsewhere_is_told_there():
    assert {action for action, (paper, word) in TOLD_IN.items() if word not in text(paper)} == set()
