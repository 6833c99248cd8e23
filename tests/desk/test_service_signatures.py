"""A provider signs services: from then on a correction alone changes what was signed."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from schooldesk import scope
from schooldesk.ledger.services.models import Signature
from schooldesk.people.models import Event
from tests.desk.care import (
    ALL,
    AT,
    COUNSELOR,
    HELD,
    PROVIDER,
    ZONE,
    by,
    entries,
    standing,
    the_one,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday", "carers")]
Sign = Callable[[str], Client]
SIGN = {"do": "sign", "first": "2020-09-07", "last": "2020-09-11", "agree": "yes", "once": "form-0009"}


def test_what_was_signed_changes_by_a_correction_alone(provider: Client) -> None:
    provider.post(AT, HELD | ALL)
    assert "Tick that you declare it." in told(provider.post(AT, SIGN | {"agree": ""}))
    assert provider.post(AT, SIGN).status_code == 303
    with scope.district("maple"):
        row = Signature.objects.get()
        assert (row.provider, row.number, row.last) == (PROVIDER, 2, date(2020, 9, 11))
        assert Event.objects.filter(what="services.signed").count() == 1
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            Signature.objects.all().delete()
        with pytest.raises(TypeError):
            Signature.objects.update(number=3)
    signed = the_one(pupil="maple-p01")
    assert "signed on September 11, 2020" in told(provider.get(AT))
    change = {"do": "correct", "entry": signed.entry, "outcome": "declined", "once": "form-0010"}
    assert provider.post(AT, change).status_code == 303
    said = told(provider.get(AT))
    assert "the signature is of the older one" in said
    assert "is no longer what was signed" not in said
    # A forgotten meeting may be added, and waits for another signature.
    assert provider.post(AT, HELD | ALL | {"day": "2020-09-10", "once": "form-0011"}).status_code == 303
    assert "nobody has signed it" in told(provider.get(AT))
    assert provider.post(AT, SIGN).status_code == 303
    said = told(provider.get(AT))
    assert "nobody has signed it" not in said
    assert "the signature is of the older one" not in said


def test_nobody_else_corrects_what_a_provider_has_signed(provider: Client) -> None:
    """From another page or a device, in another's name, a correction was of nobody's signature."""
    from schooldesk import clock
    from schooldesk.ledger.reads import value
    from schooldesk.ledger.writes import EntryRefused, enter

    provider.post(AT, HELD | ALL)
    provider.post(AT, SIGN)
    before = standing()
    old = value(before[0], ZONE)
    for place, day in enumerate((old.day, date(2020, 9, 4))):
        new = replace(
            old, id=f"other-{place}", code="technical", minutes=None, by=COUNSELOR, corrects=old.id, day=day
        )
        later = clock.now() + timedelta(hours=1)
        for moment, said in ((clock.now(), "had signed"), (later, "did not sign it")):
            with scope.district("maple"), clock.at(moment), pytest.raises(EntryRefused, match=said):
                enter(by("maple", COUNSELOR), [replace(new, at=moment)], "step-other")
    assert standing() == before


def test_a_signed_meeting_is_not_recorded_anew(provider: Client) -> None:
    from schooldesk.ledger import writes as ledger
    from schooldesk.ledger.services import reads, writes
    from schooldesk.ledger.writes import By, EntryRefused

    provider.post(AT, HELD | ALL)
    provider.post(AT, SIGN)
    with scope.district("maple"):
        by = By("maple", "provider", PROVIDER, ZONE)
        old = reads.of_provider(ZONE, PROVIDER)[0]
        now, before = old.at, old.at - timedelta(hours=1)
        for enter, at in ((writes.enter, now), (ledger.enter, now), (ledger.enter, before)):
            # From the page of services, from any other page, and from a device that was offline.
            with pytest.raises(EntryRefused) as found:
                enter(by, [replace(old, id="another-id", at=at)], "step")
            assert [one.code for one in found.value.findings] == ["services.locked"]
    assert len(entries(kind="service")) == 2
    with scope.district("cedar"):
        assert Signature.objects.count() == 0


def test_a_signature_holds_for_a_provider_of_several_schools(provider: Client, client_of: Sign) -> None:
    from schooldesk.day import request
    from schooldesk.roster.models import Pupil, Service

    with scope.district("maple"):
        version, far = (
            Service.objects.first().version_id,
            Pupil.objects.filter(school="maple-secondary").first(),
        )
        Service.objects.create(
            version_id=version, sourced="far", pupil=far.sourced, kind="speech", minutes=30, times=1,
            provider=PROVIDER, group="", place="home",
        )  # fmt: skip
    request.forget()
    assert provider.post(AT, HELD | ALL).status_code == 303
    sent = {"activity": "far", "outcome": "delivered", "once": "form-0031"}
    assert provider.post(AT, HELD | sent).status_code == 303
    assert provider.post(AT, SIGN).status_code == 303
    for school in ("maple-elementary", "maple-secondary"):
        said = told(client_of("planner").get(f"{AT}schools/?school={school}"))
        assert "Provided 30 min" in said
        assert "is no longer what was signed" not in said
    with scope.district("maple"):
        assert Signature.objects.get().number == 3
