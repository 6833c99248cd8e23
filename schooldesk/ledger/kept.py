# ruff: noqa: D106 - Django's Meta has its own manners
"""Rows that are added and never changed, of whichever room."""

from __future__ import annotations

from typing import Any, NoReturn

from schooldesk.scope import Scoped, ScopedManager, ScopedQuerySet


class KeptRows(ScopedQuerySet):
    """Rows that are added and never changed."""

    def update(self, **_: Any) -> NoReturn:  # noqa: ANN401
        """Refuse: what follows is a row of its own."""
        raise TypeError("this is added to and never changed")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TypeError("this is added to and never removed")


class KeptManager(ScopedManager):
    """The manager of such rows."""

    rows = KeptRows


class KeptRow(Scoped):
    """One such row."""

    class Meta(Scoped.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Add it; what is there already is not changed."""
        if not self._state.adding:
            raise TypeError("this is added to and never changed")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:  # noqa: ANN401
        """Refuse."""
        raise TypeError("this is added to and never removed")
