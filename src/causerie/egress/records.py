"""What a domain says of itself (DNS)."""

import dns.asyncresolver
import dns.exception
from dns.rdtypes.ANY.TXT import TXT

WITHIN = 5.0


async def texts_of(name: str) -> list[str]:
    """The TXT records of a name, each put together; none where there are none or nobody answers."""
    try:
        answer = await dns.asyncresolver.resolve(name, "TXT", lifetime=WITHIN, search=False)
    except (dns.exception.DNSException, OSError, UnicodeError):
        return []
    records = [record for record in answer if isinstance(record, TXT)]
    return [b"".join(record.strings).decode(errors="replace") for record in records]
