"""What is refused to people about themselves."""

from causerie.errors import Conflict, Forbidden, Invalid, Missing


class NameNeeded(Forbidden):
    code, text = "name.needed", "Give a name first, so that the room knows who asks."


class NameLength(Invalid):
    code, text = "name.length", "A name has 1 to 60 characters."


class NameTaken(Conflict):
    code, text = "name.taken", "Somebody is called this already."


class LinkUnknown(Missing):
    code, text = "link.unknown", "This link is used up or too old. Ask for a new one."


class PersonUnknown(Missing):
    code, text = "person.unknown", "There is nobody of this name."


class NotAdmin(Forbidden):
    code, text = "admin.only", "Only admins can do this."
