"""The API's description: every route as it is, with one example of what is said to it and of what it answers."""

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

EXAMPLES = Path(__file__).with_name("examples.json")
"""By method and path: `said`, `answer`. What stands there happened in a place like any other, and is tried again by the
tests; `python -m tests.web.write_examples` writes it."""


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document; worked out at the first look."""
    if app.openapi_schema is None:
        found = get_openapi(
            title=app.title, version=app.version, openapi_version=app.openapi_version, routes=app.routes
        )
        _with_examples(found["paths"], json.loads(EXAMPLES.read_text(encoding="utf-8")))
        app.openapi_schema = found
    return app.openapi_schema


def _with_examples(paths: dict[str, Any], examples: dict[str, dict[str, Any]]) -> None:
    for path, methods in paths.items():
        for method, route in methods.items():
            known = examples.get(f"{method.upper()} {path}", {})
            for part, shape in shapes(route).items():
                if part in known:
                    shape["example"] = known[part]


def shapes(route: dict[str, Any]) -> dict[str, Any]:
    """What a route takes and gives as JSON, as far as there is something in it: `said`, `answer`."""
    taken = route.get("requestBody", {})
    given: dict[str, Any] = next(
        (answer for status, answer in route["responses"].items() if status.startswith("2")), {}
    )
    both = {"said": taken.get("content", {}), "answer": given.get("content", {})}
    as_json = {part: kinds.get("application/json", {}) for part, kinds in both.items()}
    return {part: shape for part, shape in as_json.items() if shape.get("schema")}
