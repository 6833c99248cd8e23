"""Subjects and services are called by the words of the reader's own language."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from schoolday.calendar.days import DayKind
from schoolday.day import Change, ChangeKind
from schoolday.ground.spans import Span
from schooldesk.day.composing import feed_words
from schooldesk.day.languages import language, speech
from schooldesk.day.sentences import change
from schooldesk.day.subjects import block_names, room


@pytest.mark.parametrize("subject", ["speech", "service"], ids=["as now", "as old weeks have it"])
def test_a_service_that_a_group_has_is_told_in_the_familys_language_on_the_page_and_in_what_changed(
    subject: str,
) -> None:
    es = speech(language("es"))
    assert block_names("speech, group of 2", subject, es) == ("Terapia del habla", "grupo de 2")
    assert block_names("braille, group of 3", "braille", es) == ("braille", "grupo de 3")
    assert room("speech, group of 2", subject) == ""
    gone = Change(ChangeKind.CANCELLED, title="speech, group of 2", subject=subject, before=Span(540, 570))
    told = change(gone, Markup("<bdi>Ana</bdi>"), DayKind.SCHOOL, es)
    assert told.startswith("<bdi>Ana</bdi>: Terapia del habla (grupo de 2), 9:00")


def test_a_feed_has_the_words_for_a_groups_size() -> None:
    titles = feed_words("es").titles
    assert titles is not None
    assert titles["group of %(pupils)s"] == "grupo de %(pupils)s"
