"""The text of an agreement: the nine parts that the rules ask for, in the family's language and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from schoolday.emergency.agreements import Signer
from schooldesk.day.languages import LANGUAGES, Speech, offered, speech
from schooldesk.emergency.sentences import PARTS, SIGNERS


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@dataclass(frozen=True)
class Terms:
    """What an agreement is on: for whom, from when, with whom, what staff filled in, and by which clause.

    `within` is how many instructional days the law gives for the return; 0 for a study that it does not bind.
    """

    district: str
    school: str
    pupil: str
    grade: str
    first: date
    last: date
    days: int
    within: int
    teacher: str
    manager: str
    signers: tuple[Signer, ...]
    parts: Mapping[str, str]
    cite: str


def text_of(terms: Terms, code: str) -> str:
    """Return the exact text to sign: in the family's language, then in English where that is another.

    What staff filled in stands in both as it was typed.
    """
    family, english = speech(offered(code)), speech(LANGUAGES[0])
    spoken = [family] if family is english else [family, english]
    return "\n\n* * *\n\n".join("\n".join(_lines(terms, s)) for s in spoken) + "\n"


def _lines(terms: Terms, s: Speech) -> Iterator[str]:
    yield s.say(_("Agreement on independent study"))
    yield ""
    yield f"{terms.district}, {terms.school}"
    yield _fill(s, _("Pupil: %(name)s, grade %(grade)s"), name=terms.pupil, grade=terms.grade)
    yield _fill(s, _("Supervising teacher: %(name)s"), name=terms.teacher)
    if terms.manager:
        yield _fill(s, _("Special education case manager: %(name)s"), name=terms.manager)
    for number, said in enumerate(_parts(terms, s), 1):
        yield ""
        yield f"{number}. {said}"
    yield ""
    yield _fill(s, _("Made under %(cite)s."), cite=terms.cite)


def _parts(terms: Terms, s: Speech) -> Iterator[str]:
    """Yield the nine parts in the order of the core's list of them."""
    for name in ("submission", "objectives", "resources", "assignments"):
        yield f"{s.say(PARTS[name])}: {terms.parts[name]}"
    days = s.count("%(days)s school day", "%(days)s school days", terms.days) % {"days": terms.days}
    yield _fill(
        s, _("From %(first)s to %(last)s: %(days)s."), first=s.full_date(terms.first),
        last=s.full_date(terms.last), days=days,
    )  # fmt: skip
    back = s.say(_RETURN_SHORT) if not terms.within else _fill(s, _RETURN, count=str(terms.within))
    for name in ("credits", "supports"):
        yield f"{s.say(PARTS[name])}: {terms.parts[name]}"
    yield f"{s.say(_CHOICE)} {back}"
    names = ", ".join(s.say(SIGNERS[one]) for one in terms.signers)
    yield _fill(s, _("Signed by: %(names)s. A signature on this page counts as one on paper."), names=names)


_CHOICE = _(
    "Independent study is a free choice: no pupil may be required to take part, and a place in class is kept."
)
_RETURN = _("If the family asks for it, the pupil is back in class within %(count)s instructional days.")
_RETURN_SHORT = _("The family may ask at any time that the pupil return to class.")


def _fill(s: Speech, message: str, **values: str) -> str:
    """Fill a message as plain text: what is signed has no marks that a browser could read otherwise."""
    return s.say(message) % values
