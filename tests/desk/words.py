"""A page as its reader has it: its words, and the fields of its form; nothing here is a test."""

from __future__ import annotations

import re
from html import unescape
from typing import Any


def text_of(answer: Any) -> str:
    """Return a page as it was sent."""
    return str(answer.content.decode())


def told(answer: Any) -> str:
    """Return the words of a page without its marks."""
    page = answer.content.decode()
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page))).replace("\xa0", " ")


def fields(answer: Any) -> dict[str, str]:
    """Return what the form of taking would send as it stands."""
    page = answer.content.decode().split('id="take"')[1].split("</form>")[0]
    found = {"step": re.findall(r'name="step" value="([^"]+)"', page)[0]}
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.findall(r'value="([^"]*)" selected', body)
        found[name] = chosen[0] if chosen else re.findall(r'value="([^"]*)"', body)[0]
    for line in re.findall(r"<input[^>]*>", page):
        name, value = re.findall(r'name="([^"]*)"', line)[0], re.findall(r'value="([^"]*)"', line)[0]
        if "checkbox" not in line or " checked" in line:
            found[name] = value
    return found
