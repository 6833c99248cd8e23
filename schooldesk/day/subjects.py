"""What subjects and services are called, so that a family reads them in its own language."""

from __future__ import annotations

from schoolday.timetable.served import GROUP, service_parts
from schooldesk.day.languages import Speech


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


SUBJECTS = {
    "art": _("Art"),
    "arts": _("Art"),
    "counseling": _("Counseling"),
    "ela": _("English language arts"),
    "eld": _("English language development"),
    "elective": _("Elective"),
    "electives": _("Elective"),
    "english": _("English"),
    "english language arts": _("English language arts"),
    "english language development": _("English language development"),
    "health": _("Health"),
    "history": _("History"),
    "history and social science": _("History and social science"),
    "history-social science": _("History and social science"),
    "history/social science": _("History and social science"),
    "homeroom": _("Homeroom"),
    "language": _("World language"),
    "math": _("Mathematics"),
    "mathematics": _("Mathematics"),
    "music": _("Music"),
    "occupational_therapy": _("Occupational therapy"),
    "occupational therapy": _("Occupational therapy"),
    "pe": _("Physical education"),
    "physical education": _("Physical education"),
    "reading": _("Reading"),
    "resource": _("Resource support"),
    "resource support": _("Resource support"),
    "science": _("Science"),
    "small": _("Small group"),
    "small group": _("Small group"),
    "social": _("Social studies"),
    "social science": _("Social studies"),
    "social studies": _("Social studies"),
    "social-emotional learning": _("Social and emotional learning"),
    "spanish": _("Spanish"),
    "specialized academic instruction": _("Specialized academic instruction"),
    "specialized_instruction": _("Specialized academic instruction"),
    "speech": _("Speech therapy"),
    "speech therapy": _("Speech therapy"),
    "world language": _("World language"),
    "world languages": _("World language"),
    "writing": _("Writing"),
    GROUP: _("group of %(pupils)s"),
}
"""What a roster or program writes, in small letters, and the words for it in English."""


def subject_name(subject: str, speech: Speech) -> str:
    """Return what a subject is called in a language; one we have no word for stays as it is written."""
    known = SUBJECTS.get(subject.strip().lower())
    return speech.say(known) if known else subject


def block_names(title: str, subject: str, speech: Speech) -> tuple[str, str]:
    """Return what to call a class: its subject in the reader's language, and what its title adds to it.

    A title that opens with its subject adds only the rest: the number of a small group, the level of a
    course. The class of a self-contained room is left out: it is the same all day (see `room`).
    A service's group is its kind, and its size beside it.
    """
    kind, pupils = service_parts(title)
    if pupils > 1:
        return subject_name(kind, speech), speech.say(SUBJECTS[GROUP]) % {"pupils": pupils}
    if subject.strip().lower() not in SUBJECTS:
        known = SUBJECTS.get(title.strip().lower())
        return (speech.say(known) if known else title or subject), ""
    name, plain = subject_name(subject, speech), title.strip()
    for opening in (subject.strip(), SUBJECTS[subject.strip().lower()]):
        rest, _comma, _room = plain[len(opening) :].partition(", ")
        # "Mathematical Ideas" opens with no subject, though its letters do.
        if plain.lower().startswith(opening.lower()) and (not rest or rest.startswith(" ")):
            return name, rest.strip()
    same = plain.lower() in ("", name.lower())
    return name, "" if same or plain.lower() in SUBJECTS else title


def room(title: str, subject: str) -> str:
    """Return the class that a title names after its subject: what tells a teacher's classes apart.

    A service has none: how many pupils meet stands beside it.
    """
    opening = subject.strip()
    if service_parts(title)[1] > 1 or not title.lower().startswith(opening.lower()):
        return ""
    return title[len(opening) :].partition(", ")[2]


REASONS = (_("Labor Day"), _("Veterans Day"), _("Thanksgiving"), _("Winter break"), _("Spring break"))
"""Reasons for days without school that we can say in every language; others stay as they are written."""
