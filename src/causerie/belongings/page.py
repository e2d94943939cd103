"""The page in the file that somebody takes along: everything in it, to be read without a program."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}}
table{{border-collapse:collapse;display:block;overflow-x:auto}}
td,th{{border:1px solid #bbb;padding:.25rem .5rem;text-align:start;vertical-align:top}}
@media(prefers-color-scheme:dark){{body{{background:#181a17;color:#eee}}a{{color:#9bd}}}}</style>
</head><body>
<h1>{title}</h1>
"""


def page(
    title: str, told: Mapping[str, Sequence[Mapping[str, Any]]], titles: Mapping[str, str], files: Sequence[str]
) -> str:
    """A table for each heading of which there is something, and links to the sound beside it."""
    parts = [HEAD.format(title=escape(title))]
    parts += [_table(heading, rows, titles) for heading, rows in told.items() if rows]
    if files:
        parts += ["<h2>Recordings</h2><ul>", *(f'<li><a href="{escape(one)}">{escape(one)}</a></li>' for one in files)]
        parts.append("</ul>")
    none = [heading for heading, rows in told.items() if not rows]
    parts.append(f"<h2>Nothing is kept under</h2><p>{escape(', '.join(none))}</p></body></html>\n")
    return "\n".join(parts)


def _table(heading: str, rows: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> str:
    columns = list(rows[0])
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(f"<tr>{''.join(_cell(row[name], titles) for name in columns)}</tr>" for row in rows)
    return f"<h2>{escape(heading)}</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: Any, titles: Mapping[str, str]) -> str:
    said = "" if value is None else titles.get(value, str(value)) if isinstance(value, str) else str(value)
    return f'<td dir="auto">{escape(said)}</td>'
