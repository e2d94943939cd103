"""Our authority as Apple's devices take it: a profile, which brings one certificate."""

import plistlib
import uuid

from causerie.lan.authority import Authority

KIND = "application/x-apple-aspen-config"


def profile(authority: Authority, called: str) -> bytes:
    """The profile; the same authority gives the same one, so that a second one takes the first one's place."""
    own = [str(uuid.uuid5(uuid.NAMESPACE_OID, f"{part} {authority.fingerprint}")).upper() for part in ("whole", "root")]
    root = {
        "PayloadType": "com.apple.security.root",
        "PayloadIdentifier": f"org.causerie.house.{own[0]}.root",
        "PayloadUUID": own[1],
        "PayloadVersion": 1,
        "PayloadDisplayName": called,
        "PayloadCertificateFileName": "causerie.cer",
        "PayloadContent": authority.der,
    }
    whole = {
        "PayloadType": "Configuration",
        "PayloadIdentifier": f"org.causerie.house.{own[0]}",
        "PayloadUUID": own[0],
        "PayloadVersion": 1,
        "PayloadDisplayName": called,
        "PayloadContent": [root],
    }
    return plistlib.dumps(whole)
