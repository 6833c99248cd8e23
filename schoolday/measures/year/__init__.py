"""Hold a whole year against every rule, by columns: the same answers as one case at a time, for all of them.

`bounds`, `deadlines` and `triggers` in schoolday.measures judge one case in plain Python: the reference. Here
bounds and triggers are worked out for many rows at once, and deadlines for each different pair of dates once.
Property tests hold the two together, and `explain` tells any one case by the reference.
"""

from schoolday.measures.year.audit import Audited, audit
from schoolday.measures.year.columns import Columns, Episodes, ends, packed
from schoolday.measures.year.explain import explain
from schoolday.measures.year.tally import Case

__all__ = ["Audited", "Case", "Columns", "Episodes", "audit", "ends", "explain", "packed"]
