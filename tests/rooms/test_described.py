"""What is read of a description, and what stands there as it was written."""

import pytest

from causerie.rooms.described import Block, Span, described, plain


def test_paragraphs_lists_stress_and_links_are_read():
    text = "Bring *what* you **saw**.\nAll of it.\n\n- a [map](https://example.org/a?b=1)\n- ***boots***\n\n1. First"

    assert described(text) == [
        Block(
            "paragraph",
            (
                Span("Bring "),
                Span("what", stressed=True),
                Span(" you "),
                Span("saw", strong=True),
                Span("."),
                Span("\n"),
                Span("All of it."),
            ),
        ),
        Block("bullet", (Span("a "), Span("map", link="https://example.org/a?b=1"))),
        Block("bullet", (Span("boots", strong=True, stressed=True),)),
        Block("number", (Span("First"),)),
    ]
    assert plain(text) == "Bring what you saw. All of it. a map boots First"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,hi)",
        "[x](//evil.example)",
        "[x](/sign-out)",
        "# No heading",
        "| a | b |",
        "&lt;b&gt;",
    ],
)
def test_all_else_stands_there_as_it_was_written(text: str):
    assert described(text) == [Block("paragraph", (Span(text),))]


def test_of_a_picture_only_a_link_is_left():
    assert [span.link for block in described("![x](https://example.org/x.png)") for span in block.spans] == [
        None,
        "https://example.org/x.png",
    ]


def test_nothing_is_nothing_and_depth_is_bounded():
    assert described("") == []
    assert described("> " * 400 + "deep")
    assert described("- " * 400 + "deep")
    assert described("[" * 1000)
    assert described("*" * 1000)
