"""The seam's description and the seam itself say the same."""

import ast
import inspect
from pathlib import Path

import pytest

import causerie
from causerie import _engine

STUB = ast.parse((Path(causerie.__file__).parent / "_engine.pyi").read_text())


def described(names: list[ast.stmt]) -> dict[str, ast.stmt]:
    """What a stub defines, by name."""
    named: dict[str, ast.stmt] = {}
    for statement in names:
        if isinstance(statement, ast.ClassDef | ast.FunctionDef):
            named[statement.name] = statement
        elif isinstance(statement, ast.AnnAssign):
            assert isinstance(statement.target, ast.Name)
            named[statement.target.id] = statement
    return named


def real(thing: object) -> set[str]:
    """What the module or a class really has for others."""
    return {name for name in vars(thing) if not name.startswith("_")}


def test_the_stub_names_everything_and_nothing_else():
    assert set(described(STUB.body)) == real(_engine)


@pytest.mark.parametrize("name", ["Audience", "Change", "Figures", "Crowd", "Engine", "Track", "Sound"])
def test_a_class_has_what_the_stub_says(name: str):
    statement = described(STUB.body)[name]
    assert isinstance(statement, ast.ClassDef)

    assert set(described(statement.body)) - {"__init__"} == real(getattr(_engine, name))


def test_every_call_takes_the_same_arguments():
    statement = described(STUB.body)["Engine"]
    assert isinstance(statement, ast.ClassDef)
    written, found = {}, {}

    for name, function in described(statement.body).items():
        assert isinstance(function, ast.FunctionDef)
        if any(isinstance(mark, ast.Name) and mark.id == "property" for mark in function.decorator_list):
            continue
        written[name] = arguments(function)
        found[name] = signature(_engine.Engine if name == "__init__" else getattr(_engine.Engine, name))

    assert found == written


def arguments(function: ast.FunctionDef) -> list[str]:
    """`name`, `name=default`, with `*` before those that go by keyword; without `self`."""
    taken = function.args
    plain = [argument.arg for argument in taken.args if argument.arg != "self"]
    pairs = zip(taken.kwonlyargs, taken.kw_defaults, strict=True)
    keywords = [argument.arg + (f"={ast.literal_eval(value)}" if value else "") for argument, value in pairs]
    return [*plain, *(["*", *keywords] if keywords else [])]


def signature(call: object) -> list[str]:
    """The same, of the real thing."""
    assert callable(call)
    parameters = [one for one in inspect.signature(call).parameters.values() if one.name != "self"]
    plain = [one.name for one in parameters if one.kind is not inspect.Parameter.KEYWORD_ONLY]
    only = [one for one in parameters if one.kind is inspect.Parameter.KEYWORD_ONLY]
    keywords = [one.name + ("" if one.default is inspect.Parameter.empty else f"={one.default}") for one in only]
    return [*plain, *(["*", *keywords] if keywords else [])]


def test_every_call_tells_what_it_means():
    statement = described(STUB.body)["Engine"]
    assert isinstance(statement, ast.ClassDef)

    calls = [one for one in statement.body if isinstance(one, ast.FunctionDef)]
    silent = [call.name for call in calls if not ast.get_docstring(call)]

    assert silent == []
