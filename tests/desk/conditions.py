"""What two districts are told from outside: Sacramento's steps of 2020-21, and more for some tests."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from datetime import date
from pathlib import Path

SACRAMENTO = Path(__file__).parents[2] / "examples" / "sacramento"
COUNTY = "ca-sacramento-county"
NEAR, FAR = "zip-95824", "zip-95864"

READINGS = f"""place,measure,value,first,last,told,source
{NEAR},county_case_rate,9.5,2020-09-06,2020-09-12,2020-09-22,Made up
{NEAR},county_positivity,6.1,2020-09-06,2020-09-12,2020-09-22,Made up
{FAR},county_case_rate,5.1,2020-09-06,2020-09-12,2020-09-22,Made up
{FAR},county_positivity,3.1,2020-09-06,2020-09-12,2020-09-22,Made up
{NEAR},county_case_rate,8.0,2020-09-13,2020-09-19,2020-09-29,Made up
{NEAR},county_positivity,5.2,2020-09-13,2020-09-19,2020-09-29,Made up
{FAR},county_case_rate,4.0,2020-09-13,2020-09-19,2020-09-29,Made up
{FAR},county_positivity,2.9,2020-09-13,2020-09-19,2020-09-29,Made up
{COUNTY},county_case_rate,6.9,2020-09-13,2020-09-19,2020-09-29,Made up
"""


def tell(district: str) -> None:
    """Take Sacramento's steps in, and lay a book of other rules beside those that stand."""
    from schooldesk import scope
    from schooldesk.conditions.commands import load_conditions
    from schooldesk.conditions.writes import lay_over
    from schooldesk.roster import reads as roster

    with scope.district(district):
        load_conditions(district, SACRAMENTO / "conditions", "test")
        home = roster.district(district)
        assert home is not None
        lay_over(home, (SACRAMENTO / "five-days.yaml").read_text(), "five-days.yaml", "test")


def untell(district: str) -> None:
    """Forget everything that a district was told; the test's end puts it back."""
    from schooldesk import scope
    from schooldesk.conditions import ahead
    from schooldesk.conditions.models import Entry

    with scope.district(district):
        Entry.objects.all().delete()
    ahead.forget()


def tell_more(district: str) -> None:
    """Tell of two zip codes week by week, correct one number, and withdraw another."""
    from schooldesk import scope
    from schooldesk.conditions import reads, taking, writes
    from schooldesk.conditions.facts import Draft
    from schooldesk.roster import reads as roster

    with scope.district(district):
        home = roster.district(district)
        assert home is not None
        found = taking.read({"readings.csv": READINGS.encode()}, ())
        writes.enter(home, found.drafts, "test", "imported")
        smoke = Draft(
            "reading", COUNTY, "air_quality_index", 170.0, *[date(2020, 9, 9)] * 3, source="Air district"
        )
        writes.enter(home, [smoke], "test")
        row = next(row for row in reads.facts(COUNTY) if row.name == "air_quality_index")
        writes.correct(home, row.pk, Draft(**{**smoke.values, "value": 210.0}), "test")


def numbers(district: str) -> dict[str, int]:
    """Return the number of a fact, an entry and a book of a district."""
    from schooldesk import scope
    from schooldesk.conditions.models import Entry, Fact, Otherwise

    with scope.district(district):
        rows = {"fact": Fact, "entry": Entry, "book": Otherwise}
        return {
            name: model.objects.order_by("pk").values_list("pk", flat=True)[0] for name, model in rows.items()
        }
