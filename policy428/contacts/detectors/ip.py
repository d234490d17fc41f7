"""Internet addresses of machines: version 4 and 6, and private ranges told in part ("10.14.3.x")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy428.contacts.contact import Contact
from policy428.contacts.scan import Scan

RANK = 70

_V4 = re.compile(r"(?<![\w.-])(?:\d{1,3}\.){3}(?:\d{1,3}|[xX*])(?:/\d{1,2})?(?![\w-])(?!\.\d)")
_DOTTED = re.compile(r"\d\.\d{1,3}\.\d")
_V6 = re.compile(r"(?i)(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:/\d{1,3})?(?![\w:.])")
_VERSION = re.compile(
    r"(?:\bv|\b(?:version|ver|firmware|release|build|update|updated to|upgrade(?:d)? to|ios|macos|android|chrome|"
    r"section|sec|policy|§)\.?)\s{0,2}$"
)


def worth(scan: Scan) -> bool:
    """A dot or a colon between digits or letters."""
    return scan.digits >= 3 and (_DOTTED.search(scan.text) is not None or scan.text.count(":") >= 2)


def find(scan: Scan) -> Iterator[Contact]:
    """Addresses that are in range and are no version number."""
    import ipaddress

    for found in _V4.finditer(scan.text):
        body = found.group().split("/")[0]
        octets = [octet for octet in body.split(".") if octet.isdigit()]
        if any(int(octet) > 255 or (len(octet) > 1 and octet[0] == "0") for octet in octets):
            continue
        if _VERSION.search(scan.before(found.start(), 20)):
            continue
        private = (
            octets[0] == "10" or octets[:2] == ["192", "168"] or (octets[0] == "172" and 16 <= int(octets[1]) <= 31)
        )
        if len(octets) == 3 and not private:
            continue
        if octets == ["0", "0", "0", "0"] or (
            len(octets) == 4
            and all(len(o) == 1 for o in octets)
            and octets not in (["8", "8", "8", "8"], ["1", "1", "1", "1"])
            and not _network(scan, found.start(), found.end())
        ):
            continue
        yield _contact(scan, found.start(), found.end(), body, "private" if private else "public")
    if scan.text.count(":") >= 2:
        for found in _V6.finditer(scan.text):
            body = found.group().split("/")[0]
            # "::" alone and times such as 10:20:30 are not addresses.
            if len(body) < 6 or ("::" not in body and body.count(":") < 7):
                continue
            try:
                address = ipaddress.IPv6Address(body)
            except ValueError:
                continue
            yield _contact(
                scan, found.start(), found.end(), str(address), "private" if address.is_private else "public"
            )


def _network(scan: Scan, start: int, end: int) -> bool:
    near = scan.before(start, 60) + scan.after(end, 40)
    return (
        re.search(
            r"\b(?:ip|network|server|printer|router|subnet|dns|gateway|ssh|host|ping|vpn|firewall|camera)s?\b", near
        )
        is not None
    )


def _contact(scan: Scan, start: int, end: int, value: str, detail: str) -> Contact:
    return scan.contact("ip", start, end, value, evidence=(f"a {detail} network address",), detail=detail)
