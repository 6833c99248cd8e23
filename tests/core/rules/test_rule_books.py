"""The books that come with schoolday: whole, cited, honest, and saying what the founding documents say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from schoolday.files.rulebooks import load, parse, problems, shelf
from schoolday.ground.errors import NotInForce
from schoolday.ground.grades import GRADES
from schoolday.rules import BINDING, Clause, Confidence, Kind, Layer, Period, Rule, Rulebook, Standing, Way
from schoolday.rules.tell import tell

HERE = Path(__file__).parent
SCUSD = frozenset({"CA", "ca-scusd"})
DEMO = SCUSD | {"ca-scusd-demo"}
SAN_JUAN = frozenset({"CA", "ca-sanjuan"})
DAY = date(2020, 9, 8)
DISTANCE_YEAR_ENDS = date(2021, 6, 30)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load()


def _pairs(book: Rulebook) -> list[tuple[Rule, Clause]]:
    return [(rule, clause) for rule in book.rules for clause in rule.clauses]


def test_every_shipped_book_loads() -> None:
    assert problems() == []


def test_the_example_in_the_readme_is_a_book() -> None:
    text = (shelf() / "README.md").read_text().split("```yaml\n")[1].split("```")[0]
    (rule,) = parse(text, "README.md")
    assert [clause.first for clause in rule.clauses] == [date(2020, 8, 31), date(2021, 9, 1)]
    assert [silence.first for silence in rule.silences] == [date(2021, 7, 1)]


def test_every_clause_is_cited_checked_and_tellable(book: Rulebook) -> None:
    for rule, clause in _pairs(book):
        assert clause.cite.source
        assert clause.checked >= date(2026, 11, 21)
        assert tell(rule, clause)
        assert (shelf() / clause.file).is_file()


def test_a_clause_that_is_not_read_in_its_own_source_says_so_in_a_note(book: Rulebook) -> None:
    silent = [
        clause.id
        for _, clause in _pairs(book)
        if clause.confidence is not Confidence.MADE_UP and not clause.note
    ]
    assert silent == []


def test_what_is_made_up_says_so_in_title_and_citation_and_lives_in_the_demonstration_only(
    book: Rulebook,
) -> None:
    for rule, clause in _pairs(book):
        made_up = clause.confidence is Confidence.MADE_UP
        assert made_up == (rule.place == "ca-scusd-demo")
        if made_up:
            assert "made up" in rule.title.lower()
            assert "made up" in clause.cite.source.lower()


def test_a_book_lies_in_the_folder_of_its_layer(book: Rulebook) -> None:
    for rule, clause in _pairs(book):
        assert clause.file.split("/")[0] == rule.layer.value


def test_no_distance_rule_of_2020_answers_for_2026(book: Rulebook) -> None:
    with pytest.raises(NotInForce, match="2021-06-30"):
        book.clause("ca.distance.total_minutes", date(2026, 9, 8))
    standing = book.on(date(2026, 9, 8), DEMO | SAN_JUAN)
    assert standing.limit("total_minutes", grade="3", way=Way.DISTANCE).low is None
    assert standing.limit("total_minutes", grade="3", way=Way.IN_PERSON).low == 230


def test_no_rule_of_today_answers_for_2020(book: Rulebook) -> None:
    for rule_id in ("ca.minimum_day.primary", "ca.start_times.day_start"):
        with pytest.raises(NotInForce):
            book.clause(rule_id, DAY)


def test_the_law_asks_live_interaction_every_day_and_no_number_of_live_minutes(book: Rulebook) -> None:
    standing = book.on(DAY, frozenset({"CA"}))
    for grade in GRADES:
        assert standing.limit("live_meetings", grade=grade).low == 1
        assert standing.limit("live_minutes", grade=grade).low is None


def test_the_minimum_day_of_today_averages_with_a_floor(book: Rulebook) -> None:
    standing = book.on(date(2026, 9, 8), frozenset({"CA"}))
    found = {}
    for grade in GRADES:
        (bound,) = standing.bounds("total_minutes", grade=grade, way=Way.IN_PERSON)
        assert bound.clause.no_day_under is not None
        floor = bound.clause.no_day_under.for_(grade)
        found[grade] = (bound.at_least, bound.clause.average_over, floor)
    assert found["TK"] == found["K"] == (180, 10, 60)
    assert found["1"] == found["3"] == (230, 10, 170)
    assert found["4"] == found["6"] == (240, 10, 180)
    assert found["7"] == found["8"] == found["12"] == (240, 2, 180)


def test_independent_study_asks_live_meetings_by_grade(book: Rulebook) -> None:
    standing = book.on(date(2026, 9, 8), frozenset({"CA"}))
    way = Way.INDEPENDENT_STUDY
    daily = {grade for grade in GRADES if standing.limit("live_meetings", grade=grade, way=way).low == 1}
    weekly = {
        grade
        for grade in GRADES
        if standing.limit("live_meetings", grade=grade, way=way, period=Period.WEEK).low == 1
    }
    assert daily == set(GRADES[: GRADES.index("8") + 1])
    assert weekly == set(GRADES[GRADES.index("4") :])


def test_school_starts_no_earlier_than_the_law_allows_since_july_2022(book: Rulebook) -> None:
    standing = book.on(date(2022, 7, 1), frozenset({"CA"}))
    starts = {
        grade: standing.limit("day_start", grade=grade, way=Way.IN_PERSON).low for grade in ("6", "8", "9")
    }
    assert starts == {"6": None, "8": 480, "9": 510}


def test_the_union_s_position_leaves_exactly_the_live_minutes_that_its_independent_work_implies(
    book: Rulebook,
) -> None:
    standing = book.adopt("ca-scusd.scta_position").on(DAY, SCUSD)
    for grade in GRADES:
        total = standing.limit("total_minutes", grade=grade).low
        alone = standing.limit("independent_minutes", grade=grade).low
        live = standing.limit("live_minutes", grade=grade).low
        assert total is not None
        assert alone is not None
        assert live == total - alone
        assert live == {"TK": 90, "K": 90, "1": 110, "2": 110, "3": 110}.get(grade, 120)


def test_no_proposal_of_sacramento_stands_by_itself(book: Rulebook) -> None:
    standing = book.on(DAY, SCUSD)
    assert {rule.layer for rule, _ in standing.pairs} <= BINDING
    assert standing.limit("independent_minutes", grade="K").low is None


def test_the_first_two_days_of_september_are_for_preparation_and_the_next_two_mostly_independent(
    book: Rulebook,
) -> None:
    kinds = {}
    shares = {}
    for number in range(1, 9):
        standing = book.on(date(2020, 9, number), SCUSD)
        found = standing.day_kind()
        kinds[number] = found[1].day_kind if found else ""
        shares[number] = standing.limit("live_share", grade="3").high
    assert [number for number, kind in kinds.items() if kind == "preparation"] == [1, 2]
    assert {number: share for number, share in shares.items() if share is not None} == {3: 49, 4: 49}


def test_before_the_district_s_plan_only_the_law_the_state_s_orders_and_the_agreement_bind(
    book: Rulebook,
) -> None:
    before = book.on(date(2020, 9, 4), SCUSD)
    assert {rule.layer for rule, _ in before.pairs} == {Layer.LAW, Layer.ORDER, Layer.AGREEMENT}
    assert before.limit("live_minutes", grade="3").low is None
    assert before.limit("total_minutes", grade="3").low == 230


def test_nobody_s_rules_on_one_date_and_place_contradict_each_other(book: Rulebook) -> None:
    books = [
        book,
        *(book.adopt(name) for name in ("ca-scusd.scta_position", "ca-scusd.district_first_offer")),
    ]
    for each in books:
        for place in (DEMO, SAN_JUAN):
            for day in (date(2020, 9, 3), DAY, date(2021, 5, 3), date(2026, 9, 8)):
                assert _contradictions(each.on(day, place)) == []


def _contradictions(standing: Standing) -> list[tuple[str, str]]:
    measures = {rule.measure for rule, _ in standing.pairs if rule.kind is Kind.BOUND}
    return [
        (measure, grade)
        for measure in sorted(measures)
        for grade in GRADES
        for way in Way
        if not standing.limit(measure, grade=grade, way=way).possible
    ]


def test_totals_and_live_minutes_by_grade_are_those_of_the_golden_table(book: Rulebook) -> None:
    """Read `golden/minutes_by_grade.txt`: a person must be able to check it against the documents."""
    assert _table(book) == (HERE / "golden" / "minutes_by_grade.txt").read_text()


def _table(book: Rulebook) -> str:
    columns = [
        ("law alone", book.on(DAY, frozenset({"CA"}))),
        ("district's first offer", book.adopt("ca-scusd.district_first_offer").on(DAY, SCUSD)),
        ("district's plan", book.on(DAY, SCUSD)),
        ("teachers' position", book.adopt("ca-scusd.scta_position").on(DAY, SCUSD)),
        ("San Juan's agreement", book.on(DAY, SAN_JUAN)),
    ]
    head = "".join(f"{name:>25}" for name, _ in columns)
    rows = [f"{'grade':<6}{head}", f"{'':<6}" + f"{'total  live':>25}" * len(columns)]
    for grade in GRADES:
        cells = "".join(
            f"{_cell(standing, 'total_minutes', grade):>19}{_cell(standing, 'live_minutes', grade):>6}"
            for _, standing in columns
        )
        rows.append(f"{grade:<6}{cells}")
    title = f"The least minutes a day by distance on {DAY.isoformat()}; - where nobody says a number.\n\n"
    return title + "\n".join(rows) + "\n"


def _cell(standing: Standing, measure: str, grade: str) -> str:
    low = standing.limit(measure, grade=grade).low
    return "-" if low is None else f"{low:g}"
