"""What is refused about captions."""

from causerie.errors import Invalid


class CaptionLength(Invalid):
    code, text = "caption.length", "A caption has 1 to 200 characters."
