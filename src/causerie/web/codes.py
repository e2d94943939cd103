"""Addresses as codes to scan, drawn here so that no link goes elsewhere."""

import io

import segno
from fastapi import Response


def drawn(address: str) -> Response:
    """An address as a code to scan (ISO/IEC 18004). It may be for one person alone, so nobody keeps it."""
    image = io.BytesIO()
    segno.make(address, micro=False).save(image, kind="svg", border=2, scale=4)
    return Response(image.getvalue(), media_type="image/svg+xml", headers={"cache-control": "no-store"})
