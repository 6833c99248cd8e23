"""What subjects and services are called, so that a family reads them in its own language."""

from __future__ import annotations

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
}
"""What a roster or program writes, in small letters, and the words for it in English."""


def subject_name(subject: str, speech: Speech) -> str:
    """Return what a subject is called in a language; one we have no word for stays as it is written."""
    known = SUBJECTS.get(subject.strip().lower())
    return speech.say(known) if known else subject


def block_names(title: str, subject: str, speech: Speech) -> tuple[str, str]:
    """Return what to call a class: its subject in the family's language, and the title that adds to it."""
    if subject.strip().lower() not in SUBJECTS:
        known = SUBJECTS.get(title.strip().lower())
        return (speech.say(known) if known else title or subject), ""
    name = subject_name(subject, speech)
    same = title.strip().lower() in ("", subject.strip().lower(), name.lower())
    return name, "" if same or title.strip().lower() in SUBJECTS else title


REASONS = (_("Labor Day"), _("Veterans Day"), _("Thanksgiving"), _("Winter break"), _("Spring break"))
"""Reasons for days without school that we can say in every language; others stay as they are written."""
