"""What came of small groups that were asked for, kept as compressed JSON."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from pydantic import TypeAdapter

from schoolday.ground.finding import Finding
from schoolday.learning.groups import SmallGroup


@dataclass(frozen=True)
class Result:
    """Small groups, and what is proved of them.

    Parameters
    ----------
    groups, alone
        The groups, and who is in none, each with why.
    needing, helped, bound
        How many pupils need a standard, how many of them are in a group, and how many can be at most.
    met, needs, most_needs
        How many needs are met, of how many, and how many can be at most.
    proved
        Whether no grouping is better in any respect.
    unclear
        Pupils and standards that have to be asked about first.
    clauses, findings
        The clauses on sizes, and what the check found, on every date of the stretch.
    """

    groups: tuple[SmallGroup, ...]
    alone: dict[str, str]
    needing: int
    helped: int
    bound: int
    met: int
    needs: int
    most_needs: int
    proved: bool
    unclear: int
    clauses: tuple[str, ...]
    findings: tuple[Finding, ...]


_RESULT = TypeAdapter(Result)


def pack(result: Result) -> bytes:
    """Return a result as compressed JSON."""
    return zlib.compress(_RESULT.dump_json(result), 3)


def unpack(body: bytes) -> Result:
    """Return the result that was packed."""
    return _RESULT.validate_json(zlib.decompress(bytes(body)))
