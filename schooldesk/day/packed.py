"""Pages as they are stored and sent: deflated pieces, joined without unpacking what they hold.

A page is three pieces: the head up to where now and next go, what is the household's own, and the rest.
Head and rest are the same for thousands of households and are deflated once. Each piece ends on a whole
byte and refers to nothing before it (zlib's full flush), so pieces side by side are one stream; what is on
now goes between them as it is (a stored block). The stream's check, Adler-32, is worked out from the
pieces' own, which CRC-32, gzip's check, would not allow as cheaply (RFC 1950, RFC 1951; RFC 9110, 8.4.1.2).
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
_FAST, _SMALL = 1, 3


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
    """A stored page: the pieces before and after what is on now."""

    head: bytes
    own: bytes
    tail: bytes

    def deflated(self, now: bytes = MARKER) -> bytes:
        """Return the whole page in HTTP's coding `deflate`."""
        head, own, tail = self.head, self.own, self.tail
        about = (
            _ABOUT.unpack_from(head),
            (isal_zlib.adler32(now), len(now)),
            _ABOUT.unpack_from(own),
            _ABOUT.unpack_from(tail),
        )
        check = _joined(about).to_bytes(4, "big")
        return b"".join((_OPENING, head[8:], _stored(now), own[8:], tail[8:], _CLOSING, check))

    def plain(self, now: bytes = MARKER) -> bytes:
        """Return the whole page as it is, for who takes no deflated one."""
        return b"".join((unpacked(self.head), now, unpacked(self.own), unpacked(self.tail)))


def unpacked(piece: bytes, most: int = 0) -> bytes:
    """Return what a piece holds; the first `most` bytes of it where more are not needed."""
    return isal_zlib.decompressobj(-isal_zlib.MAX_WBITS).decompress(piece[8:], most)


def _stored(text: bytes) -> bytes:
    """Return text as blocks of a deflated stream that are not deflated."""
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
