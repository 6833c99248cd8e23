"""Homes: language, names, devices and connection, and the exact numbers of each reporting group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from schoolday.roster import Household
from schoolday.sample.facts import SchoolFacts
from schoolday.sample.families import neighbourhood
from schoolday.sample.names import CULTURE_OF, GIVEN, SURNAMES
from schoolday.sample.people import CULTURES, Chance, Child, draw, pick

LANGUAGES = {
    "es": 0.56, "hmn": 0.12, "yue": 0.07, "zh": 0.03, "vi": 0.04, "ru": 0.04, "pa": 0.03, "ar": 0.02,
    "fa": 0.02, "ps": 0.01, "uk": 0.01, "hi": 0.01, "tl": 0.01, "ium": 0.01, "to": 0.01, "lo": 0.01,
}  # fmt: skip
"""Shares of languages among homes that speak another than English (assumed; not the district's count)."""

_MORE_OFTEN = {
    "south": {"hmn": 1.8, "ium": 2.0, "lo": 2.0},
    "pocket": {"yue": 2.5, "zh": 2.5, "hmn": 1.2},
    "land park": {"yue": 2.0, "es": 1.1},
    "east": {"ru": 2.5, "uk": 2.5, "ar": 2.0, "fa": 2.5, "ps": 2.5, "hmn": 0.4},
}
_SHORT_OF_DEVICES = 0.21
_DEVICES_UNKNOWN = 0.12
_CONNECTIONS = {"broadband": 0.82, "hotspot": 0.10, "none": 0.03, "": 0.05}
_HARD_PRESSED = {"broadband": 0.55, "hotspot": 0.32, "none": 0.08, "": 0.05}


def households(
    schools: Sequence[SchoolFacts], families: Sequence[list[Child]], rng: Chance
) -> dict[str, Household]:
    """Settle families in homes, name the children, and mark each school's exact reporting groups."""
    languages = _languages(schools, families, rng)
    _mark_learners(schools, families, languages, rng)
    _mark_hardship("homeless", {s.id: s.homeless for s in schools}, families, rng)
    _mark_hardship("foster", {s.id: s.foster for s in schools}, families, rng)
    found: dict[str, Household] = {}
    for number, (family, language) in enumerate(zip(families, languages, strict=True), 1):
        name_family(family, language, rng)
        home = f"h{number:05d}"
        found[home] = _home(home, family, language, rng)
    return found


def _home(home: str, family: list[Child], language: str, rng: Chance) -> Household:
    pressed = any(child.groups & {"homeless", "foster"} for child in family)
    connection = draw(_HARD_PRESSED if pressed else _CONNECTIONS, rng)
    return Household(
        home, tuple(child.id for child in family), language, _devices(len(family), rng), connection
    )


def _devices(children: int, rng: Chance) -> int | None:
    if rng.random() < _DEVICES_UNKNOWN:
        return None
    if children > 1 and rng.random() < _SHORT_OF_DEVICES:
        return 1 if rng.random() < 0.8 else children - 1
    return children


def _languages(schools: Sequence[SchoolFacts], families: Sequence[list[Child]], rng: Chance) -> list[str]:
    """Give each family a language, so that homes of English learners suffice in every school."""
    rate = {s.id: s.english_learners / s.enrolled for s in schools}
    area = {s.id: neighbourhood(s) for s in schools}
    shares = {name: _shares(name) for name in sorted(set(area.values()))}
    spoken = []
    for family in families:
        other = min(0.95, 1.6 * sum(rate[child.school] for child in family) / len(family) + 0.04)
        spoken.append(draw(shares[area[family[0].school]], rng) if rng.random() < other else "en")
    _enough_homes(schools, families, spoken, shares, area, rng)
    return spoken


def _shares(area: str) -> dict[str, float]:
    more = _MORE_OFTEN.get(area, {})
    return {language: share * more.get(language, 1.0) for language, share in LANGUAGES.items()}


def _enough_homes(
    schools: Sequence[SchoolFacts],
    families: Sequence[list[Child]],
    spoken: list[str],
    shares: dict[str, dict[str, float]],
    area: dict[str, str],
    rng: Chance,
) -> None:
    """Let more homes speak another language where a school has more learners than such homes."""
    at: dict[str, list[int]] = defaultdict(list)
    for index, family in enumerate(families):
        for child in family:
            at[child.school].append(index)
    for facts in schools:
        homes = at[facts.id]
        lacking = facts.english_learners - sum(spoken[index] != "en" for index in homes)
        english = [index for index in homes if spoken[index] == "en"]
        for pointer in rng.permutation(len(english))[: max(0, lacking)]:
            spoken[english[int(pointer)]] = draw(shares[area[facts.id]], rng)


def _mark_learners(
    schools: Sequence[SchoolFacts], families: Sequence[list[Child]], spoken: Sequence[str], rng: Chance
) -> None:
    """Mark exactly each school's number of English learners, younger children more often."""
    able: dict[str, list[Child]] = defaultdict(list)
    for family, language in zip(families, spoken, strict=True):
        for child in family:
            if language != "en":
                able[child.school].append(child)
    for facts in schools:
        keyed = sorted(
            (float(rng.exponential()) * 1.12**child.level, child.id, child) for child in able[facts.id]
        )
        for _, _, child in keyed[: facts.english_learners]:
            child.groups.add("el")


def _mark_hardship(group: str, quota: dict[str, int], families: Sequence[list[Child]], rng: Chance) -> None:
    """Mark exactly each school's number, whole families first, then children one by one."""
    left = dict(quota)
    order = [families[int(index)] for index in rng.permutation(len(families))]
    for family in order:
        need: dict[str, int] = defaultdict(int)
        for child in family:
            need[child.school] += 1
        chosen = rng.random() < 0.5 and all(left[school] >= count for school, count in need.items())
        _mark(group, family if chosen else [], left)
    for family in order:
        _mark(group, family, left)


def _mark(group: str, family: list[Child], left: dict[str, int]) -> None:
    for child in family:
        if left[child.school] > 0 and group not in child.groups:
            child.groups.add(group)
            left[child.school] -= 1


def name_family(family: list[Child], language: str, rng: Chance) -> None:
    """Name a family's children from its language's list and give them dates of birth for fall 2020."""
    culture = CULTURE_OF.get(language) or draw(CULTURES, rng)
    surname = pick(SURNAMES[culture], rng)
    around = int(rng.integers(60, 305))
    taken: set[str] = set()
    twins: dict[int, date] = {}
    for child in family:
        child.given = next(name for name in iter(lambda: pick(GIVEN[culture], rng), "") if name not in taken)
        taken.add(child.given)
        child.family = surname if rng.random() < 0.9 else pick(SURNAMES[culture], rng)
        born = date(2015 - child.level, 9, 2) + timedelta(days=around + int(rng.integers(-60, 60)))
        child.birth = twins.setdefault(child.level, born)
