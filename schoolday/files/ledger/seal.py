"""Seal certified weeks: a Parquet file and a head for each, chained, whole or not at all.

A seal is there from the moment that its head is. What is written before is the Parquet file under its name
and a note of the head to come, so that a killed process leaves nothing that counts and nothing in the way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schoolday.files.ledger.columns import SealedRows, read_rows, write_entries
from schoolday.files.ledger.whole import alone, part_of, put, write_whole
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding
from schoolday.ground.ids import stable_id
from schoolday.ledger.certify import Certificate
from schoolday.ledger.chain import BARE, FORMAT, Head, Link, digest, head_bytes, head_of, seal_name, verify

_TIP, _HEADS = "tip.json", "*/*.v*.json"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed week: its head, the head's digest, and where its two files lie."""

    head: Head
    digest: str
    path: Path

    @property
    def parquet(self) -> Path:
        """The file of its entries."""
        return self.path.with_suffix(".parquet")


class Seals:
    """The sealed weeks of one district, in a folder that only this program writes."""

    def __init__(self, folder: Path, district: str) -> None:
        self.folder, self.district = folder, district

    def seal(self, certificate: Certificate) -> Sealed:
        """Seal a certified week and return it; what was sealed already is returned as it is.

        Parameters
        ----------
        certificate
            The week with its certification. A week that was sealed before is sealed as its next version,
            unless it is the very certificate of the newest one: then nothing is written.
        """
        week = certificate.week
        if week.district != self.district:
            raise SchooldayError(f"the week is of {week.district}, and the seals are of {self.district}")
        with alone(self.folder):
            tip = self._recovered()
            old = self.newest(week.school, week.teacher, week.monday.isoformat())
            version = old.head.version + 1 if old else 1
            path = self._path(seal_name(week.school, week.teacher, week.monday, version))
            if old:
                _refuse_loss(old, certificate)
            part = part_of(path.with_suffix(".parquet"))
            rows = write_entries(week, part)
            sha = digest(part.read_bytes())
            if old and _is_same(old.head, certificate, sha):
                part.unlink()
                return old
            head = _head(
                certificate,
                version,
                self._last_place(tip) + 1,
                old.digest if old else "",
                tip["last"],
                sha,
                rows,
            )
            return self._written(path, part, head, tip)

    def newest(self, school: str, teacher: str, monday: str) -> Sealed | None:
        """Return the newest version of a teacher's week, or None where it was never sealed."""
        found = [
            sealed
            for path in (self.folder / monday).glob(f"{stable_id(school, teacher)}.v*.json")
            if (sealed := _sealed(path)) is not None
        ]
        return max(found, key=lambda sealed: sealed.head.version, default=None)

    def tip(self) -> str:
        """Return the digest of the chain's last seal as it was noted; empty where nothing is sealed yet."""
        tip = self._tip()
        there = self.folder / tip["next"]
        # A process that was killed before its note leaves a whole seal behind it.
        return digest(there.read_bytes()) if tip["next"] and there.exists() else tip["last"]

    def all(self) -> Iterator[Sealed]:
        """Yield every seal that can be read, older versions too, in the order of the chain."""
        found = (_sealed(path) for path in self.folder.glob(_HEADS))
        yield from sorted((one for one in found if one), key=lambda one: (one.head.place, one.digest))

    def current(self) -> tuple[Sealed, ...]:
        """Return the newest version of every week, in the order of the chain."""
        newest = {(one.head.school, one.head.teacher, one.head.week): one for one in self.all()}
        return tuple(sorted(newest.values(), key=lambda one: one.head.place))

    def verify(self, known: Iterable[str] = ()) -> tuple[Finding, ...]:
        """Return every fault of the chain and of the files; `known` are digests from elsewhere."""
        links, tip = tuple(self._links()), self._tip()
        found = verify(links, self.district, tip=tip["last"], known=known)
        if links and not tip["last"] and not tip["next"]:
            said = "Nobody can say which seal was the last: tip.json is not there."
            mend = "bring it back from a copy, and compare the digest of the last form that was printed"
            return (*found, Finding("ledger.tip_lost", said, mend=mend))
        return found

    def _links(self) -> Iterator[Link]:
        # A Parquet file without a head is no seal; where one should be there, the chain tells.
        for path in sorted(self.folder.glob(_HEADS)):
            data, entries = path.read_bytes(), path.with_suffix(".parquet")
            sha = digest(entries.read_bytes()) if entries.exists() else ""
            name = path.relative_to(self.folder).with_suffix("").as_posix()
            try:
                yield Link(name, head_of(data), digest(data), sha)
            except ValueError:
                yield Link(name, None, digest(data), sha)

    def _written(self, path: Path, part: Path, head: Head, tip: dict[str, str]) -> Sealed:
        data = head_bytes(head)
        name = path.relative_to(self.folder).as_posix()
        put(part, path.with_suffix(".parquet"))
        self._note({**tip, "next": name})
        write_whole(path, data)
        self._note({"last": digest(data), "name": name, "next": ""})
        return Sealed(head, digest(data), path)

    def _recovered(self) -> dict[str, str]:
        """Return the tip of the chain, after what a killed process left has been seen to."""
        tip = self._tip()
        there = self.folder / tip["next"]
        if tip["next"] and there.exists():
            tip = {"last": digest(there.read_bytes()), "name": tip["next"], "next": ""}
            self._note(tip)
        return tip

    def _tip(self) -> dict[str, str]:
        file = self.folder / _TIP
        try:
            found: dict[str, Any] = dict(json.loads(file.read_bytes()))
        except (FileNotFoundError, ValueError, TypeError):
            found = {}  # No note, or none that can be read: that is told, and nothing is sealed after it.
        return {name: str(found.get(name, "")) for name in ("last", "name", "next")}

    def _note(self, tip: dict[str, str]) -> None:
        write_whole(self.folder / _TIP, json.dumps(tip, sort_keys=True).encode() + b"\n")

    def _last_place(self, tip: dict[str, str]) -> int:
        """Return the place of the chain's last seal; an error where it is not as it was written."""
        if not tip["last"]:
            if next(self.folder.glob(_HEADS), None) is None:
                return 0
        else:
            sealed = _sealed(self.folder / tip["name"])
            if sealed is not None and sealed.digest == tip["last"]:
                return sealed.head.place
        raise SchooldayError(
            f"the last seal of {self.district} is not there as it was written, so nothing is sealed "
            "after it: run `schoolday ledger verify`, and bring its files and tip.json back from a copy"
        )

    def _path(self, name: str) -> Path:
        path = self.folder / f"{name}.json"
        if path.exists():
            raise SchooldayError(f"{path} is there and cannot be read; run `schoolday ledger verify`")
        return path


