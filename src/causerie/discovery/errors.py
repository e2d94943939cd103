"""Why a search is refused."""

from causerie.errors import Invalid


class SearchShort(Invalid):
    code = "search.short"
    text = "Type at least two letters or digits."


class SearchLong(Invalid):
    code = "search.long"
    text = "A search has at most 200 characters."


class PlaceUnknown(Invalid):
    code = "search.place"
    text = "This list cannot be gone on with. Search anew."
