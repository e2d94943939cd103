"""What is refused about rooms."""

from causerie.errors import Conflict, Forbidden, Invalid, Missing


class RoomUnknown(Missing):
    code, text = "room.unknown", "There is no room at this address."


class RoomEndedAlready(Conflict):
    code, text = "room.ended", "This room has ended."


class NotLive(Conflict):
    code, text = "room.not_live", "This room is not live yet."


class NoSafetyDelay(Conflict):
    code, text = "room.no_delay", "This room has no safety delay, so nothing can be taken out."


class MayNot(Forbidden):
    code, text = "room.may_not", "Only hosts can do this."


class RoomCancelledAlready(Conflict):
    code, text = "room.cancelled", "This room was cancelled."


class RoomMissedIt(Conflict):
    code, text = "room.missed", "This room did not take place."


class BeforeOnly(Conflict):
    code, text = "room.begun", "This can be done only before the room begins."


class StillDraft(Conflict):
    code, text = "room.draft", "This room is a draft. Announce it first."


class GroupByHost(Forbidden):
    code, text = "room.group_host", "Only the host says in which group the room is held."


class GroupAway(Conflict):
    code, text = "room.group_away", "The group of this room is not there just now, and its rooms stay with it."


class AskedAmongMembers(Conflict):
    code = "room.asked_among_members"
    text = "What was asked in this room was asked among those it is for. Plan another room instead."


class GroupNeeded(Conflict):
    code, text = "room.group_needed", "A room that is for members is held in their group. Choose who finds it first."


class AskersNeedGroup(Conflict):
    code = "room.askers_need_group"
    text = "Only in a room of a group can its members alone ask. Let everyone ask who listens."


class TooLateToReopen(Conflict):
    code, text = "room.not_reopened", "A room that did not take place can be reopened within a day."


class TooLong(Conflict):
    code, text = "room.too_long", "A room ends at most a day from now."


class HostAlready(Conflict):
    code, text = "role.host", "The host has every right already."


class HostAlone(Forbidden):
    code, text = "role.host_alone", "Only the host says what co-hosts may do."


class OnAirAlready(Conflict):
    code, text = "role.on_stage", "A screener is never on air. Move them to the audience first."


class NeverOnAir(Conflict):
    code, text = "role.never_on_air", "A screener is never on air."


class AccountNeeded(Conflict):
    code, text = "role.account", "Who leads a room or helps to lead it needs an account. Guests can be captioners."


class BannedHere(Conflict):
    code, text = "role.banned", "This person is banned from this room. Undo the ban first."


class NotAsked(Forbidden):
    code, text = "host.not_asked", "You were not asked to host this room."


class ChairTaken(Conflict):
    code, text = "chair.taken", "The chair is not empty."


class NoChair(Conflict):
    code = "room.no_chair"
    text = "Nobody leads the room just now. Nobody new comes on stage until somebody does."


class NotInRoom(Conflict):
    code, text = "room.not_entered", "Enter the room first."


class NotOneself(Conflict):
    code, text = "room.oneself", "You cannot remove yourself. Leave instead."


class LinkNotThere(Missing):
    code, text = "speaker_link.unknown", "There is no such link."


class LinkInUse(Conflict):
    code, text = "speaker_link.in_use", "This link is in use."


class TooManyLinks(Conflict):
    code, text = "speaker_link.too_many", "A room has at most 50 speaker links."


class NotAskedAlong(Missing):
    code, text = "asked.unknown", "This invitation is not there any more."


class TooManyAsked(Conflict):
    code, text = "asked.too_many", "At most 50 people are invited to a room."


class AskedAnother(Conflict):
    code, text = "asked.another", "This invitation is somebody else's."


class MayNotOpen(Forbidden):
    code, text = "room.not_allowed", "You may not open rooms here. Ask whoever runs this place."


class HostMayNotOpen(Forbidden):
    code = "room.host_not_allowed"
    text = "The host of this room may not open rooms here any more. Ask whoever runs this place."


class TitleLength(Invalid):
    code, text = "room.title", "A title has 1 to 100 characters."


class DescriptionLength(Invalid):
    code, text = "room.description", "A description has at most 1,000 characters."


class AgendaLines(Invalid):
    code = "room.agenda"
    text = "An agenda has at most 20 lines. Each has 1 to 100 characters, without control characters."


class StartTooFar(Invalid):
    code, text = "room.start", "A room starts within a year from now."


class CoverUnusable(Invalid):
    code = "room.cover"
    text = "A cover is a JPEG, PNG or WebP that does not move, of at most 12 megabytes and 8,000 pixels a side."


class TagsWrong(Invalid):
    code = "room.tags"
    text = "A room has at most 5 tags. Each has 1 to 30 letters, digits and hyphens."


class RoomZoneUnknown(Invalid):
    code, text = "room.zone", "There is no time zone of this name."


class StartUnreadable(Invalid):
    code = "room.start_unreadable"
    text = "Say when it begins as a moment, or as a time by the clocks of a time zone."


class TimeSkipped(Invalid):
    """`next`: what clocks show first after the hour that is left out, as 2027-03-28T03:00."""

    code = "room.time_skipped"
    text = "Clocks are put forward over {time}: there is no such time. The next is {next}."

    def __init__(self, local: str, next_: str) -> None:
        self.next = next_
        super().__init__(given={"time": local.replace("T", ", "), "next": next_.replace("T", ", ")})


class TimeTwice(Invalid):
    code = "room.time_twice"
    text = "Clocks are put back, and show {time} twice. Say whether you mean the first or the second."

    def __init__(self, local: str) -> None:
        super().__init__(given={"time": local.replace("T", ", ")})


class RoomHidden(Conflict):
    code = "room.hidden"
    text = "Those who run this place have taken this room off the home page. Answer to that on the page of decisions."
