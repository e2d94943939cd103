"""A list of segments as players read it (RFC 8216, 4.3.3)."""


def read(said: bytes) -> tuple[dict[str, int], list[tuple[str, int, int]]]:
    """As a player does: what stands above, and each segment's address, number and number of its stretch."""
    above, found, breaks = dict[str, int](), list[tuple[str, int, int]](), 0
    for line in said.decode().splitlines():
        name, _, value = line.partition(":")
        if name in ("#EXT-X-MEDIA-SEQUENCE", "#EXT-X-DISCONTINUITY-SEQUENCE"):
            above[name] = int(value)
        breaks += line == "#EXT-X-DISCONTINUITY"
        if not line.startswith("#"):
            stretch = above["#EXT-X-DISCONTINUITY-SEQUENCE"] + breaks
            found.append((line, above["#EXT-X-MEDIA-SEQUENCE"] + len(found), stretch))
    return above, found
