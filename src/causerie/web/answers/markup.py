"""Pages that are written here: elements, so that nothing anybody wrote is ever taken for one."""

import json
from typing import Any
from xml.etree.ElementTree import Element, tostring

from causerie.texts import writable

Inside = Element | str | None
Attribute = str | int | float | bool | None


def e(tag: str, /, *inside: Inside, **attributes: Attribute) -> Element:
    """An element; `class_` is its class, `data_at` its data-at; what is none or false is left out."""
    said = {_named(key): _said(value) for key, value in attributes.items() if value is not None and value is not False}
    made, last = Element(tag, said), None
    for part in inside:
        if isinstance(part, Element):
            made.append(last := part)
        elif part is not None and last is None:
            made.text = (made.text or "") + writable(part)
        elif part is not None and last is not None:
            last.tail = (last.tail or "") + writable(part)
    return made


def page(root: Element) -> str:
    """As a browser reads it."""
    return "<!doctype html>\n" + tostring(root, encoding="unicode", method="html")


def facts(said: dict[str, Any]) -> Element:
    """What machines read of a page (JSON-LD): data, which runs nowhere."""
    text = json.dumps(said, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return e("script", text, type="application/ld+json")


def _named(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _said(value: Attribute) -> str:
    return "" if value is True else writable(str(value))
