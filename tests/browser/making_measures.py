"""The small district with a class of 35, its week taken, certified, sealed and measured."""

# ruff: noqa: PLC0415 - Django is set up by this program

from __future__ import annotations

import sys
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.browser import making_ledger
from tests.browser.making_ledger import SECTION

DAY = date(2020, 9, 8)


def main(password: str) -> None:
    making_ledger.main(password)
    from schoolday.ledger.entry import Entry, EntryKind
    from schooldesk import clock, scope
    from schooldesk.ledger import sealing, sentences, writes
    from schooldesk.ledger.writes import By
    from schooldesk.measures.renewing import renew
    from schooldesk.roster import reads

    home = reads.district("maple")
    assert home is not None
    zone = ZoneInfo(home.timezone)
    at = datetime(2020, 9, 11, 16, 0, tzinfo=zone)
    with clock.at(at), scope.district("maple"):
        roster = reads.whole(home)
        teacher = next(row.staff for row in roster.teaching if row.section == SECTION)
        school = roster.sections[SECTION].school
        by = By("maple", "teacher", teacher, zone)
        there = roster.enrolled(DAY)[SECTION]
        entries = [
            Entry(f"e-{who}", EntryKind.JOINED, who, DAY, school, SECTION, 540, 570, 30, "video", "", teacher,
                  at.replace(day=8), "", "desk")
            for who in there[:30]
        ]  # fmt: skip
        writes.store(by, entries, "one-step")
        sealing.certify_week(by, home, school, teacher, date(2020, 9, 7), sentences.WORDS)
    with clock.at(at):
        renew("maple", "test")


if __name__ == "__main__":
    main(sys.argv[1])
