"""What an entry of the kind assessed says in its words: which assessment, what came of it, who gave it."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 150
"""Letters of a title, and of a result."""
_RESULT, _GIVEN = "; result: ", "; given by: "


@dataclass(frozen=True, slots=True)
class Assessed:
    """One pupil's assessment: its title, the result as it was written, and the id of who gave it.

    An empty result or giver says that nobody wrote it down, which is neither zero nor nobody.
    """

    title: str
    result: str = ""
    giver: str = ""

    @property
    def detail(self) -> str:
        """Return it as an entry's detail, from which `of_detail` reads it again."""
        said = plain(self.title)
        said += f"{_RESULT}{plain(self.result)}" if self.result else ""
        return said + (f"{_GIVEN}{plain(self.giver)}" if self.giver else "")


def of_detail(detail: str) -> Assessed:
    """Return the assessment that an entry's detail tells of; words of another make are a title alone."""
    rest, _, giver = detail.partition(_GIVEN)
    title, _, result = rest.partition(_RESULT)
    return Assessed(title, result, giver)


def plain(text: str) -> str:
    """Return words on one line in which nothing looks like the next part."""
    return " ".join(text.replace(";", ",").split())[:MOST]
