"""Two small bargaining tables, of two districts, as the files that somebody would bring."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from django.test import Client

HEAD = """
table: {table}
title: The day of {name}, autumn 2020
places: [CA, ca-scusd]
calendar: {{from: 2020-08-01, until: 2020-12-31, days_off: {{2020-09-07: Labor Day}}}}
parties:
  - {{party: district, name: {name} District, seat: employer}}
  - {{party: union, name: {name} Teachers, seat: union}}
papers:
  - paper: minutes
    source: Minutes of the board of {name}
    dated: 1 September 2020
    href: https://{table}.example/minutes
    confidence: made_up
    checked: 2026-11-26
"""

DOCUMENTS = """
documents:
  - document: offer
    title: The offer of {name}
    party: district
    versions:
      - version: 1
        day: 2020-08-10
        paper: minutes
        quote: an offer of {name} was passed
        articles:
          - {{article: "1", title: The day, text: Teachers of {name} teach live for 180 minutes each day.}}
      - version: 2
        day: 2020-08-20
        answers: wish/1
        paper: minutes
        books: [ca-scusd.district_plan]
        articles:
          - {{article: "1", title: The day, text: Teachers of {name} teach live for 150 minutes each day.}}
      - version: 3
        day: 2020-08-28
        paper: minutes
  - document: wish
    title: The wish of {name}
    party: union
    versions:
      - version: 1
        day: 2020-08-15
        answers: offer/1
        paper: minutes
        books: [ca-scusd.scta_position]
        says:
          - {{term: recordings, value: not_required, paper: minutes}}
          - {{term: screen_time, value: less, paper: minutes}}
          - {{term: live_per_course, value: "25", grades: 7-12, paper: minutes}}
"""

RECORD = """
sittings:
  - {{state: held, day: 2020-08-12, subject: Hours in {name}, paper: minutes}}
  - {{state: declined, day: 2020-08-18, by: union, subject: Hours, offered: 2020-08-16, paper: minutes}}
events:
  - {{at: 2020-08-31, event: impasse, by: union, paper: minutes, quote: impasse in {name}}}
assertions:
  - {{day: 2020-08-30, by: district, topic: Meetings of {name}, said: We met 4 times., figures: {{meetings: 4}}, paper: minutes}}
  - {{day: 2020-08-31, by: union, topic: Meetings of {name}, said: We met 7 times., figures: {{meetings: 7}}, paper: minutes}}
"""  # noqa: E501


def write_table(folder: Path, name: str, *, table: str = "", more: str = "") -> Path:
    """Write the table of a district into a folder, and return the folder; `more` follows its record."""
    folder.mkdir(parents=True, exist_ok=True)
    values = {"name": name.title(), "table": table or f"{name}-2020"}
    texts = {"table": HEAD, "documents": DOCUMENTS, "record": RECORD}
    for file, text in texts.items():
        (folder / f"{file}.yaml").write_text(text.format(**values) + (more if file == "record" else ""))
    return folder


PATHS = ("", "sides/", "record/", "clocks/", "words/", "words/offer/1/2/")
"""The pages of a table, below its address."""
ON = "?on=2020-09-08"


def page(client: Client, path: str = "", query: str = ON, district: str = "maple") -> str:
    """Return a page of a district's table."""
    answer = client.get(f"/d/{district}/table/{district}-2020/{path}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def told(client: Client, path: str = "", query: str = ON) -> str:
    """Return the words of a page without its marks and addresses."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page(client, path, query))))
