"""The columns of a day pack as they lie in memory, without a copy: Arrow reads, numpy looks on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from schoolday.ground.errors import SchooldayError
from schoolday.measures.dense.facts import kind_codes, origin_codes

if TYPE_CHECKING:
    from schoolday.measures.dense.kernel import Rows

_Ints: TypeAlias = npt.NDArray[Any]
_NUMBERS, _WORDS = ("pupil", "activity", "minutes", "participated"), ("origin", "kind")
COLUMNS = (*_NUMBERS, *_WORDS)
_MUST = ("pupil", "activity")


def rows_in(pack: Path) -> Iterator[Rows]:
    """Yield the rows of a pack, a row group at a time.

    Raises
    ------
    SchooldayError
        If it is no Parquet file, or lacks a column, or has something else in it.
    """
    from schoolday.measures.dense.kernel import Rows  # noqa: PLC0415 - see `PackReader`

    try:
        file = pq.ParquetFile(pack, read_dictionary=list(_WORDS), pre_buffer=False)
        missing = [name for name in COLUMNS if name not in file.schema_arrow.names]
        if missing:
            raise SchooldayError(f"{pack.name}: column {missing[0]} is missing; make the pack anew")
        before = 0
        for number in range(file.num_row_groups):
            group = file.read_row_group(number, columns=list(COLUMNS), use_threads=False)
            if group.num_rows:
                yield Rows(*_columns(group, pack.name, before))
            before += group.num_rows
    except (pa.ArrowException, OSError) as fault:
        said = str(fault).splitlines()[0]
        raise SchooldayError(f"{pack.name} is no day pack ({said}); make the pack anew") from fault


def _columns(group: Any, file: str, before: int) -> Iterator[_Ints]:  # noqa: ANN401 - pyarrow has no types
    for name in _NUMBERS:
        array = _whole(group.column(name), file, name, pa.int32())
        if name in _MUST:
            _all_known(array, file, name, before)
        yield _values(array)
        if name not in _MUST:
            yield _bits(array)
    for name, codes in (("origin", origin_codes), ("kind", kind_codes)):
        array = _whole(group.column(name), file, name, pa.dictionary(pa.int32(), pa.string()))
        yield _values(array.indices)
        yield _bits(array)
        yield _fixed(codes([*array.dictionary.to_pylist(), None]))


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
    return _fixed(np.frombuffer(array.buffers()[1], np.uint32, len(array), 4 * array.offset))


def _bits(array: Any) -> _Ints:  # noqa: ANN401
    """Return a bit for each row that is known, the lowest of a byte first."""
    bits = array.buffers()[0]
    if bits is None:
        return _fixed(np.full(len(array) // 8 + 1, 255, np.uint8))
    found = np.frombuffer(bits, np.uint8)
    if array.offset:
        own = np.unpackbits(found, bitorder="little")[array.offset : array.offset + len(array)]
        found = np.packbits(own, bitorder="little")
    return _fixed(found)


def _fixed(array: _Ints) -> _Ints:
    """Return an array as one that nobody writes to: so the compiled pass sees one kind of array only."""
    array.flags.writeable = False
    return array
