"""Pages and feeds as they are stored and sent: deflated pieces, joined without unpacking what they hold.

A page is its head, what is on now and next, the household's own part, and the rest. Head and rest are the
same for thousands of households and are deflated once. Each piece ends on a whole byte and refers to
nothing before it (zlib's full flush), so pieces side by side are one stream. The stream's check, Adler-32,
is worked out from the pieces' own, which CRC-32, gzip's check, would not allow as cheaply (RFC 1950,
RFC 1951; RFC 9110, 8.4.1.2). In the rush before the first lesson everybody's now and next is the opening
that was packed with the page; later it is made from the own part, and goes between as it is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import NamedTuple

from isal import isal_zlib

from schooldesk.day.now import MARKER

CODING = "deflate"
"""The name of HTTP for this coding."""

_ABOUT = struct.Struct("<II")
_OPENING, _CLOSING = b"\x78\x01", b"\x03\x00"
_LONGEST = 0xFFFF
_PRIME = 65521
_FAST, _SMALL = 0, 3


class Packer:
    """Packs pieces; one that many pages share is deflated once, and as small as it can be."""

    def __init__(self) -> None:
        self._deflate = _deflate(_FAST)
        self._shared: dict[bytes, bytes] = {}

    def own(self, text: bytes) -> bytes:
        """Pack what one page alone holds."""
        return _piece(text, self._deflate)

    def shared(self, text: bytes) -> bytes:
        """Pack what many pages hold."""
        found = self._shared.get(text)
        if found is None:
            found = self._shared[text] = _piece(text, _deflate(_SMALL))
        return found


def _deflate(level: int) -> isal_zlib.Compress:
    return isal_zlib.compressobj(level, wbits=-isal_zlib.MAX_WBITS)


def _piece(text: bytes, deflate: isal_zlib.Compress) -> bytes:
    body = deflate.compress(text) + deflate.flush(isal_zlib.Z_FULL_FLUSH)
    return _ABOUT.pack(isal_zlib.adler32(text), len(text)) + body


class Packed(NamedTuple):
    """A stored page in pieces; `opening` is now and next before anything has begun."""

    head: bytes
    opening: bytes
    own: bytes
    tail: bytes

    def deflated(self, now: bytes) -> bytes:
        """Return the whole page with a piece for now and next, in HTTP's coding `deflate`."""
        return deflated(self.head, now, self.own, self.tail)

    def plain(self, now: bytes = b"") -> bytes:
        """Return the whole page as it is, for who takes no deflated one; without now and next if not told."""
        return b"".join([unpacked(piece) for piece in (self.head, now or NOTHING, self.own, self.tail)])


def deflated(*pieces: bytes) -> bytes:
    """Return pieces side by side as one text in HTTP's coding `deflate`."""
    check = _joined([_ABOUT.unpack_from(piece) for piece in pieces]).to_bytes(4, "big")
    return b"".join((_OPENING, *[piece[8:] for piece in pieces], _CLOSING, check))


def unpacked(piece: bytes, most: int = 0) -> bytes:
    """Return what a piece holds; the first `most` bytes of it where more are not needed."""
    return isal_zlib.decompressobj(-isal_zlib.MAX_WBITS).decompress(piece[8:], most)


def as_it_is(text: bytes) -> bytes:
    """Return a piece that holds a text without deflating it, as a short one made on the way is."""
    return _ABOUT.pack(isal_zlib.adler32(text), len(text)) + _stored(text)


def _stored(text: bytes) -> bytes:
    if len(text) <= _LONGEST:
        return struct.pack("<BHH", 0, len(text), len(text) ^ _LONGEST) + text
    return b"".join(_stored(text[start : start + _LONGEST]) for start in range(0, len(text), _LONGEST))


def _joined(about: Iterable[tuple[int, ...]]) -> int:
    """Return the check (Adler-32) of texts side by side, from the check and the length of each."""
    low, high = 1, 0
    for check, size in about:
        high = (high + (check >> 16) + size * (low - 1)) % _PRIME
        low = (low + (check & 0xFFFF) - 1) % _PRIME
    return high << 16 | low


NOTHING = as_it_is(MARKER)
"""The piece of a page that is not of today: it tells no now and next."""
