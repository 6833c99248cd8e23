"""Hand the kernel a pack or a state as one pointer.

Numba passes a tuple of fifty arrays by copying all of their heads at every call, which makes calls slow
and compiling slower. `hold_pack` and `hold_state` put the same fields behind one pointer; the kernel's
code is the same for both. Without numba's compiler (NUMBA_DISABLE_JIT=1) they hand back what they get.
"""

from __future__ import annotations

from typing import cast

from numba import types
from numba.experimental import structref

from schoolday.timetable.solve.compiled import PLAIN, compiled
from schoolday.timetable.solve.pack import Pack
from schoolday.timetable.solve.state import State


@structref.register
class _PackType(types.StructRef):
    """The compiler's name for a held pack."""


@structref.register
class _StateType(types.StructRef):
    """The compiler's name for a held state."""


class _HeldPack(structref.StructRefProxy):
    """A pack behind a pointer, as Python sees it."""


class _HeldState(structref.StructRefProxy):
    """A state behind a pointer, as Python sees it."""


structref.define_proxy(_HeldPack, _PackType, list(Pack._fields))  # type: ignore[no-untyped-call]
structref.define_proxy(_HeldState, _StateType, list(State._fields))  # type: ignore[no-untyped-call]


@compiled
def _hold_pack(fields: tuple[object, ...]) -> object:
    return _HeldPack(*fields)  # type: ignore[no-untyped-call]


@compiled
def _hold_state(fields: tuple[object, ...]) -> object:
    return _HeldState(*fields)  # type: ignore[no-untyped-call]


def hold_pack(k: Pack) -> Pack:
    """Return a pack that compiled functions read through one pointer; it shares its arrays."""
    return k if PLAIN else cast(Pack, _hold_pack(tuple(k)))


def hold_state(s: State) -> State:
    """Return a state that compiled functions work on through one pointer; it shares its arrays."""
    return s if PLAIN else cast(State, _hold_state(tuple(s)))
