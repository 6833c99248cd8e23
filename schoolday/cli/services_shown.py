"""How services are told: what is owed, and the account of it, for people and for scripts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from schoolday.cli.clauses import say_sources
from schoolday.cli.output import SHOWN, say
from schoolday.ledger.services.account import Account
from schoolday.ledger.services.findings import RULE
from schoolday.ledger.services.owed import Owed
from schoolday.ledger.services.planned import Planned
from schoolday.ledger.services.recorded import REASONS
from schoolday.ledger.services.terms import Terms
from schoolday.roster import Roster
from schoolday.rules import Rulebook

PARTS = ("delivered", "made_up", "explained", "to_make_up", "unrecorded")
"""What the minutes owed are made of, in the order in which they are told."""


def owed_json(one: Owed) -> dict[str, object]:
    """Return what is owed as plain values."""
    return {
        "pupil": one.terms.pupil,
        "service": one.terms.service,
        "kind": one.terms.kind,
        "provider": one.terms.provider,
        "mode": one.terms.mode.value,
        "emergency": one.terms.emergency,
        "period": one.period.name,
        "times": one.times,
        "minutes": one.minutes,
    }


def account_json(one: Account) -> dict[str, object]:
    """Return an account as plain values."""
    parts = {name: getattr(one, name) for name in PARTS}
    return {
        **owed_json(one.owed),
        "owed": one.owed.minutes,
        **parts,
        "unaccounted": one.unaccounted,
        "extra": one.extra,
        "reasons": dict(one.reasons),
        "clauses": list(one.clauses),
        "ended": one.ended,
    }


def who(terms: Terms, roster: Roster) -> str:
    """Return whose service it is, in words."""
    pupil = roster.pupils[terms.pupil]
    return f"{pupil.name} ({terms.pupil}), {terms.kind} ({terms.service})"


def say_owed(promised: Sequence[Owed], roster: Roster) -> None:
    """Print what is owed, period by period."""
    periods: dict[str, list[Owed]] = defaultdict(list)
    for one in promised:
        periods[one.period.name].append(one)
    for name, some in periods.items():
        say(f"{name}: {sum(one.minutes for one in some):,} minutes")
        for one in some:
            terms = one.terms
            part = ", by the emergency part" if terms.emergency else ""
            how = f"{one.times} × {terms.minutes} min, {terms.mode.value}{part}"
            say(f"  {who(terms, roster)}: {how}, with {terms.provider}")
    if not promised:
        say("Nothing is owed on these dates.")


def say_account(
    made: Sequence[Account], roster: Roster, rulebook: Rulebook, as_of: date, open_: Sequence[Planned] | None
) -> None:
    """Print the account of each service so far, the reasons, what is not recorded, and the sources."""
    say(f"{roster.name}, as of {as_of}")
    say(f"All services: {_sum(made)}")
    by_service: dict[str, list[Account]] = defaultdict(list)
    for one in made:
        by_service[one.terms.service].append(one)
    for some in by_service.values():
        say(f"  {who(some[0].terms, roster)}: {_sum(some)}")
    _say_reasons(made)
    if open_ is not None:
        _say_open(open_, roster)
    say("\nWhere it is written:")
    used = sorted({clause for one in made for clause in one.clauses})
    clause = rulebook.rule(RULE).on(as_of)
    say_sources(rulebook, [*([clause.id] if clause else []), *used])


def _sum(some: Iterable[Account]) -> str:
    rows = list(some)
    parts = [f"{sum(getattr(one, name) for one in rows):,} {name.replace('_', ' ')}" for name in PARTS]
    unaccounted = sum(one.unaccounted for one in rows)
    total = sum(one.owed.minutes for one in rows)
    return f"{total:,} owed = {' + '.join(parts)}; {unaccounted:,} unaccounted"


def _say_reasons(made: Iterable[Account]) -> None:
    minutes: Counter[str] = Counter()
    for one in made:
        minutes.update(one.reasons)
    if minutes:
        say("Not given, in minutes, before what was made up:")
    for code, number in sorted(minutes.items()):
        say(f"  {number:,}: {REASONS[code]}")


def _say_open(open_: Sequence[Planned], roster: Roster) -> None:
    say(f"Planned and recorded by nobody: {len(open_):,} meetings")
    for one in open_[:SHOWN]:
        name = roster.pupils[one.pupil]
        say(f"  {one.day} {one.span}: {name.name} ({one.service}), with {one.provider}")
    if len(open_) > SHOWN:
        say(f"  … and {len(open_) - SHOWN:,} more; --json shows all")
