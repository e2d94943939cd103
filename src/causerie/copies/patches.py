"""Parts of a picture as an encoder takes them (light, and colour at half the size), to lay over another."""

from dataclasses import dataclass

from PIL import Image

from causerie.copies.video import Planes, as_planes


@dataclass(frozen=True)
class Patch:
    """A part of a picture; its sides and its place are even."""

    light: Planes
    colours: Planes

    def between(self, left: int, right: int) -> "Patch":
        """The part of it between two columns."""
        return Patch(self.light[:, left:right], self.colours[:, :, left // 2 : right // 2])


def patch(picture: Image.Image) -> Patch:
    wide, high = picture.size
    planes = as_planes(picture)
    return Patch(planes[:high], planes[high:].reshape(2, high // 2, wide // 2))


def laid(patch: Patch, planes: Planes, corner: tuple[int, int]) -> None:
    """Lay it over a square picture."""
    (x, y), (high, wide), side = corner, patch.light.shape, planes.shape[1]
    planes[y : y + high, x : x + wide] = patch.light
    colours = planes[side:].reshape(2, side // 2, side // 2)
    colours[:, y // 2 : (y + high) // 2, x // 2 : (x + wide) // 2] = patch.colours
