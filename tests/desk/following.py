"""Follow every link from a page on, as a reader would; addresses that differ in a number or id are one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.test import Client

_LINK = re.compile(r'<a\b[^>]*\shref="([^"]+)"')
_ONE_OF_MANY = re.compile(r"\d[\d-]*|[\w-]{24,}|(?<=/)(?:maple|extra)-[\w-]+")
MOST = 200


def dead_ends(client: Client, *begin: str) -> Iterator[tuple[str, int, str]]:
    """Yield each link that leads nowhere: its address, the status, and the page that has it."""
    waiting, seen = [(one, "") for one in begin], set[str]()
    while waiting and len(seen) < MOST:
        address, page = waiting.pop(0)
        if _key(address) in seen:
            continue
        seen.add(_key(address))
        answer = client.get(address)
        if answer.status_code in (301, 302):
            waiting.insert(0, (urljoin(address, answer["Location"]), page))
        elif answer.status_code != 200:
            yield address, answer.status_code, page
        elif "html" in answer.get("Content-Type", ""):
            links = (urljoin(address, unescape(one)) for one in _LINK.findall(answer.content.decode()))
            waiting += [(one, address) for one in links if one.startswith("/")]


def _key(address: str) -> str:
    """Return an address without what tells one of many from another."""
    parts = urlsplit(address)
    names = sorted(one.partition("=")[0] for one in parts.query.split("&"))
    return _ONE_OF_MANY.sub("#", parts.path) + "?" + "&".join(names)
