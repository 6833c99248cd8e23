"""Pages in pieces: what is joined without unpacking is what zlib itself would read."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schooldesk.day.packed import NOTHING, Packed, Packer, as_it_is, unpacked

TEXT = st.binary(max_size=300) | st.builds(
    lambda part, times: part * times, st.binary(max_size=40), st.integers(0, 4000)
)


@settings(max_examples=200, deadline=None)
@given(head=TEXT, own=TEXT, tail=TEXT, now=TEXT)
def test_joined_pieces_are_one_stream_that_zlib_checks_and_reads(
    head: bytes, own: bytes, tail: bytes, now: bytes
) -> None:
    packer = Packer()
    page = Packed(packer.shared(head), packer.own(b"?"), packer.own(own), packer.shared(tail))
    for piece in (as_it_is(now), packer.own(now)):
        assert zlib.decompress(page.deflated(piece)) == page.plain(piece) == head + now + own + tail


@given(parts=st.lists(TEXT, max_size=5))
def test_what_was_packed_before_does_not_change_a_piece(parts: list[bytes]) -> None:
    packer = Packer()
    for part in parts:
        packer.own(part)
    assert packer.own(b"the same words " * 9) == Packer().own(b"the same words " * 9)


def test_a_fragment_past_64_kilobytes_is_stored_in_several_blocks() -> None:
    packer, now = Packer(), bytes(range(256)) * 700
    page = Packed(packer.shared(b"<"), NOTHING, packer.own(b"-"), packer.shared(b">"))
    assert zlib.decompress(page.deflated(as_it_is(now))) == b"<" + now + b"->"


def test_a_flipped_bit_is_noticed() -> None:
    packer = Packer()
    page = Packed(packer.shared(b"a" * 50), NOTHING, packer.own(b"b"), packer.shared(b"c"))
    whole = bytearray(page.deflated(as_it_is(b"now")))
    whole[whole.index(b"now")] ^= 1
    with pytest.raises(zlib.error, match="incorrect data check"):
        zlib.decompress(bytes(whole))


def test_a_piece_is_unpacked_to_what_it_holds() -> None:
    assert unpacked(Packer().own("ñ 🙂".encode())) == "ñ 🙂".encode()
