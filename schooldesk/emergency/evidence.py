"""The evidence of an emergency as the terminal writes it, packed with the record that it was made from."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from schoolday.emergency.way_back import findings
from schoolday.files.emergencies_out import write_recorded
from schoolday.files.evidence import write_evidence
from schoolday.ground.finding import Finding
from schooldesk.emergency import models
from schooldesk.emergency.standing import Standing
from schooldesk.roster import reads as roster

RECORD, TEXTS = "record", "texts"


def told(one: Standing) -> list[Finding]:
    """Return what of agreements and returns is late or in doubt."""
    return list(findings(one.studies, one.back))


def packed(one: Standing) -> bytes:
    """Return the zip: the same bytes whenever the same record is asked about at the same moment."""
    with TemporaryDirectory() as folder:
        out = Path(folder)
        sources = write_recorded(out / RECORD, one.recorded, one.zone)
        write_evidence(
            out / "evidence", one.event, one.followed, one.rules, roster.without_pupils(one.home),
            one.now.astimezone(one.zone), sources, one.studies, one.back,
        )  # fmt: skip
        _write_texts(out / RECORD / TEXTS, one)
        return _zipped(out)


def _write_texts(folder: Path, one: Standing) -> None:
    """Write the exact text of every agreement, so that its hash can be worked out again."""
    ids = [int(agreement.id) for agreement in one.recorded.agreements]
    if ids:
        folder.mkdir()
    for row in models.Agreement.objects.filter(emergency=one.row.pk).order_by("pk"):
        if row.pk in ids:
            (folder / f"{row.pk}.txt").write_text(row.text, encoding="utf-8", newline="")


def _zipped(out: Path) -> bytes:
    body = BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as made:
        for path in sorted(out.rglob("*")):
            if path.is_file():
                name = path.relative_to(out).as_posix().removeprefix("evidence/")
                made.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return body.getvalue()
