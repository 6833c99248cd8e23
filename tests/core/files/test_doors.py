"""The optional engine is named in one file alone: the import contract sees only what is installed."""

from __future__ import annotations

from pathlib import Path

import schoolday


def test_spark_is_looked_up_in_one_file() -> None:
    room = Path(schoolday.__file__).parent
    files = [file for file in room.rglob("*.py") if "pyspark" in file.read_text("utf-8")]
    named = [file.relative_to(room).as_posix() for file in files]
    assert named == ["files/engines/spark.py"]
