"""The terminal: plain summaries, progress, ``--json``, and exit codes that scripts can use.

Exit codes: 0 all is well; 1 something is broken and the findings say what; 2 the input or the words of the
command are wrong; 3 no lawful timetable was found.
"""

from __future__ import annotations

import sys

from schoolday.cli.output import app, say_error
from schoolday.cli.plan import register as with_plan
from schoolday.cli.roster import register as with_roster
from schoolday.cli.rules import register as with_rules
from schoolday.cli.share import register as with_share
from schoolday.ground.errors import SchooldayError

__all__ = ["app", "main"]

for register in (with_rules, with_roster, with_plan, with_share):
    register(app)


def main() -> None:
    """Run the command line; schoolday's own errors are shown as one plain sentence."""
    try:
        app()
    except SchooldayError as error:
        say_error(str(error))
        sys.exit(2)
