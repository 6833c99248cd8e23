"""The ledger's desk at the demonstration district's size: seconds for each page and each act.

    python -m benchmarks.desk_pages
    python -m benchmarks.desk_pages var/demo    # a copy of a demonstration that is laid already

The district is taken in as any other into a folder that is thrown away, its weeks lawful and no better than
that. The demonstration's two weeks of record are laid: one school's classes, services, exams and small
groups, and every school's absences with what was done about them. The largest school has its classes laid
and the first week sealed as well. With the folder of a demonstration its own school stands for the largest.
Each page is asked for three times as its reader would; the first answer (nothing in memory), the median and
the slowest of the others are printed, with the median of the processor's seconds, which other work on the
machine changes less, and the number of queries.
"""

# ruff: noqa: PLC0415 - Django must be set up first

from __future__ import annotations

import os
import sys
import tempfile
from shutil import copytree

from benchmarks.desk_pages.acts import acts
from benchmarks.desk_pages.asked import NOW, pages
from benchmarks.desk_pages.laid import laid, largest, people, prepared, taken_in

LIMIT = 1.0


def main() -> int:
    """Print the seconds of each page and act; 1 if a page's processor seconds are over the limit."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "schooldesk.settings",
            "SCHOOLDESK_VAR": folder,
            "SCHOOLDESK_NOW": NOW,
            "SCHOOLDESK_ZONE": "America/Los_Angeles",
        }
        if sys.argv[1:]:
            copytree(sys.argv[1], folder, dirs_exist_ok=True)
        import django

        django.setup()
        print(f"load average {os.getloadavg()[0]:.1f}", flush=True)
        if sys.argv[1:]:
            stage = prepared()
            roster, big = stage.roster, stage.school
        else:
            roster = taken_in()
            big = largest(roster)
            stage = laid(roster, big)
        token = people(roster, stage, big)
        slow = [address for address, work in pages(stage, big, token) if work > LIMIT]
        acts(stage, big)
    for one in slow:
        print(f"OVER {LIMIT} s of the processor: {one}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
