"""Bundle: the files of a folder or a zip by name, read within limits and never written anywhere."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Self, TypeVar

from schoolday.files.sheets.faults import Faults
from schoolday.ground.finding import Status

Found = TypeVar("Found")

MOST_FILE = 256 * 2**20
"""Bytes of one file at the most, unpacked."""

MOST_ALL = 768 * 2**20
"""Bytes of all the files at the most, unpacked."""

MOST_NAMES = 2_000
"""Names in one zip at the most."""

SIDE_FOLDER = "schoolday/"

_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")

_UNZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    IndexError,
)
"""What the zip library raises on bytes that are no sound zip."""


class Bundle:
    """Files by name; a name of a side file starts with ``schoolday/``. Close it, or use it in a `with`."""

    def __init__(self, path: Path, faults: Faults, most: int = MOST_ALL) -> None:
        self.path, self.names, self._most = path, frozenset[str](), most
        self._faults, self._zip, self._taken = faults, None, 0
        self._entries: dict[str, zipfile.ZipInfo] = {}
        if path.is_dir():
            self.names = frozenset(_in_folder(path))
        elif not path.exists():
            said = f"there is no file or folder called {path.name}"
            faults.add("missing_file", said, path.name, mend="check the name")
        else:
            self._open_zip()

    _zip: zipfile.ZipFile | None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._zip is not None:
            self._zip.close()

    @property
    def readable(self) -> bool:
        """Whether it could be opened at all."""
        return self._zip is not None or self.path.is_dir()

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file, or None with a finding where they can't be had whole."""
        try:
            data = self._read(name)
        except _UNZIP_ERRORS:
            self._damaged(name, f"{name} can't be read: it is damaged or cut short")
            return None
        self._taken += len(data)
        if len(data) > MOST_FILE or self._taken > self._most:
            said = (
                f"{name} makes more than {MOST_FILE >> 20} MB, or all files more than {self._most >> 20} MB"
            )
            self._faults.add(
                "too_large", said, name, mend="no year of a district is so large; export it anew"
            )
            return None
        return data

    def peek(self, name: str) -> bytes:
        """Return the bytes of a file without findings; nothing where they can't be had."""
        with suppress(*_UNZIP_ERRORS):
            return self._read(name)
        return b""

    def _read(self, name: str) -> bytes:
        if self._zip is None:
            with (self.path / name).open("rb") as file:
                return file.read(MOST_FILE + 1)
        entry = self._entries[name]
        if entry.flag_bits & 1:
            raise RuntimeError("encrypted")
        with self._zip.open(entry) as packed:
            return packed.read(MOST_FILE + 1)

    def _damaged(self, name: str, said: str) -> None:
        self._faults.add("unreadable", said, name, mend="export or copy it anew; nothing was taken in")

    def _open_zip(self) -> None:
        try:
            self._zip = zipfile.ZipFile(self.path)
            entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        except _UNZIP_ERRORS:
            self._damaged(
                self.path.name, f"{self.path.name} is neither a folder nor a whole zip; it may be cut short"
            )
            return
        if len(entries) > MOST_NAMES:
            said = (
                f"{self.path.name} holds {len(entries):,} files; a roster has at most 22 and its side files"
            )
            self._faults.add("too_large", said, self.path.name, mend="pack only the roster's files")
            return
        self._take_names([entry for entry in entries if not _junk(entry.filename)])

    def _take_names(self, entries: list[zipfile.ZipInfo]) -> None:
        times = Counter(entry.filename for entry in entries)
        for entry in entries:
            name = entry.filename
            if _unsafe(name):
                said = "the zip holds a name that points out of it"
                self._faults.add(
                    "unsafe_name", said, self.path.name, mend="pack the files anew, by plain names"
                )
            elif times[name] > 1:
                said = f"{name} is in the zip {times[name]} times"
                self._faults.add("duplicate_file", said, name, mend="keep one and pack anew")
            elif entry.flag_bits & 1:
                said = f"{name} is locked with a password"
                self._faults.add("encrypted", said, name, mend="pack the files without a password")
            else:
                self._entries[name] = entry
        self.names = frozenset(self._entries)
        self._say_nested()

    def _say_nested(self) -> None:
        if "manifest.csv" in self.names:
            return
        for name in sorted(self.names):
            if name.endswith("/manifest.csv"):
                folder = name.removesuffix("manifest.csv")
                said = f"the files lie in the folder {folder} of the zip"
                self._faults.add("in_folder", said, name, mend="pack the files themselves, not their folder")


def tables_of(
    path: Path, known: Iterable[str], read: Callable[[Bundle, str], Found], faults: Faults
) -> dict[str, Found]:
    """Read those of some files that a folder or zip has; none where it cannot be opened, which is a fault."""
    with Bundle(path, faults) as bundle:
        if not bundle.readable:
            return {}
        say_strangers(bundle, frozenset(known), faults)
        return {name: read(bundle, name) for name in known if name in bundle.names}


def say_strangers(bundle: Bundle, known: frozenset[str], faults: Faults) -> None:
    """Add advice for each file that is not read, and a fault where a name is nearly right."""
    plain = {name.casefold(): name for name in known}
    for name in sorted(bundle.names - known):
        meant = plain.get(name.casefold())
        if meant:
            faults.add("file_name", f"{name} should be called {meant}", name, mend=f"rename it to {meant}")
        else:
            said = f"{name} is none of the files that belong here and was not read"
            mend = "check its name, or leave it out"
            faults.add("unknown_file", said, name, mend=mend, status=Status.ADVICE)


def _in_folder(path: Path) -> list[str]:
    found: list[str] = []
    with suppress(OSError):
        found += [item.name for item in path.iterdir() if item.is_file() and not _junk(item.name)]
    with suppress(OSError):
        found += [SIDE_FOLDER + item.name for item in (path / SIDE_FOLDER).iterdir() if item.is_file()]
    return found


def _junk(name: str) -> bool:
    return name.startswith(_JUNK[0]) or name.rpartition("/")[2] in _JUNK


def _unsafe(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or "\\" in name or ":" in parts[0] or "\0" in name
