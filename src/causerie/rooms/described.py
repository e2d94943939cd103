"""A description as it is read: a small part of Markdown, taken apart here, so that no page is handed any markup.

Paragraphs, lists, what is stressed, and links that lead to the web. All else stands there as it was written: HTML,
pictures, headings, tables, links of any other kind.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

RULES = ("emphasis", "link", "list", "newline", "escape")
WEB = ("http://", "https://")
Form = Literal["paragraph", "bullet", "number"]


@dataclass(frozen=True)
class Span:
    """Letters that are set alike."""

    text: str
    strong: bool = False
    stressed: bool = False
    link: str | None = None


@dataclass(frozen=True)
class Block:
    """A paragraph, or a line of a list."""

    form: Form
    spans: tuple[Span, ...]


def described(text: str) -> list[Block]:
    """A description in its blocks, as they follow each other; lists within lists are one list."""
    blocks, lists = [], list[Form]()
    for token in _READER.parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append("bullet" if token.type == "bullet_list_open" else "number")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "inline":
            blocks.append(Block(lists[-1] if lists else "paragraph", tuple(_spans(token.children or []))))
    return blocks or ([Block("paragraph", (Span(text),))] if text.strip() else [])  # deeper than anybody reads


def plain(text: str) -> str:
    """A description without its marks, on one line, as previews show it."""
    return " ".join("".join(span.text for span in block.spans) for block in described(text)).replace("\n", " ")


def _spans(tokens: list[Token]) -> Iterator[Span]:
    strong, stressed, link = 0, 0, None
    for token in tokens:
        strong += token.nesting if token.type.startswith("strong") else 0
        stressed += token.nesting if token.type.startswith("em_") else 0
        if token.type.startswith("link"):
            link = str(token.attrs["href"]) if token.nesting == 1 else None
        said = "\n" if token.type in ("softbreak", "hardbreak") else token.content
        if said:
            yield Span(said, strong > 0, stressed > 0, link)


def _reader() -> MarkdownIt:
    reader = MarkdownIt("zero").enable(RULES)
    reader.validateLink = lambda url: url.lower().startswith(WEB)  # type: ignore[method-assign]  # its way to set this
    return reader


_READER = _reader()
