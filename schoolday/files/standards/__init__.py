"""The door for standards: the Common Core's, which come with schoolday, and any CASE file, 1.0 or 1.1."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from schoolday.files.standards.case import CaseReading, read_case
from schoolday.files.standards.common import NOTICE, common_core
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding
from schoolday.learning.standards import Framework, together

__all__ = ["NOTICE", "CaseReading", "common_core", "read_case", "read_frameworks"]


def read_frameworks(files: Iterable[Path] = ()) -> tuple[Framework, tuple[Finding, ...]]:
    """Return the Common Core with the standards of CASE files, and what was found in these.

    Raises
    ------
    SchooldayError
        If a file was not taken in; the finding that comes first is in the words.
    """
    found: list[Finding] = []
    frameworks = [common_core()]
    for file in files:
        reading = read_case(file)
        if reading.framework is None:
            worst = next(one for one in reading.findings if one.status.value == "broken")
            raise SchooldayError(
                f"{file}: not taken in: {worst.said}; `schoolday standards check` names every fault"
            )
        found += reading.findings
        frameworks.append(reading.framework)
    return together(frameworks), tuple(found)
