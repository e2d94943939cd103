"""The API is as it says: every route, as everybody who may come, with what it says it takes and with what it does not.

What is asked comes out of the description (schemathesis), the same in every run; what stands in addresses is here.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from causerie.accounts import actions as accounts
from causerie.accounts.cookies import SESSION
from causerie.clock import DAY
from causerie.web.site import site
from tests.filled import ROLES, Filled, filled
from tests.place import HOST, opened
from tests.web.test_looking import MAIL
from tests.web.test_papers import written

MEANT, NOT_MEANT = 2, 2
"""So many requests to each route, as the description has them, and as it has not; each said by everybody."""
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]


@pytest.fixture
async def everything(tmp_path: Path, database_url: str) -> AsyncIterator[Filled]:
    data = written(tmp_path / "data", privacy="We keep little.")
    async with opened(data, url=database_url, mail=MAIL, web={"public_url": f"http://{HOST}"}) as place:
        place.causerie.house.mail.post = lambda _letter: None  # type: ignore[method-assign]  # sent nowhere
        yield await filled(place)
        place.killed = True  # what was made up may have happened: what holds after is looked at elsewhere


@dataclass(frozen=True)
class Asker:
    """Somebody of a role, who asks from beside the place's own loop: what makes up requests waits for no answer."""

    of: Filled
    role: str
    loop: asyncio.AbstractEventLoop

    def waits(self, work: Awaitable[Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)  # type: ignore[arg-type]  # a coroutine

    def asks(self, case: schemathesis.Case, cookie: str, *, meant: bool) -> httpx.Response:
        """The request as it was made up; what is meant goes to what is here, where something is."""
        said = case.as_transport_kwargs(base_url=f"http://{HOST}")
        known = {"method", "url", "headers", "params", "data", "json", "cookies"}
        made = requests.Request(**{name: value for name, value in said.items() if name in known}).prepare()
        here = self.of.addresses(case.operation.path, self.role) if meant else []
        url = f"http://{HOST}{here[0]}" if here and "{" in case.operation.path else str(made.url)
        body = made.body.encode() if isinstance(made.body, str) else made.body
        kept = {name: value for name, value in made.headers.items() if name.lower() not in ("cookie", "content-length")}
        return self.waits(self._sent(case.operation.method, url, body, kept, cookie))

    async def _sent(self, method: str, url: str, body: Any, headers: dict[str, str], cookie: str) -> httpx.Response:
        async with self.of.place.browser(cookie) as browser:
            return await browser.request(method.upper(), url, content=body, headers=headers)

    def cookie(self) -> str:
        """Whoever signed out, or ended all of their sessions, is back for the next route."""
        person = self.of.people.get(self.role)
        if person is None:
            return self.of.cookies[self.role]
        write = self.of.place.causerie.database.write
        token, _ = self.waits(write(lambda tx: accounts.open_session(tx, person)))
        return f"{SESSION}={token}"


def tried(askers: list[Asker], operation: Any) -> str | None:
    """The first thing that a route did otherwise than it says, to anybody."""
    coming = [(asker, asker.cookie()) for asker in askers]
    askers[0].of.place.clock.turn(DAY // 4)  # what one may do so and so often is not what is looked at here
    for mode, many in ((GenerationMode.POSITIVE, MEANT), (GenerationMode.NEGATIVE, NOT_MEANT)):

        def one(case: schemathesis.Case) -> None:
            for asker, cookie in coming:
                meant = case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE
                case.validate_response(asker.asks(case, cookie, meant=meant), checks=CHECKS)

        try:
            seed(0)(quietly(many)(given(operation.as_strategy(generation_mode=mode))(one)))()
        except Unsatisfiable:
            continue  # there is nothing that it could not mean
        except (AssertionError, BaseExceptionGroup) as otherwise:
            return f"{operation.label} ({mode.value}): {told(otherwise)}"
        except Exception as bug:  # whatever it is, it is the route's
            return f"{operation.label} ({mode.value}): {bug!r}"
    return None


def told(otherwise: BaseException) -> str:
    """Every failure in it, without the ways around it."""
    inner = otherwise.exceptions if isinstance(otherwise, BaseExceptionGroup) else ()
    return "\n".join(map(told, inner)) or str(otherwise)


def quietly(many: int) -> Callable[[Any], Any]:
    """So many, the same in every run, as they come: what fails is shown as it was asked."""
    every = list(HealthCheck)
    return settings(
        max_examples=many,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=every,
        report_multiple_bugs=False,
    )


@pytest.mark.timeout(300)
async def test_every_route_answers_as_it_says(everything: Filled):
    described = schemathesis.openapi.from_dict(site(everything.place.causerie.house).openapi())
    described.config.checks.negative_data_rejection.expected_statuses = ["4xx", "503"]
    loop, otherwise = asyncio.get_running_loop(), list[str]()
    askers = [Asker(everything, role, loop) for role in ROLES]

    for found in described.get_all_operations():
        failed = await asyncio.to_thread(tried, askers, found.ok())
        otherwise += [failed] if failed else []

    if otherwise:
        pytest.fail("\n\n".join(otherwise), pytrace=False)
