"""The public page of the rules in force on a date, each with where it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolday.rules import BINDING, Clause, Confidence, Layer, Rule, Rulebook, Way
from schoolday.rules.tell import tell
from schooldesk import clock
from schooldesk.access import public
from schooldesk.day.sentences import SURE
from schooldesk.rules.reads import rulebook

Pairs = tuple[tuple[Rule, Clause], ...]


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


LAYERS = {
    Layer.LAW: (_("Law"), _("Never overridden.")),
    Layer.ORDER: (_("Health orders"), _("Binding while they stand.")),
    Layer.AGREEMENT: (_("Agreements"), _("Signed by the district and its teachers.")),
    Layer.POLICY: (_("Policy"), _("Decided by the board or the district alone.")),
    Layer.PROPOSAL: (_("Proposals"), _("Asked for by one side. Not in force.")),
    Layer.GUIDANCE: (_("Guidance"), _("Advice that binds nobody.")),
}


@dataclass(frozen=True)
class Shown:
    """One rule as the page shows it."""

    rule: Rule
    clause: Clause
    said: str
    sure: str
    made_up: bool

    @property
    def link(self) -> bool:
        """Whether the citation has an address that a browser may open."""
        return self.clause.cite.href.startswith(("https://", "http://"))


@public
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """Show the rules standing on a date, today if none is asked for, in one place or everywhere."""
    book = rulebook()
    places = sorted({rule.place for rule in book.rules})
    place = request.GET.get("place", "")
    asked = request.GET.get("on", "")
    wrong = ""
    try:
        day = date.fromisoformat(asked) if asked else clock.today()
    except ValueError:
        day, wrong = clock.today(), asked
    there = frozenset({place} if place in places else places)
    pairs = book.on(day, there, frozenset(Layer)).pairs
    binding = sum(rule.layer in BINDING for rule, _clause in pairs)
    found = {
        "day": day,
        "wrong": wrong,
        "places": places,
        "place": place,
        "layers": _layers(pairs),
        "binding": binding,
        "beside": len(pairs) - binding,
        "lapsed": [] if _distant(pairs) else _spans(book, there),
    }
    response = render(request, "rules/standing.html", found)
    response["Cache-Control"], response["Vary"] = "public, max-age=300", "Accept-Language, Cookie"
    return response


def _layers(pairs: Pairs) -> list[tuple[str, str, list[Shown]]]:
    """Return each layer that has a rule, with what it is called and how far it binds."""
    found = (
        (title, said, [_shown(rule, clause) for rule, clause in pairs if rule.layer is layer])
        for layer, (title, said) in LAYERS.items()
    )
    return [row for row in found if row[2]]


def _shown(rule: Rule, clause: Clause) -> Shown:
    made_up = clause.confidence is Confidence.MADE_UP
    return Shown(rule, clause, tell(rule, clause), SURE[clause.confidence.value], made_up)


def _distant(pairs: Pairs) -> bool:
    """Whether a binding rule speaks of distance learning, and of it not along with every other way."""
    return any(_of_distance(rule) for rule, _clause in pairs)


def _of_distance(rule: Rule) -> bool:
    return Way.DISTANCE in rule.ways and rule.ways != frozenset(Way) and rule.layer in BINDING


def _spans(book: Rulebook, there: frozenset[str]) -> list[tuple[date, date | None, date]]:
    """Return the dates for which the books hold rules of distance learning there, with one of the dates."""
    rules = [rule for rule in book.rules if rule.place in there and _of_distance(rule)]
    clauses = [clause for rule in rules for clause in rule.clauses]
    if not clauses:
        return []
    first = min(clause.first for clause in clauses)
    lasts = [clause.last for clause in clauses if clause.last]
    last = max(lasts) if len(lasts) == len(clauses) else None
    return [(first, last, max(clause.first for clause in clauses))]
