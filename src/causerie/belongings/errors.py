"""What is refused to people about what is kept of them."""

from causerie.errors import Conflict, Invalid, Missing, TooMany


class OwnsGroups(Conflict):
    code, text = "account.owns", "You own a group that others are in. Hand it on first, or delete it."


class LastAdmin(Conflict):
    code, text = "account.last_admin", "You are the only admin here. Make somebody else one first."


class NotTyped(Invalid):
    code, text = "account.name", "Type your name exactly as it is shown."


class ExportTooSoon(TooMany):
    code, text = "export.too_soon", "You had this made within the last day. Take that one, or ask again tomorrow."


class ExportUnknown(Missing):
    code, text = "export.unknown", "This is not here any more. Have it made anew."
