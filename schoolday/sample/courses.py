"""What is offered in grades 7 to 12: six pools a grade; a pupil takes one course from each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Course:
    """A course; `learners_only` marks those for English learners."""

    title: str
    subject: str
    learners_only: bool = False

    @property
    def code(self) -> str:
        """A short id from the title."""
        return self.title.lower().replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Pool:
    """Courses of which a pupil takes one, with the share of pupils who would choose each.

    Grades whose pools have the same key sit in the same sections.
    """

    key: str
    options: tuple[tuple[Course, float], ...]


_ELD = (Course("English Language Development", "english language development", learners_only=True), 0.0)

_ENGLISH, _MATH, _SCIENCE, _SOCIAL = "english", "mathematics", "science", "social science"
_PE, _LANGUAGE, _ARTS, _CAREER = "physical education", "world language", "arts", "career technical education"

_LANGUAGES = {
    "1": (("Spanish 1", 0.45), ("Spanish for Heritage Speakers 1", 0.15), ("French 1", 0.12),
          ("Mandarin 1", 0.14), ("Hmong 1", 0.14)),
    "2": (("Spanish 2", 0.45), ("Spanish for Heritage Speakers 2", 0.15), ("French 2", 0.12),
          ("Mandarin 2", 0.14), ("Hmong 2", 0.14)),
}  # fmt: skip
_ARTS_OFFERED = (
    ("Art 1", 0.22), ("Ceramics", 0.14), ("Concert Band", 0.14), ("Choir", 0.12), ("Drama", 0.14),
    ("Photography", 0.14), ("Guitar", 0.10),
)  # fmt: skip
_CAREERS = (
    ("Computer Science Principles", 0.2), ("Health Careers", 0.18), ("Engineering Design", 0.14),
    ("Culinary Arts", 0.14), ("AVID", 0.18), ("Journalism", 0.08), ("Law and Public Service", 0.08),
)  # fmt: skip
_MIDDLE_ELECTIVES = (
    ("Art", 0.24, _ARTS), ("Beginning Band", 0.14, _ARTS), ("Spanish", 0.22, _LANGUAGE),
    ("Coding", 0.18, _CAREER), ("Drama", 0.10, _ARTS), ("AVID", 0.12, _CAREER),
)  # fmt: skip


def _of(subject: str, *offered: tuple[str, float]) -> tuple[tuple[Course, float], ...]:
    return tuple((Course(title, subject), share) for title, share in offered)


def _middle(grade: str) -> tuple[Pool, ...]:
    history = "World History" if grade == "7" else "US History"
    electives = tuple((Course(title, subject), share) for title, share, subject in _MIDDLE_ELECTIVES)
    return (
        Pool(f"english-{grade}", _of(_ENGLISH, (f"English {grade}", 1.0))),
        Pool(f"math-{grade}", _of(_MATH, (f"Math {grade}", 0.75), (f"Math {grade} Accelerated", 0.25))),
        Pool(f"science-{grade}", _of(_SCIENCE, (f"Science {grade}", 1.0))),
        Pool(f"social-{grade}", _of(_SOCIAL, (f"{history} {grade}", 1.0))),
        Pool(f"pe-{grade}", _of(_PE, (f"Physical Education {grade}", 1.0))),
        Pool("elective", (*electives, _ELD)),
    )


def _language(level: str) -> Pool:
    return Pool("language", (*_of(_LANGUAGE, *_LANGUAGES[level]), _ELD))


_SENIOR_PAIR = (
    Pool("arts", _of(_ARTS, *_ARTS_OFFERED)),
    Pool("career", (*_of(_CAREER, *_CAREERS), _ELD)),
)

_HIGH: dict[str, tuple[Pool, ...]] = {
    "9": (
        Pool("english-9", _of(_ENGLISH, ("English 9", 0.8), ("English 9 Honors", 0.2))),
        Pool("math", _of(_MATH, ("Integrated Math 1", 0.78), ("Integrated Math 2", 0.22))),
        Pool("science-9", _of(_SCIENCE, ("Biology", 1.0))),
        Pool("social-9", _of(_SOCIAL, ("Ethnic Studies and Geography", 1.0))),
        Pool("pe-9", _of(_PE, ("Physical Education 9", 1.0))),
        _language("1"),
    ),
    "10": (
        Pool("english-10", _of(_ENGLISH, ("English 10", 0.8), ("English 10 Honors", 0.2))),
        Pool("math", _of(_MATH, ("Integrated Math 1", 0.06), ("Integrated Math 2", 0.7),
                         ("Integrated Math 3", 0.24))),
        Pool("science-10", _of(_SCIENCE, ("Chemistry", 0.75), ("Earth Science", 0.25))),
        Pool("social-10", _of(_SOCIAL, ("World History", 0.8), ("AP World History", 0.2))),
        Pool("pe-10", _of(_PE, ("Physical Education 10", 1.0))),
        _language("2"),
    ),
    "11": (
        Pool("english-11", _of(_ENGLISH, ("English 11", 0.75), ("AP English Language", 0.25))),
        Pool("math", _of(_MATH, ("Integrated Math 3", 0.62), ("Precalculus", 0.22), ("Statistics", 0.16))),
        Pool("science-late", _of(_SCIENCE, ("Physics", 0.4), ("Environmental Science", 0.35),
                                 ("AP Biology", 0.25))),
        Pool("social-11", _of(_SOCIAL, ("US History", 0.75), ("AP US History", 0.25))),
        *_SENIOR_PAIR,
    ),
    "12": (
        Pool("english-12", _of(_ENGLISH, ("English 12", 0.75), ("AP English Literature", 0.25))),
        Pool("math", _of(_MATH, ("Statistics", 0.5), ("Precalculus", 0.3), ("AP Calculus", 0.2))),
        Pool("science-late", _of(_SCIENCE, ("Anatomy", 0.35), ("Environmental Science", 0.4),
                                 ("Physics", 0.25))),
        Pool("social-12", _of(_SOCIAL, ("Government and Economics", 0.75), ("AP Government", 0.25))),
        *_SENIOR_PAIR,
    ),
}  # fmt: skip


def offered(grade: str) -> tuple[Pool, ...]:
    """Return the six pools of a grade in a school large enough for choices."""
    return _middle(grade) if grade in ("7", "8") else _HIGH[grade]


def offered_together(grades: tuple[str, ...]) -> tuple[Pool, ...]:
    """Return the six pools of grades that are taught together, in a small school."""
    label = grades[0] if len(grades) == 1 else f"{grades[0]}-{grades[-1]}"
    if len(grades) == 1:
        return tuple(Pool(f"{pool.key}/{label}", pool.options) for pool in offered(label))
    core = (("English", _ENGLISH), ("Mathematics", _MATH), ("Science", _SCIENCE),
            ("Social Science", _SOCIAL), ("Physical Education", _PE))  # fmt: skip
    electives = (("Art", _ARTS), ("Spanish", _LANGUAGE), ("Coding", _CAREER))
    return (
        *(Pool(f"{subject}/{label}", _of(subject, (f"{title} {label}", 1.0))) for title, subject in core),
        Pool(
            f"elective/{label}",
            tuple((Course(f"{title} {label}", subject), 1 / 3) for title, subject in electives),
        ),
    )
