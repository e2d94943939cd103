"""What is refused about groups."""

from causerie.errors import Conflict, Forbidden, Invalid, Missing


class GroupUnknown(Missing):
    code, text = "group.unknown", "There is no group at this address."


class GroupMayNot(Forbidden):
    code, text = "group.may_not", "Only those who look after the group can do this."


class GroupRank(Forbidden):
    code, text = "group.rank", "Only somebody who stands above them in the group can do this."


class GroupAccount(Forbidden):
    code, text = "group.account", "Groups are for people with an account."


class HandleWrong(Invalid):
    code, text = "group.handle", "A handle has 3 to 30 letters a to z and digits, with single hyphens between them."


class HandleReserved(Invalid):
    code, text = "group.reserved", "This handle is kept for something else."


class HandleTaken(Conflict):
    code, text = "group.taken", "This handle is taken."


class AboutLength(Invalid):
    code, text = "group.description", "What a group is about is said in at most 1,000 characters."


class CharterWrong(Invalid):
    code = "group.charter"
    text = (
        "A charter has at most 2,000 characters; quiet hours go from one time of day to another, in a known time zone."
    )


class RecordsOtherwise(Invalid):
    code = "group.records"
    text = "A charter by which every room is recorded says how; one by which none is says that nobody is recorded."


class NeverRecorded(Conflict):
    code, text = "group.never_recorded", "By the charter of this group its rooms are not recorded."


class AlwaysRecorded(Conflict):
    code, text = "group.always_recorded", "By the charter of this group its rooms are recorded, from beginning to end."


class StaysPrivate(Conflict):
    code, text = "group.stays_private", "A private group stays private: what was said in it was said among its members."


class TooManyGroups(Conflict):
    code, text = "group.too_many", "Nobody owns more than 10 groups."


class TooManyMemberships(Conflict):
    code, text = "group.memberships", "Nobody is in more than 200 groups."


class GroupFull(Conflict):
    code, text = "group.full", "This group has as many members as a group can have."


class MemberAlready(Conflict):
    code, text = "group.member_already", "This person is in the group already."


class MemberUnknown(Missing):
    code, text = "group.member_unknown", "This person is not in the group."


class NotByAsking(Forbidden):
    code, text = "group.by_invitation", "This group is joined by invitation."


class LineLength(Invalid):
    code, text = "group.line", "A request has at most 200 characters."


class Declined(Conflict):
    code, text = "group.declined", "Your request was declined. You can ask again after a week."


class TooManyAsks(Conflict):
    code, text = "group.too_many_asks", "Too many requests wait for an answer. Try again later."


class AskUnknown(Missing):
    code, text = "group.ask_unknown", "This request is answered, or was taken back."


class InvitationWrong(Invalid):
    code, text = "group.invitation", "An invitation lasts from one hour to 90 days and has 1 to 1,000 uses."


class InvitationUnknown(Missing):
    code, text = "group.invitation_unknown", "This invitation is used up, too old or taken back. Ask for a new one."


class TooManyInvitations(Conflict):
    code, text = "group.too_many_invitations", "A group has at most 50 invitations at once."


class OwnerStays(Conflict):
    code, text = "group.owner_stays", "Who owns a group hands it over or deletes it before they leave."


class ReasonLength(Invalid):
    code, text = "group.reason", "Say why they are banned, in 2 to 200 characters."


class GroupBanUnknown(Missing):
    code, text = "group.ban_unknown", "This person is not banned from the group."


class NotAskedToOwn(Forbidden):
    code, text = "group.not_asked", "You were not asked to take over this group."


class GroupGoing(Conflict):
    code, text = "group.going", "This group is about to be deleted. Its owner can undo that."


class GroupStays(Conflict):
    code, text = "group.stays", "This group is not about to be deleted."


class CharterForbids(Forbidden):
    code, text = "group.opens", "The charter of this group does not let you open a room in it."


class GroupShut(Conflict):
    code, text = "group.shut", "This group is suspended already."
