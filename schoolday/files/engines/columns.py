"""The columns of a day pack as they lie in memory, without a copy: Arrow reads, numpy looks on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from schoolday.ground.errors import SchooldayError
from schoolday.measures.dense.facts import kind_codes, origin_codes
from schoolday.measures.dense.tally import Rows

_Ints: TypeAlias = npt.NDArray[Any]
_NUMBERS, _WORDS = ("pupil", "activity", "minutes", "participated"), ("origin", "kind")
COLUMNS = (*_NUMBERS, *_WORDS)
_DICTIONARY = pa.dictionary(pa.int32(), pa.string())


def rows_in(pack: Path) -> Iterator[Rows]:
    """Yield the rows of a pack, a row group at a time.

    Raises
    ------
    SchooldayError
        If it is no Parquet file, or lacks a column, or has something else in it.
    """
    try:
        before = 0
        for group in _groups(pack):
            if group.num_rows:
                yield _rows(group, pack.name, before)
            before += group.num_rows
    except (pa.ArrowException, OSError) as fault:
        said = str(fault).splitlines()[0]
        raise SchooldayError(f"{pack.name} is no day pack ({said}); make the pack anew") from fault


def _groups(pack: Path) -> Iterator[Any]:
    """Yield a pack's row groups, whose words are read as places in a list of words where they are kept so."""
    names = pq.read_schema(pack).names
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise SchooldayError(f"{pack.name}: column {missing[0]} is missing; make the pack anew")
    file = pq.ParquetFile(pack, read_dictionary=list(_WORDS), pre_buffer=False)
    for number in range(file.num_row_groups):
        # Arrow cannot read words as places that a small row group keeps by their lengths.
        plain = _by_length(file.metadata.row_group(number))
        of = pq.ParquetFile(pack, pre_buffer=False) if plain else file
        yield of.read_row_group(number, columns=list(COLUMNS), use_threads=False)


def _by_length(group: Any) -> bool:  # noqa: ANN401 - pyarrow has no types
    columns = (group.column(number) for number in range(group.num_columns))
    return any("DELTA_LENGTH_BYTE_ARRAY" in one.encodings for one in columns if one.path_in_schema in _WORDS)


def _rows(group: Any, file: str, before: int) -> Rows:  # noqa: ANN401
    pupil, activity, minutes, part = (_whole(group.column(name), file, name, pa.int32()) for name in _NUMBERS)
    for name, column in (("pupil", pupil), ("activity", activity)):
        _all_known(column, file, name, before)
    origin, kind = (_whole(group.column(name), file, name, _DICTIONARY) for name in _WORDS)
    return Rows(
        _values(pupil), _values(activity), _values(minutes), _known(minutes), _values(part), _known(part),
        _word(origin), _word(kind), origin_codes(_words(origin)), kind_codes(_words(kind)),
    )  # fmt: skip


def _words(array: Any) -> list[str | None]:  # noqa: ANN401
    """Return the words of a column, and one more that stands for none."""
    return [*array.dictionary.to_pylist(), None]


def _word(array: Any) -> _Ints:  # noqa: ANN401
    """Return each row's place among the words."""
    places = _values(array.indices)
    return np.where(_known(array).view(bool), places, len(array.dictionary)) if array.null_count else places


def _whole(column: Any, file: str, name: str, kind: Any) -> Any:  # noqa: ANN401
    """Return a column in one piece and as the kind of values that is needed."""
    try:
        found = column if column.type == kind else column.cast(kind)
    except pa.ArrowException as fault:
        said = f"{file}: column {name} holds {column.type}, not what a pack has ({fault})"
        raise SchooldayError(f"{said}; make the pack anew") from fault
    return found.chunk(0) if found.num_chunks == 1 else pa.concat_arrays(found.unify_dictionaries().chunks)


def _all_known(array: Any, file: str, name: str, before: int) -> None:  # noqa: ANN401
    if array.null_count:
        row = before + int(np.flatnonzero(array.is_null().to_numpy(False))[0]) + 1
        raise SchooldayError(f"{file}: row {row}, column {name}: nothing is there; make the pack anew")


def _values(array: Any) -> _Ints:  # noqa: ANN401
    return np.frombuffer(array.buffers()[1], np.int32, len(array), 4 * array.offset)


def _known(array: Any) -> npt.NDArray[np.uint8]:  # noqa: ANN401
    """Return 1 for each row that has something, else 0."""
    bits = array.buffers()[0] if array.null_count else None
    if bits is None:
        return np.ones(len(array), np.uint8)
    found = np.unpackbits(np.frombuffer(bits, np.uint8), bitorder="little")
    return found[array.offset : array.offset + len(array)]
