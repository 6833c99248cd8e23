"""YAML text to a tree that remembers its lines. Nothing is guessed: every scalar stays text.

Aliases, anchors, tags, deep nesting and second documents are refused rather than understood: a
rulebook needs none of them, and without them no short text can grow into a large one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import yaml

from schoolday.ground.errors import RulebookError

DEEPEST = 10
"""How many levels of lists and keys a rulebook may hold."""

LONGEST = 1_000_000
"""How many characters a rulebook may hold."""

_TAB = re.compile(r"^ *\t", re.MULTILINE)
_SURROGATE = re.compile("[\ud800-\udfff]")

Loc = tuple[str | int, ...]
"""A way down the tree: keys and places in lists."""

Say = Callable[[Loc, str], None]
"""Takes a fault: where it lies, and what is wrong in words."""


@dataclass(slots=True)
class Node:
    """A value of the tree, the line it begins on, and for a block of keys the line of each key."""

    value: str | list[Node] | dict[str, Node]
    line: int
    lines: dict[str, int] = field(default_factory=dict)

    def step(self, step: str | int) -> Node | None:
        """Return the node one step down, or None where there is none."""
        if isinstance(self.value, dict):
            return self.value.get(str(step))
        if isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            return self.value[step]
        return None

    def at(self, loc: Loc) -> int:
        """Return the line of a place in the tree, or of the nearest place above it that exists."""
        node, line = self, self.line
        for step in loc:
            below = node.step(step)
            if below is None:
                break
            line, node = node.lines.get(str(step), below.line), below
        return line

    def down(self, *loc: str | int) -> Node | None:
        """Return the node at a place in the tree, or None where there is none."""
        node: Node | None = self
        for step in loc:
            node = node.step(step) if node else None
        return node

    def text(self, *loc: str | int) -> str:
        """Return the text at a place in the tree, or an empty string where there is none."""
        node = self.down(*loc)
        return node.value if node and isinstance(node.value, str) else ""

    def below(self, *loc: str | int) -> list[Node]:
        """Return the entries of the list at a place in the tree; none where there is no list."""
        node = self.down(*loc)
        return node.value if node and isinstance(node.value, list) else []

    def plain(self) -> object:
        """Return the tree as plain lists, dictionaries and text."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        return [node.plain() for node in self.value] if isinstance(self.value, list) else self.value


class Refused(Exception):
    """The text cannot be read any further."""

    def __init__(self, line: int, said: str) -> None:
        self.line, self.said = line, said
        super().__init__(said)


def _line(event: yaml.Event) -> int:
    """Return the line an event stands in, counted from 1; 0 where the parser does not say."""
    return event.start_mark.line + 1 if event.start_mark else 0


@dataclass
class _Reader:
    """Builds the tree from the parser's events, and collects what is wrong on the way."""

    events: Iterator[yaml.Event]
    faults: list[Refused] = field(default_factory=list)

    def node(self, event: yaml.Event, depth: int) -> Node:
        line = _line(event)
        _refuse_clever(event, line)
        if depth > DEEPEST:
            raise Refused(line, f"it is nested more than {DEEPEST} levels deep; a rulebook is flatter")
        if isinstance(event, yaml.MappingStartEvent):
            return self.block(line, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node([*self.items(yaml.SequenceEndEvent, depth)], line)
        text = event.value if isinstance(event, yaml.ScalarEvent) else ""
        if _SURROGATE.search(text):
            raise Refused(line, "it holds half a character; write the character itself")
        return Node(text.strip(), line)

    def items(self, end: type[yaml.Event], depth: int) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, end):
                return
            yield self.node(event, depth + 1)

    def block(self, line: int, depth: int) -> Node:
        value: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key_line = _line(event)
            _refuse_clever(event, key_line)
            if not isinstance(event, yaml.ScalarEvent):
                raise Refused(key_line, "a key must be a word, not a list or a block")
            found = self.node(next(self.events), depth + 1)
            self.check(event.value, found, key_line, lines)
            value.setdefault(event.value, found)
            lines.setdefault(event.value, key_line)
        return Node(value, line, lines)

    def check(self, key: str, found: Node, line: int, lines: dict[str, int]) -> None:
        if key in lines:
            said = f"`{key}` stands here a second time (first on line {lines[key]}); keep one of them"
            self.faults.append(Refused(line, said))
        elif found.value in ("", "~", "null"):
            said = f"`{key}` is empty; write what it is, or take the line out if it may be left out"
            self.faults.append(Refused(line, said))


def read(text: str, file: str) -> tuple[Node, list[Refused]]:
    """Return the tree of a text, and the faults that did not stop the reading.

    Raises
    ------
    RulebookError
        If the text cannot be read as a whole.
    """
    try:
        _refuse_text(text)
        return _read(text)
    except Refused as fault:
        raise RulebookError(file, fault.line, "", fault.said) from None
    except yaml.MarkedYAMLError as error:
        raise RulebookError(file, _mark(error), "", f"this is not YAML: {_words(error)}") from None
    except yaml.YAMLError as error:
        said = "it holds a character that cannot be printed; save it as plain text in UTF-8"
        raise RulebookError(file, _line_of(error, text), "", said) from None
    except (ValueError, OverflowError):
        # PyYAML lets Python's own errors through for impossible escapes such as "\UFFFFFFFF".
        said = "it holds an escape that stands for no character; write the character itself"
        raise RulebookError(file, 0, "", said) from None


def _read(text: str) -> tuple[Node, list[Refused]]:
    reader = _Reader(iter(yaml.parse(text, Loader=yaml.SafeLoader)))
    tree: Node | None = None
    for event in reader.events:
        if isinstance(event, yaml.DocumentStartEvent):
            if tree is not None:
                line = _line(event)
                raise Refused(line, "a second document begins here; one file holds one book")
            tree = reader.node(next(reader.events), 0)
    if tree is None or tree.value == "":
        raise Refused(0, "the file is empty; a book begins with `book:` and its id")
    return tree, reader.faults


def _refuse_text(text: str) -> None:
    if len(text) > LONGEST:
        raise Refused(0, f"it is longer than {LONGEST:,} characters; split it into several books")
    tab = _TAB.search(text)
    if tab:
        line = text.count("\n", 0, tab.start()) + 1
        raise Refused(line, "the line is indented with a tab; use spaces")


def _refuse_clever(event: yaml.Event, line: int) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise Refused(line, "anchors (&) and aliases (*) are not read; write the words out")
    if getattr(event, "tag", None):
        raise Refused(line, "tags (!) are not read; write the value alone")


def _words(error: yaml.MarkedYAMLError) -> str:
    parts = [part for part in (error.context, error.problem) if part]
    return ", ".join(parts) + "; often a colon, a quote or the indent of this line or the one above"


def _mark(error: yaml.MarkedYAMLError) -> int:
    """Return the line to look at: where a quote or bracket opened that never closes, else the problem's."""
    never_closed = "stream" in (error.problem or "")
    mark = (error.context_mark if never_closed else None) or error.problem_mark
    return mark.line + 1 if mark else 0


def _line_of(error: yaml.YAMLError, text: str) -> int:
    position = getattr(error, "position", None)
    return text.count("\n", 0, position) + 1 if isinstance(position, int) else 0
