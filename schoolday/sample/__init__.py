"""Made-up districts from a seed, for the demonstration, the tests and the benchmarks."""

from schoolday.sample.cedar import cedar
from schoolday.sample.facts import SchoolFacts, read_facts, sacramento_facts
from schoolday.sample.maple import maple
from schoolday.sample.sacramento import sacramento
from schoolday.sample.write import SAMPLES, sample, write_sample

__all__ = [
    "SAMPLES",
    "SchoolFacts",
    "cedar",
    "maple",
    "read_facts",
    "sacramento",
    "sacramento_facts",
    "sample",
    "write_sample",
]
