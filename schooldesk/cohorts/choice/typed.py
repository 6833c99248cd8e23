"""What somebody typed into the form of choices, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schoolday.cohorts.problem import HALVES
from schoolday.ground.errors import SchooldayError
from schooldesk.cohorts import sentences
from schooldesk.cohorts.choice.reads import Child
from schooldesk.cohorts.choice.writes import Chosen
from schooldesk.cohorts.models import Round


def typed(form: Mapping[str, str], children: Sequence[Child], row: Round) -> dict[str, Chosen]:
    """Return what is chosen for each child that something is chosen for.

    Fields bear the child's own id: the household's order may change between the page and its answer.

    Raises
    ------
    SchooldayError
        Where nothing is chosen, or something that is not offered; its words are of the catalog.
    """
    found = {}
    for child in children:
        program, wish = form.get(f"program-{child.id}", ""), form.get(f"wish-{child.id}", "")
        if program:
            found[child.id] = Chosen(program, wish if program == "on_site" else "")
    if not found:
        raise SchooldayError(sentences.NOBODY)
    if any(one.program not in row.programs or one.wish not in ("", *HALVES) for one in found.values()):
        raise SchooldayError(sentences.NOT_OFFERED)
    return found
