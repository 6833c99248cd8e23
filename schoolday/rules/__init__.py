"""Rules as data: a duty or limit, its dated clauses with citations, and those standing on a date."""

from schoolday.rules.book import Place, Rulebook
from schoolday.rules.rule import (
    BINDING,
    Amount,
    Citation,
    Clause,
    Confidence,
    Kind,
    Layer,
    Limb,
    Period,
    Rule,
    Sense,
    Silence,
    Way,
)
from schoolday.rules.standing import Bound, Limit, Standing

__all__ = [
    "BINDING",
    "Amount",
    "Bound",
    "Citation",
    "Clause",
    "Confidence",
    "Kind",
    "Layer",
    "Limb",
    "Limit",
    "Period",
    "Place",
    "Rule",
    "Rulebook",
    "Sense",
    "Silence",
    "Standing",
    "Way",
]
