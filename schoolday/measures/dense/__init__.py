"""The measures by dense arrays: a second, independent way to the same figures, for a whole year's audit.

Pupils and school days are numbered without gaps, so that sums need no hash table: they fall into place.
"""

from schoolday.measures.dense.facts import CODES, FIELDS, DayOfFacts
from schoolday.measures.dense.measures import DENSE, Dense
from schoolday.measures.dense.rows import Table

__all__ = ["CODES", "DENSE", "FIELDS", "DayOfFacts", "Dense", "Table"]