def rows_as_sealed(sealed: Sealed) -> SealedRows:
    """Return what a seal's rows are; an error that names the file where it is not what was sealed."""
    try:
        there = digest(sealed.parquet.read_bytes())
    except OSError:
        there = ""
    if there != sealed.head.sha256:
        is_not = "is not what was sealed" if there else "is not there"
        name = f"{sealed.parquet.parent.name}/{sealed.parquet.name}"
        raise SchooldayError(f"{name} {is_not}: run `schoolday ledger verify`, and bring it back from a copy")
    return read_rows(sealed.parquet)


def _head(
    certificate: Certificate, version: int, place: int, names: str, before: str, sha: str, rows: int
) -> Head:
    week = certificate.week
    return Head(
        district=week.district,
        school=week.school,
        teacher=week.teacher,
        week=week.monday,
        way=week.way,
        days=week.days,
        pupils=week.pupils,
        version=version,
        place=place,
        names=names,
        before=before,
        sha256=sha,
        rows=rows,
        unverified=certificate.unverified,
        certified_by=certificate.by,
        certified_at=certificate.at,
        words=certificate.words,
        clauses=certificate.clauses,
        # A week that nobody kept enrollments of is sealed as those before it were.
        format=BARE if week.enrolled is None else FORMAT,
    )


def _refuse_loss(old: Sealed, certificate: Certificate) -> None:
    """Refuse a version that leaves out or changes an entry of the one before: the record only grows."""
    now = {entry.id: entry for entry in certificate.week.entries}
    lost = [entry.id for entry in rows_as_sealed(old).entries if now.get(entry.id) != entry]
    if lost:
        some = f"{', '.join(lost[:3])}{', …' if len(lost) > 3 else ''}"
        raise SchooldayError(
            f"{len(lost)} entries of version {old.head.version} are left out or changed ({some}); nothing "
            "was sealed: bring all entries of the week, and correct one by an entry that names it"
        )


def _is_same(head: Head, certificate: Certificate, sha: str) -> bool:
    return (head.sha256, head.certified_by, head.certified_at) == (sha, certificate.by, certificate.at)


def _sealed(path: Path) -> Sealed | None:
    try:
        data = path.read_bytes()
        return Sealed(head_of(data), digest(data), path)
    except (OSError, ValueError):
        return None
