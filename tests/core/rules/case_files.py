"""Read the case files of rules: sentences with what is given and what is to be found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from schoolday.calendar.counting import Moment
from schoolday.calendar.days import Calendar
from schoolday.measures import bounds, day_kinds, deadlines, triggers
from schoolday.measures.verdict import Found, Verdict
from schoolday.rules import Clause, Kind, Rule
from schoolday.rules.rule import Period
from schoolday.sample.year import school_year


class _Loader(yaml.SafeLoader):
    """YAML in which `on` is the word and not true, as in the books."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, found) for tag, found in rows if tag != "tag:yaml.org,2002:bool"]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))

FOLDER = Path(__file__).parent / "cases"
ZONE = ZoneInfo("America/Los_Angeles")
USUAL = "made_up_2026"


@dataclass(frozen=True)
class Case:
    """One sentence about a rule: what is given, what is to be found, and whether it lies at the limit."""

    rule: str
    calendar: str
    said: str
    given: Mapping[str, Any]
    found: Found
    limit: bool


def _load(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), _Loader)


def files() -> list[Path]:
    return sorted(file for file in FOLDER.glob("*.yaml") if file.stem != "calendar")


def read(file: Path) -> list[Case]:
    """Return the cases of one file; a key that is not known is an error."""
    tree = _load(file)
    assert set(tree) <= {"rule", "calendar", "cases"}, file.name
    return [_case(tree, row) for row in tree["cases"]]


def _case(tree: Mapping[str, Any], row: Mapping[str, Any]) -> Case:
    assert set(row) <= {"case", "calendar", "limit", "given", "found"}, row
    name = row.get("calendar", tree.get("calendar", USUAL))
    return Case(tree["rule"], name, row["case"], row["given"], Found(row["found"]), row.get("limit", False))


def calendars() -> dict[str, Calendar]:
    tree = _load(FOLDER / "calendar.yaml")
    return {"sacramento_2020": school_year(), **{name: Calendar(**given) for name, given in tree.items()}}


def judge(case: Case, rule: Rule, calendar: Calendar) -> Verdict:
    """Return the verdict of the measures on one case; `given` may hold nothing that was not used."""
    given = dict(case.given)
    excused = frozenset(given.pop("unless", ()))
    match rule.kind:
        case Kind.BOUND:
            return _bound(rule, given, excused)
        case Kind.DEADLINE:
            return _deadline(rule, given, excused, calendar)
        case Kind.TRIGGER:
            return _trigger(rule, given, excused)
        case Kind.DAY_KIND:
            return day_kinds.judge(rule, given["on"], calendar, circumstances=excused)


def _bound(rule: Rule, given: dict[str, Any], excused: frozenset[str]) -> Verdict:
    day, grade, values = given.pop("on"), given.pop("grade", None), given.pop("values")
    assert not given, given
    return bounds.judge(rule, day, [_number(one) for one in values], grade=grade, circumstances=excused)


def _deadline(rule: Rule, given: dict[str, Any], excused: frozenset[str], calendar: Calendar) -> Verdict:
    after, due, now = (_moment(given.pop(name)) for name in (rule.after, rule.due, "now"))
    assert not given, given
    assert now is not None
    return deadlines.judge(rule, calendar, after, due, now, zone=ZONE, circumstances=excused)


def _trigger(rule: Rule, given: dict[str, Any], excused: frozenset[str]) -> Verdict:
    day, sense = given.pop("on"), given.pop("sense", None)
    values = {_key(rule.on(day), name): value for name, value in given.items()}
    return triggers.judge(rule, day, values, sense=sense, circumstances=excused)


def _key(clause: Clause | None, name: str) -> tuple[str, Period]:
    """Return the measure and period of ``absent_share/week``, or of a measure that has one period only."""
    measure, _, period = name.partition("/")
    if period:
        return measure, Period(period)
    found = {limb.period for limb in clause.limbs if limb.measure == measure} if clause else {Period.DAY}
    assert len(found) == 1, f"{name} is no measure of the clause, or needs its period: {found}"
    return measure, found.pop()


def _number(value: Any) -> float | None:
    if isinstance(value, str):
        clock = time.fromisoformat(value)
        return clock.hour * 60.0 + clock.minute
    return value


def _moment(value: Any) -> Moment | None:
    assert value is None or isinstance(value, date), value
    assert not isinstance(value, datetime) or value.tzinfo is not None, value
    return value
