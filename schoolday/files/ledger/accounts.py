"""Whose an e-mail address is: from a roster's own users.csv, or from a small file of accounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from schoolday.files.sheets.bundle import Bundle
from schoolday.files.sheets.checks import check_table, check_unique
from schoolday.files.sheets.columns import columns
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.table import Table, first_row, lines_of, read_table, split_rows
from schoolday.ground.finding import Finding, broken

USERS = "users.csv"
COLUMNS = columns("pupilId:id>pupils! email!")
_ANYBODY = columns("pupilId:id! email!")


def roster_accounts(path: Path, people: Collection[str]) -> Mapping[str, str]:
    """Return the person of each e-mail address of a roster, in small letters; one of two people is nobody's.

    The roster has been read and found sound; only the two columns are looked at here.
    """
    faults = Faults()
    with Bundle(path, faults) as bundle:
        data = (bundle.read(USERS) if USERS in bundle.names else None) or b""
    table = Table(USERS)
    lines = lines_of(table, data, faults)
    header = first_row(table, lines, faults) or []
    if not {"sourcedId", "email"} <= set(header):
        return {}
    who, mail = header.index("sourcedId"), header.index("email")
    found: dict[str, set[str]] = {}
    for cells in split_rows(table, lines, len(header), faults):
        if cells[who] in people and cells[mail]:
            found.setdefault(cells[mail].casefold(), set()).add(cells[who])
    return {address: ids.pop() for address, ids in found.items() if len(ids) == 1}


def read_accounts(
    file: str, data: bytes, pupils: Collection[str] | None
) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
    """Return the pupil of each address of a file with the columns pupilId and email, and its faults.

    Addresses are the same in small and capital letters. `pupils` are those whom it may name; where it is
    None anybody, as in a school's file that a teacher brings for one class.
    """
    faults = Faults("ledger")
    known = COLUMNS if pupils is not None else _ANYBODY
    table = read_table(file, data, known, faults)
    table.cells["email"] = [mail.strip().casefold() for mail in table["email"]]
    check_table(table, known, {"pupils": pupils or ()}, faults, bulk=False, extensible=False)
    check_unique(table, ("email",), faults)
    found = faults.all()
    if broken(found):
        return {}, found
    return dict(zip(table["email"], table["pupilId"], strict=True)), found
