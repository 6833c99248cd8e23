"""The files of learning: exams and scores from OneRoster, and small files of one's own beside them."""

from schoolday.files.learning.read import Learned, LearnedReading, read_groups, read_learning
from schoolday.files.learning.write import write_groups, write_learning

__all__ = ["Learned", "LearnedReading", "read_groups", "read_learning", "write_groups", "write_learning"]
