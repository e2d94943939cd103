"""`/trust` and what is fetched from it; there only where this place is a house of its own."""

import re

from fastapi import APIRouter, Request, Response

from causerie.lan import Lan
from causerie.lan.profile import KIND, profile
from causerie.web import pages
from causerie.web.answers.doors import entry
from causerie.web.house import house
from causerie.web.languages import readers
from causerie.web.trust.page import Trust, trust_page

trust = APIRouter(include_in_schema=False)

CERTIFICATE = "application/x-x509-ca-cert"
SCRIPT = "src/trust/trust.ts"
UNKEPT = {"x-content-type-options": "nosniff", "cache-control": "no-store"}
CONNECTS = re.compile(r"connect-src [^;]*;")


@trust.get("/trust")
async def page(request: Request) -> Response:
    """What to do on each device, and whether it worked."""
    home = house(request)
    if home.lan is None:
        return await pages.nothing(request)
    origins = _origins(request, home.lan)
    styles, script = entry(pages.BUILT, SCRIPT)
    shown = Trust(
        language=await readers(request),
        instance=home.settings.instance.name,
        called=home.lan.authority.called,
        fingerprint=home.lan.authority.fingerprint,
        origins=origins,
        agent=request.headers.get("user-agent", "")[:500],
        styles=styles,
        script=script,
    )
    policy = CONNECTS.sub(f"connect-src {' '.join(origins)};", pages.POLICY)
    headers = {**pages.SAFE, **pages.FOR_ONE, "content-security-policy": policy}
    return Response(trust_page(shown), headers=headers, media_type="text/html")


@trust.get("/trust/ca.crt")
async def certificate(request: Request) -> Response:
    """The authority, as Android, Windows, macOS and Firefox take it."""
    lan = house(request).lan
    return await pages.nothing(request) if lan is None else _file(lan.authority.der)


@trust.get("/trust/ca.mobileconfig")
async def apple_profile(request: Request) -> Response:
    """The authority, as iPhones and iPads take it."""
    lan = house(request).lan
    if lan is None:
        return await pages.nothing(request)
    # Safari hands a profile to the settings only where it is not to be kept as a file.
    return Response(profile(lan.authority, lan.authority.called), media_type=KIND, headers=UNKEPT)


@trust.get("/trust/works")
async def works(request: Request) -> Response:
    """Nothing: who gets it over https accepts the authority."""
    return Response(status_code=204, headers=UNKEPT) if house(request).lan else await pages.nothing(request)


def _origins(request: Request, lan: Lan) -> list[str]:
    """Where the page may be tried: as they came, then by name, where passkeys are good."""
    by_name = [one for one in lan.origins if ".local:" in one]
    return list(dict.fromkeys([*by_name, lan.safe(request.url.hostname or "")]))


def _file(data: bytes) -> Response:
    headers = {**UNKEPT, "content-disposition": 'attachment; filename="causerie.crt"'}
    return Response(data, media_type=CERTIFICATE, headers=headers)
