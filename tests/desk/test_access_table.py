"""Who gets what at each address: a table with no address missing."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from schooldesk.access import MARK, addresses
from tests.desk.cohorts import told_once
from tests.desk.conditions import numbers
from tests.desk.conftest import PEOPLE, Cast
from tests.desk.emergencies import agreement, flood
from tests.desk.learnings import numbers as learnt
from tests.desk.ledgers import certify
from tests.desk.moves import asked
from tests.desk.outcomes import number_of, work_out_both

pytestmark = pytest.mark.django_db

ALL = len(PEOPLE)
EMERGENCY, FLOOD = "d/<slug:district>/emergencies/<int:number>", "/d/maple/emergencies/{emergency}"
TABLES, MAPLE = "d/<slug:district>/table/<slug:table>", "/d/maple/table/maple-2020"

CONDITIONS = "d/<slug:district>/conditions"
PLANNER = (302, 403, 403, 403, 200, 404, 403, 403, 403)
LEADERS = (302, 403, 403, 200, 200, 404, 403, 403, 403)
STAFF = (302, 200, 200, 200, 200, 404, 403, 403, 403)
OWN = (302, 200, 403, 200, 200, 404, 403, 403, 403)
LEARNING = "d/<slug:district>/learning"
LEARNT = ("section", "exam", "recording", "entered", "grouping")

# route: the method, the address, and the status for each of PEOPLE:
# stranger, teacher, colleague, principal, planner, foreigner, union, employer, mediator
TABLE: dict[str, tuple[str, str, tuple[int, ...]]] = {
    "": ("get", "/", (200,) * ALL),
    "health": ("get", "/health", (200,) * ALL),
    "rules/": ("get", "/rules/?on=2020-09-08", (200,) * ALL),
    "sign-in/": ("get", "/sign-in/", (200, *(302,) * 8)),
    "sign-out/": ("post", "/sign-out/", (302,) * ALL),
    "desk/": ("get", "/desk/", (302, *(200,) * 8)),
    "h/<str:token>/": ("get", "/h/{token}/", (302,) * ALL),
    "h/<str:token>/more/": ("get", "/h/{token}/more/", (200,) * ALL),
    "h/<str:token>/keep/": ("post", "/h/{token}/keep/", (302,) * ALL),
    "h/<str:token>/<day:day>/": ("get", "/h/{token}/2020-09-08/", (200,) * ALL),
    "h/<str:token>/<day:day>/here/": ("post", "/h/{token}/2020-09-08/here/", (422,) * ALL),
    "f/<str:token>.ics": ("get", "/f/{feed}.ics", (200,) * ALL),
    "home/": ("get", "/home/", (302,) * ALL),
    "home/more/": ("get", "/home/more/", (302,) * ALL),
    "home/agreements/": ("get", "/home/agreements/", (302,) * ALL),
    "home/agreements/<int:number>/": ("get", "/home/agreements/{agreement}/", (302,) * ALL),
    "home/forget/": ("post", "/home/forget/", (302,) * ALL),
    "home/<day:day>/": ("get", "/home/2020-09-08/", (302,) * ALL),
    "home/<day:day>/here/": ("post", "/home/2020-09-08/here/", (302,) * ALL),
    "d/<slug:district>/schools/<str:school>/<day:day>/": (
        "get", "/d/maple/schools/{school}/2020-09-08/", (302, 200, 200, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/staff/<str:who>/<day:day>/": (
        "get", "/d/maple/staff/{teacher}/2020-09-08/", (302, 200, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/staff/<str:who>/move/": (
        "get", "/d/maple/staff/{teacher}/move/", (302, 200, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/moves/": ("get", "/d/maple/moves/", (302, 403, 403, 200, 200, 404, 403, 403, 403)),
    "d/<slug:district>/moves/<int:number>/": (
        "get", "/d/maple/moves/{move}/", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/moves/<int:number>/touched.csv": (
        "get", "/d/maple/moves/{move}/touched.csv", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    "h/<str:token>/move/": ("get", "/h/{token}/move/", (200,) * ALL),
    "home/move/": ("get", "/home/move/", (302,) * ALL),
    "d/<slug:district>/households/<int:number>/": (
        "get", "/d/maple/households/{number}/", (302, 302, 302, 302, 302, 404, 403, 403, 403),
    ),
    "d/<slug:district>/households/<int:number>/more/": (
        "get", "/d/maple/households/{number}/more/", (302, 302, 302, 302, 302, 404, 403, 403, 403),
    ),
    "d/<slug:district>/households/<int:number>/<day:day>/": (
        "get", "/d/maple/households/{number}/2020-09-08/", (302, 200, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/households/<int:number>/link/": (
        "post", "/d/maple/households/{number}/link/", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/households/<int:number>/link/revoke/": (
        "post", "/d/maple/households/{number}/link/revoke/", (302, 403, 403, 302, 302, 404, 403, 403, 403),
    ),
    "d/<slug:district>/rules/warnings/": (
        "get", "/d/maple/rules/warnings/", (302, 403, 403, 403, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/table/": ("get", "/d/maple/table/", (200,) * ALL),
    "d/<slug:district>/table/<slug:table>/": ("get", "/d/maple/table/maple-2020/", (200,) * ALL),
    "d/<slug:district>/table/<slug:table>/record/": (
        "get", "/d/maple/table/maple-2020/record/", (200,) * ALL,
    ),
    "d/<slug:district>/table/<slug:table>/sides/": (
        "get", "/d/maple/table/maple-2020/sides/", (200,) * ALL,
    ),
    "d/<slug:district>/table/<slug:table>/clocks/": (
        "get", "/d/maple/table/maple-2020/clocks/", (200,) * ALL,
    ),
    "d/<slug:district>/table/<slug:table>/words/": ("get", "/d/maple/table/maple-2020/words/", (200,) * ALL),
    "d/<slug:district>/table/<slug:table>/words/<slug:document>/<int:before>/<int:after>/": (
        "get", "/d/maple/table/maple-2020/words/offer/1/2/", (200,) * ALL,
    ),
    "d/<slug:district>/table/<slug:table>/limits/": (
        "get", "/d/maple/table/maple-2020/limits/", (302, 403, 403, 403, 403, 404, 200, 200, 403),
    ),
    "d/<slug:district>/table/<slug:table>/limits/ask/": (
        "post", "/d/maple/table/maple-2020/limits/ask/", (302, 403, 403, 403, 403, 404, 409, 409, 403),
    ),
    "d/<slug:district>/table/<slug:table>/mediator/": (
        "get", "/d/maple/table/maple-2020/mediator/", (302, 403, 403, 403, 403, 404, 403, 403, 200),
    ),
    f"{TABLES}/consequences/": ("get", f"{MAPLE}/consequences/", (200,) * ALL),
    f"{TABLES}/consequences/ask/": (
        "post", f"{MAPLE}/consequences/ask/", (302, 403, 403, 403, 422, 404, 403, 403, 403),
    ),
    f"{TABLES}/consequences/<int:number>/": ("get", f"{MAPLE}/consequences/{{consequences}}/", (200,) * ALL),
    f"{TABLES}/consequences/<int:number>/numbers.<form:kind>": (
        "get", f"{MAPLE}/consequences/{{consequences}}/numbers.csv", (200,) * ALL,
    ),
    f"{TABLES}/ground/": ("get", f"{MAPLE}/ground/", (200,) * ALL),
    f"{TABLES}/ground/ask/": (
        "post", f"{MAPLE}/ground/ask/", (302, 403, 403, 403, 422, 404, 403, 403, 403),
    ),
    f"{TABLES}/ground/<int:number>/": ("get", f"{MAPLE}/ground/{{packages}}/", (200,) * ALL),
    f"{TABLES}/ground/<int:number>/numbers.<form:kind>": (
        "get", f"{MAPLE}/ground/{{packages}}/numbers.json", (200,) * ALL,
    ),
    "h/<str:token>/choice/": ("get", "/h/{token}/choice/", (200,) * ALL),
    "h/<str:token>/choice/said/": ("get", "/h/{token}/choice/said/", (302,) * ALL),
    "h/<str:token>/return/": ("get", "/h/{token}/return/", (200,) * ALL),
    "f/<str:token>/return.ics": ("get", "/f/{feed}/return.ics?{made}", (200,) * ALL),
    "d/<slug:district>/return/": ("get", "/d/maple/return/", (200,) * ALL),
    "d/<slug:district>/groups/": (
        "get", "/d/maple/groups/?school={school}&need=el", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/households/<int:number>/choice/": (
        "get", "/d/maple/households/{number}/choice/", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/cohorts/": (
        "get", "/d/maple/cohorts/", (302, 403, 403, 403, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/cohorts/<int:number>/": (
        "get", "/d/maple/cohorts/{round}/", (302, 403, 403, 403, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/cohorts/made/<int:number>/": (
        "get", "/d/maple/cohorts/made/{made}/", (302, 403, 403, 403, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/cohorts/made/<int:number>/schools/<str:school>/": (
        "get", "/d/maple/cohorts/made/{made}/schools/{school}/",
        (302, 403, 403, 403, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/cohorts/made/<int:number>/<slug:name>.<form:kind>": (
        "get", "/d/maple/cohorts/made/{made}/cohorts.csv", (302, 403, 403, 403, 200, 404, 403, 403, 403),
    ),
    "h/<str:token>/agreements/": ("get", "/h/{token}/agreements/", (200,) * ALL),
    "h/<str:token>/agreements/<int:number>/": ("get", "/h/{token}/agreements/{agreement}/", (200,) * ALL),
    "d/<slug:district>/emergencies/": (
        "get", "/d/maple/emergencies/", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/emergencies/mine/": (
        "get", "/d/maple/emergencies/mine/", (302, 200, 200, 403, 403, 404, 403, 403, 403),
    ),
    f"{EMERGENCY}/": ("get", f"{FLOOD}/", (302, 403, 403, 200, 200, 404, 403, 403, 403)),
    f"{EMERGENCY}/many/": ("get", f"{FLOOD}/many/", (302, 403, 403, 200, 200, 404, 403, 403, 403)),
    f"{EMERGENCY}/agreements/": (
        "get", f"{FLOOD}/agreements/?school={{school}}", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    f"{EMERGENCY}/evidence/": ("get", f"{FLOOD}/evidence/", (302, 403, 403, 403, 200, 404, 403, 403, 403)),
    f"{EMERGENCY}/evidence.zip": (
        "get", f"{FLOOD}/evidence.zip", (302, 403, 403, 403, 200, 404, 403, 403, 403),
    ),
    f"{EMERGENCY}/pupils/<str:pupil>/": (
        "get", f"{FLOOD}/pupils/{{pupil}}/", (302, 200, 403, 200, 200, 404, 403, 403, 403),
    ),
    f"{EMERGENCY}/pupils/<str:pupil>/agreement/": (
        "get", f"{FLOOD}/pupils/{{pupil}}/agreement/", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/agreements/": (
        "get", "/d/maple/agreements/", (302, 200, 200, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/agreements/<int:number>/": (
        "get", "/d/maple/agreements/{agreement}/", (302, 200, 403, 200, 200, 404, 403, 403, 403),
    ),
    f"{CONDITIONS}/": ("get", "/d/maple/conditions/?on=2020-10-13", (200,) * ALL),
    f"{CONDITIONS}/allowed.<form:kind>": ("get", "/d/maple/conditions/allowed.csv", (200,) * ALL),
    f"{CONDITIONS}/readings/": ("get", "/d/maple/conditions/readings/", (200,) * ALL),
    f"{CONDITIONS}/readings.<form:kind>": ("get", "/d/maple/conditions/readings.json", (200,) * ALL),
    f"{CONDITIONS}/readings/enter/<slug:kind>/": ("get", "/d/maple/conditions/readings/enter/step/", PLANNER),
    f"{CONDITIONS}/readings/take/": ("get", "/d/maple/conditions/readings/take/", PLANNER),
    f"{CONDITIONS}/readings/<int:number>/correct/": (
        "get", "/d/maple/conditions/readings/{fact}/correct/", PLANNER,
    ),
    f"{CONDITIONS}/entries/<int:number>/undo/": (
        "post", "/d/maple/conditions/entries/{entry}/undo/", (302, 403, 403, 403, 302, 404, 403, 403, 403),
    ),
    f"{CONDITIONS}/preview/": ("get", "/d/maple/conditions/preview/", STAFF),
    f"{CONDITIONS}/preview.<form:kind>": ("get", "/d/maple/conditions/preview.csv", STAFF),
    f"{CONDITIONS}/preview/<str:school>/people/": (
        "get", "/d/maple/conditions/preview/{school}/people/", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    f"{CONDITIONS}/year/": ("get", "/d/maple/conditions/year/", (200,) * ALL),
    f"{CONDITIONS}/year.<form:kind>": ("get", "/d/maple/conditions/year.csv", (200,) * ALL),
    f"{CONDITIONS}/year/rules/": (
        "post", "/d/maple/conditions/year/rules/", (302, 403, 403, 403, 422, 404, 403, 403, 403),
    ),
    f"{CONDITIONS}/year/rules/<int:number>/": (
        "post", "/d/maple/conditions/year/rules/{book}/", (302, 403, 403, 403, 302, 404, 403, 403, 403),
    ),
    "h/<str:token>/recordings/": ("get", "/h/{token}/recordings/", (200,) * ALL),
    "h/<str:token>/learning/": ("get", "/h/{token}/learning/", (200,) * ALL),
    f"{LEARNING}/": ("get", "/d/maple/learning/", STAFF),
    f"{LEARNING}/standards/": ("get", "/d/maple/learning/standards/", STAFF),
    f"{LEARNING}/pupils/<str:pupil>/": ("get", "/d/maple/learning/pupils/{pupil}/", OWN),
    f"{LEARNING}/sections/<str:section>/": ("get", "/d/maple/learning/sections/{section}/", OWN),
    f"{LEARNING}/sections/<str:section>/recordings/": (
        "get", "/d/maple/learning/sections/{section}/recordings/", OWN,
    ),
    f"{LEARNING}/recordings/<int:number>/": ("get", "/d/maple/learning/recordings/{recording}/", OWN),
    f"{LEARNING}/exams/": ("get", "/d/maple/learning/exams/", STAFF),
    f"{LEARNING}/exams/<int:number>/": ("get", "/d/maple/learning/exams/{exam}/", OWN),
    f"{LEARNING}/take/": ("get", "/d/maple/learning/take/", (302, 200, 200, 403, 200, 404, 403, 403, 403)),
    f"{LEARNING}/entries/": ("get", "/d/maple/learning/entries/", STAFF),
    f"{LEARNING}/entries/<int:number>/undo/": (
        "post", "/d/maple/learning/entries/{entered}/undo/", (302, 403, 403, 403, 303, 404, 403, 403, 403),
    ),
    f"{LEARNING}/groups/": ("get", "/d/maple/learning/groups/", STAFF),
    f"{LEARNING}/groups/<int:number>/": ("get", "/d/maple/learning/groups/{grouping}/", OWN),
    f"{LEARNING}/watch/": (
        "get", "/d/maple/learning/watch/", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    f"{CONDITIONS}/places/": ("get", "/d/maple/conditions/places/", (200,) * ALL),
    f"{CONDITIONS}/places.<form:kind>": ("get", "/d/maple/conditions/places.csv", (200,) * ALL),
    "h/<str:token>/record/": ("get", "/h/{token}/record/", (200,) * ALL),
    "d/<slug:district>/take/": ("get", "/d/maple/take/", STAFF),
    "d/<slug:district>/take/worker.js": ("get", "/d/maple/take/worker.js", STAFF),
    "d/<slug:district>/take/<str:activity>/<day:day>/": (
        "get", "/d/maple/take/{section}/2020-09-08/", (302, 200, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/take/<str:activity>/<day:day>/assessed/": (
        "get", "/d/maple/take/{section}/2020-09-08/assessed/", (302, 200, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/take/<str:activity>/<day:day>/file/": (
        "get", "/d/maple/take/{section}/2020-09-08/file/", (302, 200, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/board/": ("get", "/d/maple/board/", (200,) * ALL),
    "d/<slug:district>/board.<form:kind>": ("get", "/d/maple/board.csv", (404,) * ALL),
    "d/<slug:district>/measures/": ("get", "/d/maple/measures/", LEADERS),
    "d/<slug:district>/measures/open/<day:monday>/": ("get", "/d/maple/measures/open/2020-09-07/", LEADERS),
    "d/<slug:district>/measures/pupils/<str:pupil>/": ("get", "/d/maple/measures/pupils/{pupil}/", LEADERS),
    "d/<slug:district>/measures/pupils/<str:pupil>/<day:day>/": (
        "get", "/d/maple/measures/pupils/{pupil}/2020-09-08/", LEADERS,
    ),
    "d/<slug:district>/study/": ("get", "/d/maple/study/", (302, 200, 200, 200, 200, 404, 403, 403, 403)),
    "d/<slug:district>/study/ratio/": ("get", "/d/maple/study/ratio/", LEADERS),
    "d/<slug:district>/study/pupils/<str:pupil>/": ("get", "/d/maple/study/pupils/{pupil}/", OWN),
    "d/<slug:district>/study/pupils/<str:pupil>/samples.pdf": (
        "get", "/d/maple/study/pupils/{pupil}/samples.pdf", OWN,
    ),
    "d/<slug:district>/week/": ("get", "/d/maple/week/", STAFF),
    "d/<slug:district>/week/chain/": ("get", "/d/maple/week/chain/", PLANNER),
    "d/<slug:district>/week/<str:school>/<day:monday>/forms.pdf": (
        "get", "/d/maple/week/{school}/2020-09-07/forms.pdf?{sealed}",
        (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/week/<str:school>/<str:teacher>/<day:monday>/": (
        "get", "/d/maple/week/{school}/{teacher}/2020-09-07/", (302, 200, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/week/<str:school>/<str:teacher>/<day:monday>/form.pdf": (
        "get", "/d/maple/week/{school}/{teacher}/2020-09-07/form.pdf?{sealed}",
        (302, 200, 403, 200, 200, 404, 403, 403, 403),
    ),
    "h/<str:token>/services/": ("get", "/h/{token}/services/", (200,) * ALL),
    "h/<str:token>/notices/": ("get", "/h/{token}/notices/", (200,) * ALL),
    "d/<slug:district>/services/": (
        "get", "/d/maple/services/", (302, 200, 200, 302, 302, 404, 403, 403, 403),
    ),
    "d/<slug:district>/services/record.csv": (
        "get", "/d/maple/services/record.csv", (302, 404, 404, 404, 404, 404, 403, 403, 403),
    ),
    "d/<slug:district>/services/schools/": (
        "get", "/d/maple/services/schools/?school={school}", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/services/schools/record.zip": (
        "get", "/d/maple/services/schools/record.zip?school={school}",
        (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/substitutes/": ("get", "/d/maple/substitutes/?school={school}", LEADERS),
    "d/<slug:district>/sheets/": ("get", "/d/maple/sheets/", PLANNER),
    "d/<slug:district>/reengage/": (
        "get", "/d/maple/reengage/?school={school}", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/reengage/list.csv": (
        "get", "/d/maple/reengage/list.csv?school={school}", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/reengage/schools/": (
        "get", "/d/maple/reengage/schools/", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/reengage/pupils/<str:pupil>/": (
        "get", "/d/maple/reengage/pupils/{pupil}/", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
    "d/<slug:district>/reengage/pupils/<str:pupil>/notice/": (
        "get", "/d/maple/reengage/pupils/{pupil}/notice/", (302, 403, 403, 200, 200, 404, 403, 403, 403),
    ),
}  # fmt: skip
ADMIN = (302, 403, 403, 403, 200, 200, 403, 403, 403)


def fill(address: str, cast: Cast, things: dict[str, Any] | None = None) -> str:
    """Fill an address's places; what it names is made once for all that share `things`."""
    from schooldesk.day.reads import feed_token

    family, there = cast.family, {} if things is None else things

    def once(name: str, make: Callable[[], Any], *places: str) -> Any:
        if not any(f"{{{place}}}" in address for place in (name, *places)):
            return None
        if name not in there:
            there[name] = make()
        return there[name]

    once("worked", lambda: work_out_both("maple") or True, "consequences", "packages")
    made = once("made", lambda: told_once("maple"), "round")
    row = once("emergency", lambda: flood(began=date(2020, 9, 4)), "agreement")
    days = (date(2020, 9, 8), date(2020, 9, 9))
    signed = once("agreement", lambda: agreement(row, family.pupils[0], cast.teacher, days))
    sealed = once("sealed", lambda: certify(cast.teacher, cast.school))
    return address.format(
        sealed=f"version={sealed.version}" if sealed else "",
        emergency=row and row.pk,
        agreement=signed and signed.pk,
        made=made and made.pk,
        round=made and made.round_id,
        pupil=family.pupils[0],
        token=family.token,
        feed=feed_token(family.token),
        number=family.number,
        school=cast.school,
        teacher=cast.teacher,
        consequences="worked" in there and number_of("maple", "consequences"),
        packages="worked" in there and number_of("maple", "packages"),
        move=once("move", lambda: asked().pk) or 0,
        **numbers("maple"),
        **(once("learnt", lambda: learnt(cast), *LEARNT) or {}),
    )


