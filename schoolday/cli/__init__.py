"""The terminal: plain summaries, progress, ``--json``, and exit codes that scripts can use.

Exit codes: 0 all is well; 1 something is broken and the findings say what; 2 the input or the words of the
command are wrong; 3 no lawful timetable was found; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from schoolday.cli.change import register as with_change
from schoolday.cli.codes import register as with_codes
from schoolday.cli.cohorts import register as with_cohorts
from schoolday.cli.common_ground import register as with_common_ground
from schoolday.cli.compare import register as with_compare
from schoolday.cli.conditions_year import register as with_conditions
from schoolday.cli.consequences import register as with_consequences
from schoolday.cli.emergency import register as with_emergency
from schoolday.cli.explain import register as with_explain
from schoolday.cli.feeds import register as with_feeds
from schoolday.cli.learning import register as with_learning
from schoolday.cli.ledger import register as with_ledger
from schoolday.cli.measures import register as with_measures
from schoolday.cli.output import app, plain_output, say_error
from schoolday.cli.plan import register as with_plan
from schoolday.cli.records import register as with_records
from schoolday.cli.reengage import register as with_reengage
from schoolday.cli.roster import register as with_roster
from schoolday.cli.rules import register as with_rules
from schoolday.cli.rules_table import register as with_rules_table
from schoolday.cli.services import register as with_services
from schoolday.cli.share import register as with_share
from schoolday.cli.standards import register as with_standards
from schoolday.cli.table import register as with_table
from schoolday.ground.errors import SchooldayError

__all__ = ["app", "main"]

for register in (
    with_rules,
    with_rules_table,
    with_table,
    with_roster,
    with_records,
    with_measures,
    with_ledger,
    with_compare,
    with_plan,
    with_change,
    with_explain,
    with_share,
    with_feeds,
    with_consequences,
    with_conditions,
    with_cohorts,
    with_emergency,
    with_standards,
    with_learning,
    with_services,
    with_reengage,
    with_common_ground,
    with_codes,
):
    register(app)

STOPPED = 130
"""The exit code, as shells count it, of a command stopped by Ctrl-C."""


def main(words: Sequence[str] | None = None) -> None:
    """Run the command line; what goes wrong is said in one plain sentence.

    Parameters
    ----------
    words
        The words after ``schoolday``; those of the process if left out.
    """
    plain_output()
    try:
        app(args=None if words is None else list(words), prog_name="schoolday")
    except SchooldayError as error:
        say_error(str(error))
        sys.exit(2)
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        say_error(f"{what}{(error.strerror or str(error)).lower()}; look at the path and who may write there")
        sys.exit(2)
    except SystemExit as ending:
        if ending.code == STOPPED:
            say_error("stopped; what stood before stands, and nothing is half written")
        raise
