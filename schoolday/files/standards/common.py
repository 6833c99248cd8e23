"""The Common Core's standards as they come with schoolday, with the notice that their license asks for."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from schoolday.ground.grades import span
from schoolday.learning.standards import Framework, Standard

NOTICE = (
    "© Copyright 2010. National Governors Association Center for Best Practices and Council of Chief State "
    "School Officers. All rights reserved."
)
"""The notice that stands wherever the Common Core's standards are shown."""


@lru_cache(maxsize=1)
def common_core() -> Framework:
    """Return the Common Core State Standards: English language arts and literacy, and mathematics."""
    text = files("schoolday.files.standards").joinpath("common_core.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    ids = {row["code"]: row["id"] for row in rows}
    made = (_standard(row, ids) for row in rows)
    return Framework("common-core", "Common Core State Standards", {one.id: one for one in made}, NOTICE)


def _standard(row: Mapping[str, str], ids: Mapping[str, str]) -> Standard:
    code = row["code"]
    return Standard(
        row["id"],
        code,
        row["statement"],
        row["subject"],
        span(row["grades"]),
        _parent(code, ids),
        row["uri"],
        "common-core",
    )


def _parent(code: str, ids: Mapping[str, str]) -> str:
    """Return the id of the nearest heading: the code without its last letter or its last part."""
    if code[-1].isalpha() and len(code) > 1 and code[-2].isdigit() and code[:-1] in ids:
        return ids[code[:-1]]
    while "." in code:
        code = code.rpartition(".")[0]
        if code in ids:
            return ids[code]
    return ""
