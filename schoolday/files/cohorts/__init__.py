"""The files of cohorts: what families chose, the seats of classes and the phases in; who is where out."""

from schoolday.files.cohorts.read import Asked, AskedReading, Terms, read_asked, read_cohorts
from schoolday.files.cohorts.write import write_asked, write_assigned

__all__ = ["Asked", "AskedReading", "Terms", "read_asked", "read_cohorts", "write_asked", "write_assigned"]
