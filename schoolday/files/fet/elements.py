"""Elements of FET's data file."""

from __future__ import annotations

from xml.etree import ElementTree as Xml


def leaf(parent: Xml.Element, tag: str, text: object) -> None:
    """Write an element that holds only text."""
    Xml.SubElement(parent, tag).text = str(text)


def named(parent: Xml.Element, tag: str, **fields: object) -> Xml.Element:
    """Write an element with an element of text for each field; return it."""
    element = Xml.SubElement(parent, tag)
    for name, text in fields.items():
        leaf(element, name, text)
    return element


def constraint(parent: Xml.Element, name: str) -> Xml.Element:
    """Begin a hard constraint; `close` ends it."""
    return named(parent, f"Constraint{name}", Weight_Percentage=100)


def close(element: Xml.Element) -> None:
    """End an activity or a constraint with the two elements that FET reads last."""
    leaf(element, "Active", "true")
    leaf(element, "Comments", "")
