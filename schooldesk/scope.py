"""One district at a time: queries without a scope are refused, and so are writes across it.

Every table that belongs to a district uses `Scoped.objects`. Outside `with district("maple")` any query
on it raises `NoScope`; inside, it sees that district only. The refusal sits where every query must pass,
at the compiler, and not in a list of methods. Raw SQL is not covered: `reads` and `writes` of the rooms
are the only places that use it, and each names its district or a key that belongs to one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.db.models.sql import Query

_district: ContextVar[str | None] = ContextVar("schooldesk_district", default=None)
EVERY = "*"
"""The scope of commands that must see all districts; never set by a request."""


class NoScope(RuntimeError):
    """A district's table was asked without saying which district."""


class WrongDistrict(RuntimeError):
    """A row of one district was about to be written while working for another."""


@contextmanager
def district(name: str) -> Iterator[None]:
    """Work for one district until the block ends."""
    token = _district.set(name)
    try:
        yield
    finally:
        _district.reset(token)


def current() -> str | None:
    """Return the district of this scope, or None."""
    return _district.get()


class ClosedQuery(Query):
    """A query that refuses to be compiled while no district is in scope."""

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - Django's own signature
        """Refuse where nobody has said which district is meant."""
        if _district.get() is None:
            raise NoScope(
                f"{self.model.__name__} was asked for outside a district; "
                "use `with scope.district(...)` or an access decorator that sets it"
            )
        return super().get_compiler(*args, **kwargs)


def opened() -> None:
    """Refuse to go on where nobody has said which district is meant."""
    if _district.get() is None:
        raise NoScope("rows were about to be changed outside a district")


class ScopedQuerySet(models.QuerySet[Any]):
    """A queryset that guards bulk writes, which never pass through `save`."""

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Refuse rows of another district."""
        rows = list(objs)
        for row in rows:
            guard(row)
        return super().bulk_create(rows, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:  # noqa: ANN401
        """Refuse an update without a scope, or one that would hand rows to another district."""
        opened()
        for key in ("district", "district_id"):
            if key in kwargs and getattr(kwargs[key], "pk", kwargs[key]) != _district.get() != EVERY:
                raise WrongDistrict(f"{self.model.__name__} would be handed to {kwargs[key]!r}")
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse to delete without a scope."""
        opened()
        return super().delete()

    def _update(self, values: Any) -> Any:  # noqa: ANN401
        opened()
        return super()._update(values)  # type: ignore[misc]

    def _raw_delete(self, using: Any) -> Any:  # noqa: ANN401
        opened()
        return super()._raw_delete(using)  # type: ignore[misc]

    def raw(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Raw queries would pass the scope by."""
        raise NoScope("raw() passes the scope by; write it in reads.py with its district named")


class ScopedManager(models.Manager[Any]):
    """The manager of tables that belong to a district; `path` leads to the district's key."""

    rows = ScopedQuerySet

    def __init__(self, path: str = "district") -> None:
        super().__init__()
        self.path = path

    def get_queryset(self) -> ScopedQuerySet:
        """Return the rows of the district in scope, or a query that will refuse to run."""
        name = _district.get()
        queryset = self.rows(self.model, query=ClosedQuery(self.model), using=self._db)
        return queryset if name in (None, EVERY) else queryset.filter(**{f"{self.path}_id": name})


class Scoped(models.Model):
    """A row that belongs to a district: guarded when written."""

    class Meta:  # noqa: D106
        abstract = True
        # Related rows and refreshes pass through the base manager, so it must be the closed one too.
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Save it if it belongs to the district in scope."""
        guard(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Delete it if it belongs to the district in scope."""
        guard(self)
        return super().delete(*args, **kwargs)


def guard(row: models.Model) -> None:
    """Refuse a write outside a scope or into another district."""
    name = _district.get()
    if name is None:
        raise NoScope(f"{type(row).__name__} was about to be written outside a district")
    if name != EVERY and (owner := getattr(row, "district_id", name)) != name:
        raise WrongDistrict(f"{type(row).__name__} belongs to {owner!r} and the work is for {name!r}")