def test_no_address_is_missing_from_the_table() -> None:
    there = {route for route, _ in addresses() if not route.startswith("admin/")}
    assert there == set(TABLE)


def test_every_address_says_who_may_see_it() -> None:
    silent = [route for route, view in addresses() if not getattr(view, MARK, "")]
    assert silent == []


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("route", TABLE)
def test_an_address_answers_each_person_as_the_table_says(
    route: str, person: str, cast: Cast, client_of: Callable[[str], Client]
) -> None:
    method, address, statuses = TABLE[route]
    answer = getattr(client_of(person), method)(fill(address, cast))
    assert answer.status_code == statuses[PEOPLE.index(person)]


def _lists() -> list[str]:
    names = [route for route, _ in addresses() if route.startswith("admin/") and route.count("/") == 3]
    return sorted(route for route in names if "<" not in route and "password" not in route)


@pytest.mark.parametrize("person", PEOPLE)
def test_the_admin_is_for_planners(person: str, client_of: Callable[[str], Client]) -> None:
    client, wanted = client_of(person), ADMIN[PEOPLE.index(person)]
    lists = _lists()
    assert len(lists) >= 10
    for route in ("admin/", *lists):
        assert client.get(f"/{route}").status_code == wanted, route


@pytest.mark.parametrize("district", ["maple", "cedar"])
def test_another_districts_row_is_not_in_the_admin(
    district: str, cast: Cast, client_of: Callable[[str], Client]
) -> None:
    from schooldesk import scope
    from schooldesk.roster.models import Pupil

    with scope.district(district):
        pupil = Pupil.objects.first()
    planner = {"maple": "planner", "cedar": "foreigner"}
    other = {"maple": "foreigner", "cedar": "planner"}
    at = f"/admin/roster/pupil/{pupil.pk}/change/"
    assert client_of(planner[district]).get(at).status_code == 200
    assert client_of(other[district]).get(at).status_code == 302  # Django's admin: "doesn't exist"
    assert client_of(planner[district]).post(at, {"given": "x"}).status_code == 403
