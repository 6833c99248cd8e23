"""The chain of a district's seals: each head names the one before it, so that no change goes unseen."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from schoolday.ground.finding import Finding
from schoolday.ground.ids import stable_id
from schoolday.ledger.week import Expected
from schoolday.rules.rule import Way

FORMAT = 2
"""Raise it whenever a head or its Parquet file is written otherwise."""
BARE = 1
"""The format of seals that do not keep who was enrolled on which day; they stand as they are."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands beside a sealed week's Parquet file: whose it is, who certified it, and its place.

    `names` is the digest of the version that it replaces, `before` that of the seal before it in the
    district's chain, and `sha256` that of its Parquet file; a digest of a head is that of its very bytes.
    """

    district: str
    school: str
    teacher: str
    week: date
    way: Way
    days: tuple[date, ...]
    pupils: tuple[Expected, ...]
    version: int
    place: int
    names: str
    before: str
    sha256: str
    rows: int
    unverified: int
    certified_by: str
    certified_at: datetime
    words: str
    clauses: tuple[str, ...]
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Link:
    """One seal as it lies there: its name, its head (None where it cannot be read), and both digests.

    `parquet` is the digest of the Parquet file, or an empty string where there is none.
    """

    name: str
    head: Head | None
    digest: str
    parquet: str


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def seal_name(school: str, teacher: str, week: date, version: int) -> str:
    """Return the name of a seal's files without their ending: the week's folder, whose, and the version."""
    return f"{week.isoformat()}/{stable_id(school, teacher)}.v{version}"


def head_bytes(head: Head) -> bytes:
    """Return a head as it is written: JSON with sorted keys and one line to a key."""
    rules = defaultdict(list)
    for clause in head.clauses:
        rules[clause.partition("@")[0]].append(clause)
    value = {
        **{name: getattr(head, name) for name in _PLAIN},
        "week": head.week.isoformat(),
        "way": head.way.value,
        "days": [day.isoformat() for day in head.days],
        "pupils": [
            {"pupil": one.pupil, "grade": one.grade, "activities": list(one.activities)}
            for one in head.pupils
        ],
        "certified_at": head.certified_at.isoformat(),
        "rules": rules,
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def head_of(data: bytes) -> Head:
    """Return the head that some bytes hold; ValueError in words if they hold none."""
    try:
        value = json.loads(data)
        if value["format"] not in (BARE, FORMAT):
            said = f"it is written in format {value['format']!r}, and this reads {BARE} and {FORMAT}"
            raise ValueError(said)
        wrong = [name for name in _PLAIN if type(value[name]) is not (int if name in _COUNTS else str)]
        if wrong:
            raise ValueError(f"it is no head of a seal ({wrong[0]} is {value[wrong[0]]!r})")
        pupils = (Expected(one["pupil"], one["grade"], tuple(one["activities"])) for one in value["pupils"])
        return Head(
            **{name: value[name] for name in _PLAIN},
            week=date.fromisoformat(value["week"]),
            way=Way(value["way"]),
            days=tuple(date.fromisoformat(day) for day in value["days"]),
            pupils=tuple(pupils),
            certified_at=datetime.fromisoformat(value["certified_at"]),
            clauses=tuple(sorted(clause for clauses in value["rules"].values() for clause in clauses)),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"it is no head of a seal ({error})") from None


def verify(
    links: Sequence[Link], district: str, *, tip: str = "", known: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """Return every fault of a district's chain of seals.

    Parameters
    ----------
    links
        The seals as they lie there, in any order.
    district
        Whose chain it is.
    tip
        The digest of the last seal, as it was noted when it was written; empty where nobody noted one.
    known
        Digests from elsewhere: printed on forms, or kept by the desk. A chain cut off behind its end and
        noted anew is found out only by them.
    """
    heads = [(link, link.head) for link in links if link.head is not None]
    by_digest = {link.digest: head for link, head in heads}
    found = [*_files(links, district), *_order(heads, by_digest), *_versions(heads, by_digest)]
    for wanted in dict.fromkeys((*((tip,) if tip else ()), *known)):
        if wanted not in by_digest:
            said = f"The seal {wanted[:16]}… was written, and is not there as it was."
            mend = "bring its files back from a copy; a head that was edited has another digest"
            found.append(Finding("ledger.seal_lost", said, mend=mend))
    return tuple(found)


def _files(links: Sequence[Link], district: str) -> Iterator[Finding]:
    """Yield what is wrong with each seal's own files."""
    for link in links:
        head = link.head
        if head is None:
            said = f"The head of {link.name} cannot be read as one."
            yield _fault("ledger.head_unreadable", link, said)
            continue
        if not link.parquet:
            yield _fault("ledger.entries_lost", link, f"The entries of {link.name} are not there.")
        elif link.parquet != head.sha256:
            said = f"The entries of {link.name} are not those that were sealed."
            yield _fault("ledger.entries_changed", link, said)
        if link.name != seal_name(head.school, head.teacher, head.week, head.version):
            said = f"What lies at {link.name} is the seal of another week, teacher or version."
            yield _fault("ledger.seal_moved", link, said)
        if head.district != district:
            said = f"{link.name} is a seal of the district {head.district}."
            yield _fault("ledger.seal_strange", link, said)


def _order(heads: Sequence[tuple[Link, Head]], by_digest: Mapping[str, Head]) -> Iterator[Finding]:
    """Yield where a seal does not follow the one that it names, or two follow the same."""
    followers = Counter(head.before for _, head in heads)
    for link, head in heads:
        before = by_digest.get(head.before)
        if head.before and before is None:
            said = f"{link.name} follows a seal that is not there as it was: it was edited or taken away."
            yield _fault("ledger.chain_broken", link, said)
        if head.place != (before.place + 1 if before else 1) and (before or not head.before):
            said = f"{link.name} calls itself seal {head.place} and does not stand there in the chain."
            yield _fault("ledger.chain_order", link, said)
        if followers[head.before] > 1:
            said = f"{link.name} and another seal both follow the same one."
            yield _fault("ledger.chain_forked", link, said)


def _versions(heads: Sequence[tuple[Link, Head]], by_digest: Mapping[str, Head]) -> Iterator[Finding]:
    """Yield where a version is skipped, or does not name the one that it replaces."""
    there = {(head.school, head.teacher, head.week, head.version) for _, head in heads}
    for link, head in heads:
        week = (head.school, head.teacher, head.week)
        if head.version > 1 and (*week, head.version - 1) not in there:
            said = f"{link.name} replaces version {head.version - 1}, which is not there."
            yield _fault("ledger.version_skipped", link, said)
            continue
        old = by_digest.get(head.names)
        ours = old is not None and (*week, head.version - 1) == (
            old.school,
            old.teacher,
            old.week,
            old.version,
        )
        if (head.version > 1 and not ours) or (head.version == 1 and head.names):
            said = f"{link.name} does not name the version that it replaces."
            yield _fault("ledger.version_names", link, said)


def _fault(code: str, link: Link, said: str) -> Finding:
    mend = "bring both of its files back from a copy; a seal is never mended by hand"
    return Finding(code, said, where=(link.name,), mend=mend)


_PLAIN = (
    "district", "school", "teacher", "version", "place", "names", "before", "sha256", "rows", "unverified",
    "certified_by", "words", "format",
)  # fmt: skip
_COUNTS = frozenset({"version", "place", "rows", "unverified", "format"})
"""Those of them that are numbers; the others are texts."""
