"""Make broken rulebooks from good ones: each by one mistake that no lawful book can hold.

Every way to break a book takes the book's lines and picks a place by a seeded generator. It returns the
broken lines, or None where the book has no such place. The comment of each says why the outcome cannot be a
lawful book by chance. Keys of the book stand at column 0, of a rule at 4, of a clause at 8; the words of a
note stand further in, and are never taken for a key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

Lines = list[str]
Way = Callable[[Lines, np.random.Generator], Lines | None]

WAYS: dict[str, Way] = {}
"""Every way to break a book, by name."""

_KEY = re.compile(r"(| {4}| {8})([a-z_]+):( .*)?")
_RULE, _CLAUSE = re.compile(r" {2}- rule: (.+)"), re.compile(r" {6}- from: (\d{4}-\d\d-\d\d)")
_UNTIL = re.compile(r" {8}until: (\d{4}-\d\d-\d\d)")


@dataclass(frozen=True)
class Broken:
    """One broken book: its name, how it was broken, from which book, and its bytes."""

    name: str
    way: str
    source: str
    data: bytes


def broken_books(sources: Sequence[Path], seed: int, number: int) -> Iterator[Broken]:
    """Yield so many broken books, no two alike, every way of breaking in turn."""
    rng = np.random.default_rng(seed)
    texts = [(path.name, path.read_text(encoding="utf-8").splitlines()) for path in sources]
    seen: set[bytes] = set()
    turn = 0
    while len(seen) < number:
        way = list(WAYS)[turn % len(WAYS)]
        source, lines = texts[int(rng.integers(len(texts)))]
        found = WAYS[way]([*lines], rng)
        if found is None:
            continue  # another book, the same way: none is left out for want of a place
        turn += 1
        data = _bytes(way, "\n".join(found) + "\n")
        if data not in seen:
            seen.add(data)
            yield Broken(f"{len(seen):03d}_{way}.yaml", way, source, data)


def _bytes(way: str, text: str) -> bytes:
    if way == "utf_16":
        return text.encode("utf-16")
    return text.replace("\N{REPLACEMENT CHARACTER}", "\ue0ff").encode().replace("\ue0ff".encode(), b"\xff")


def way(function: Way) -> Way:
    WAYS[function.__name__] = function
    return function


def _pick(places: Sequence[int], rng: np.random.Generator) -> int | None:
    return places[int(rng.integers(len(places)))] if places else None


def _keys(lines: Lines, *names: str, indent: int | None = None) -> list[int]:
    """Return the lines of some keys of the book, a rule or a clause."""
    found = []
    for place, line in enumerate(lines):
        key = _KEY.fullmatch(line)
        if key and key[2] in names and indent in (None, len(key[1])):
            found.append(place)
    return found


def _end(lines: Lines, place: int) -> int:
    """Return the line after all that is indented below a key."""
    depth = len(lines[place]) - len(lines[place].lstrip())
    after = place + 1
    while after < len(lines) and (not lines[after].strip() or _depth(lines[after]) > depth):
        after += 1
    return after


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _set(lines: Lines, place: int | None, value: str) -> Lines | None:
    """Return the lines with another value for a key, and nothing of the old one."""
    if place is None:
        return None
    return [*lines[:place], f"{lines[place].split(':')[0]}: {value}", *lines[_end(lines, place) :]]


def _swap(lines: Lines, rng: np.random.Generator, value: str, *keys: str) -> Lines | None:
    return _set(lines, _pick(_keys(lines, *keys), rng), value)


def _clauses(lines: Lines) -> list[tuple[int, int]]:
    """Return the first line of each clause, and the line after its last."""
    starts = [place for place, line in enumerate(lines) if _CLAUSE.fullmatch(line)]
    return [(place, _clause_end(lines, place)) for place in starts]


def _clause_end(lines: Lines, place: int) -> int:
    after = place + 1
    while after < len(lines) and (not lines[after].strip() or _depth(lines[after]) > 6):
        after += 1
    return after


def _cited(lines: Lines) -> list[tuple[int, int]]:
    """Return the clauses that say something: a clause that says nothing has no source."""
    return [(first, end) for first, end in _clauses(lines) if _keys(lines[first:end], "cite")]


def _rules(lines: Lines) -> list[tuple[int, int]]:
    starts = [place for place, line in enumerate(lines) if _RULE.fullmatch(line)]
    return list(zip(starts, [*starts[1:], len(lines)], strict=True))


@way
def dropped_book_key(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # Each of the four must be there.
    place = _pick(_keys(lines, "book", "title", "layer", "place", indent=0), rng)
    return None if place is None else lines[:place] + lines[_end(lines, place) :]


@way
def dropped_rule_key(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # A title always, the others where their kind of rule has them: a rule with one of them needs it.
    place = _pick(_keys(lines, "title", "measure", "unit", "after", "due", "clauses", indent=4), rng)
    return None if place is None else lines[:place] + lines[_end(lines, place) :]


@way
def dropped_source(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # A clause that says something has all three.
    place = _pick(_keys(lines, "cite", "confidence", "checked", indent=8), rng)
    return None if place is None else lines[:place] + lines[_end(lines, place) :]


@way
def dropped_first_date(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # The clause begins with its next key, and has no first date.
    clauses = _clauses(lines)
    place = clauses[int(rng.integers(len(clauses)))][0]
    return [*lines[:place], f"      - {lines[place + 1].strip()}", *lines[place + 2 :]]


@way
def misspelt_key(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # No key ends in x, and no key is free.
    place = _pick([n for n, line in enumerate(lines) if _KEY.fullmatch(line)], rng)
    assert place is not None
    lines[place] = lines[place].replace(":", "x:", 1)
    return lines


@way
def key_of_another_kind(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # `within` is of deadlines, `at_most` of bounds and `day_kind` of kinds of day: no rule is all three.
    first, _ = _cited(lines)[0]
    strangers = ["within: 5", "at_most: 9", "day_kind: holiday"]
    have = {line.strip().split(":")[0] for line in lines[first : _clause_end(lines, first)]}
    added = [f"        {one}" for one in strangers if one.split(":")[0] not in have]
    return [*lines[: first + 1], *added, *lines[first + 1 :]]


@way
def unknown_word(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # None of these knows the word.
    keys = ("layer", "kind", "period", "confidence", "measure", "unit", "after", "due", "day_kind")
    return _swap(lines, rng, "somewhat", *keys)


@way
def unknown_measure(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # No measure ends in a z.
    place = _pick(_keys(lines, "measure"), rng)
    return None if place is None else [*lines[:place], f"{lines[place]}z", *lines[place + 1 :]]


@way
def unknown_names(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # Ways, steps and circumstances are names that are known.
    return _swap(lines, rng, "[by_pigeon]", "ways", "then", "unless")


@way
def wrong_unit(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # Both are units of some measure, and each measure has one unit; a deadline counts in neither.
    place = _pick(_keys(lines, "unit"), rng)
    other = "meetings" if place is not None and "minutes" in lines[place] else "minutes"
    return _set(lines, place, other)


@way
def words_for_a_number(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # A number is written in digits.
    return _swap(lines, rng, "lots", "at_least", "at_most", "within", "average_over", "no_day_under")


@way
def negative_number(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # No measure and no count goes below nothing.
    return _swap(lines, rng, "-5", "at_least", "at_most", "within", "average_over", "no_day_under")


@way
def far_too_large(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # More than any unit can be.
    return _swap(lines, rng, "9999999", "at_least", "at_most", "within", "average_over", "no_day_under")


@way
def backward_grades(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # A span of grades runs upward.
    return _swap(lines, rng, "{3-1: 10}", "at_least", "at_most", "no_day_under")


@way
def grade_that_is_none(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # There is no grade 13.
    return _swap(lines, rng, "{K: 10, 13: 20}", "at_least", "at_most", "no_day_under")


@way
def list_for_a_title(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # A title is text.
    return _swap(lines, rng, "[one, two]", "title")


@way
def text_for_a_block(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # Each of these holds keys or entries, and text is neither.
    return _swap(lines, rng, "many words", "rules", "clauses", "cite", "when", "senses")


@way
def no_date(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # There is no such date, or it is not written so.
    value = ("2020-02-30", "1 July 2020", "2020/07/01", "0001-01-01")[int(rng.integers(4))]
    return _swap(lines, rng, value, "until", "checked")


@way
def swapped_dates(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # The last date then lies before the first.
    pairs = [place for place, line in enumerate(lines[1:]) if _until_after(lines[place], line)]
    place = _pick(pairs, rng)
    if place is None:
        return None
    first, last = lines[place].split(": ")[1], lines[place + 1].split(": ")[1]
    return [*lines[:place], f"      - from: {last}", f"        until: {first}", *lines[place + 2 :]]


def _until_after(line: str, after: str) -> bool:
    first, last = _CLAUSE.fullmatch(line), _UNTIL.fullmatch(after)
    return bool(first and last and first[1] < last[1])


@way
def overlap(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # The same clause twice: both stand on the same dates.
    clauses = _clauses(lines)
    first, end = clauses[int(rng.integers(len(clauses)))]
    return [*lines[:end], *lines[first:end], *lines[end:]]


@way
def gap_without_a_word(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # The clause now ends a day before the eve of the next one, and nobody says why.
    places = []
    for (first, end), (after, _) in zip(_clauses(lines), _clauses(lines)[1:], strict=False):
        if (
            end == after
            and _UNTIL.fullmatch(lines[first + 1])
            and lines[first].split()[-1] < _eve(lines[first + 1])
        ):
            places.append(first + 1)
    place = _pick(places, rng)
    return None if place is None else _set(lines, place, _eve(lines[place]))


def _eve(line: str) -> str:
    return (date.fromisoformat(line.split(": ")[1]) - timedelta(days=1)).isoformat()


@way
def nothing_with_a_source(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # A clause that says nothing has no source.
    clauses = _cited(lines)
    first, _ = clauses[int(rng.integers(len(clauses)))]
    return [*lines[: first + 1], "        nothing: true", *lines[first + 1 :]]


@way
def key_twice(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # A key stands once.
    place = _pick(_keys(lines, "title", "layer", "measure", "unit", "confidence", "checked", "until"), rng)
    assert place is not None
    end = _end(lines, place)
    return [*lines[:end], *lines[place:end], *lines[end:]]


@way
def rule_twice(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # An id names one rule.
    rules = _rules(lines)
    first, end = rules[int(rng.integers(len(rules)))]
    return [*lines[:end], *lines[first:end], *lines[end:]]


@way
def bad_id(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # An id has no capitals and no spaces.
    rules = _rules(lines)
    place = rules[int(rng.integers(len(rules)))][0]
    return [*lines[:place], "  - rule: The School Day!", *lines[place + 1 :]]


@way
def empty_value(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # A key that is written has a value.
    return _swap(lines, rng, "", "title", "layer", "place", "measure", "unit", "cite", "checked", "until")


@way
def truncated_after_a_first_date(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # The last clause has a first date and nothing else: no source.
    clauses = _clauses(lines)
    return lines[: clauses[int(rng.integers(len(clauses)))][0] + 1]


@way
def truncated_in_a_bracket(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # The file ends where a bracket is open.
    places = [n for n, line in enumerate(lines) if re.fullmatch(r" {4,8}[a-z_]+: [{\[].*", line)]
    place = _pick(places, rng)
    if place is None:
        return None
    line = lines[place]
    opened = min(at for at in (line.find("{"), line.find("[")) if at >= 0)
    return [*lines[:place], line[: opened + 2]]


@way
def truncated_at_the_top(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # A title and a layer, and no rules.
    place = _keys(lines, "rules", indent=0)[0]
    return [f"# {rng.integers(1_000_000)}", *lines[:place]]


@way
def quote_never_closed(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # What a quote opens goes on to the end of the file: no other quote is left after it.
    place = _pick(_keys(lines, "title", indent=4), rng)
    assert place is not None
    rest = [line.replace('"', "'") for line in lines[_end(lines, place) :]]
    return [*lines[:place], '    title: "A title without its end', *rest]


@way
def tab_for_spaces(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # YAML indents with spaces.
    place = _pick([n for n, line in enumerate(lines) if re.match(r" {4,8}[a-z]", line)], rng)
    assert place is not None
    return [*lines[:place], f"\t{lines[place].lstrip()}", *lines[place + 1 :]]


@way
def unindented_key(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # At column 0 stand the keys of a book, and none of these is one.
    place = _pick(_keys(lines, "measure", "unit", "confidence", "checked"), rng)
    assert place is not None
    return [*lines[:place], lines[place].lstrip(), *lines[place + 1 :]]


@way
def anchor_or_tag(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # Neither is read.
    clever = ("&a title", "*a", "!!str title", "!!python/name:os.system")[int(rng.integers(4))]
    return _swap(lines, rng, clever, "title", "measure", "layer")


@way
def second_document(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # One file holds one book.
    rules = _rules(lines)
    end = rules[int(rng.integers(len(rules)))][1]
    return [*lines[:end], "---", "book: another", *lines[end:]]


@way
def too_deep(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # Deeper than any rulebook.
    return _swap(lines, rng, f"{'[' * 12}x{']' * 12}", "title", "ways", "note", "cite")


@way
def byte_that_is_no_letter(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # The byte FF stands in no UTF-8 text; it is put in for the mark here.
    place = int(rng.integers(len(lines)))
    lines[place] += "\N{REPLACEMENT CHARACTER}"
    return lines


@way
def zero_byte(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # YAML holds no NUL.
    place = int(rng.integers(len(lines)))
    lines[place] += "\0"
    return lines


@way
def utf_16(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # Its first two bytes are no UTF-8.
    return [f"# {rng.integers(1_000_000)}", *lines]


@way
def average_of_nothing(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # An average is over two days or more, and needs `at_least`; deadlines and triggers have none.
    if _keys(lines, "average_over"):
        return _swap(lines, rng, "1", "average_over")
    clauses = _cited(lines)
    first, _ = clauses[int(rng.integers(len(clauses)))]
    return [*lines[: first + 1], "        average_over: 1", *lines[first + 1 :]]


@way
def trigger_without_a_number(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # A limb has a number, which is exceeded or reached.
    limbs = [n for n, line in enumerate(lines) if re.match(r" {10}- \{measure: .*(over|reaches): ", line)]
    place = _pick(limbs, rng)
    if place is None:
        return None
    return [*lines[:place], re.sub(r", (over|reaches): [^}]*", "", lines[place]), *lines[place + 1 :]]


@way
def deadline_to_itself(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # Two different events make a deadline.
    place = _pick(_keys(lines, "due"), rng)
    if place is None or not lines[place - 1].startswith("    after: "):
        return None
    return _set(lines, place, lines[place - 1].split(": ")[1])


@way
def party_of_none(lines: Lines, rng: np.random.Generator) -> Lines | None:
    # A proposal names its party.
    if _keys(lines, "party"):
        return None
    return _swap(lines, rng, f"proposal  # {rng.integers(1_000_000)}", "layer")
