"""Who is at school on which days: choice of program, cohorts under room capacity, the phased return."""

from schoolday.cohorts.pattern import EVERY_DAY, TWO_AND_TWO, Cohorts, Pattern, everybody

__all__ = ["EVERY_DAY", "TWO_AND_TWO", "Cohorts", "Pattern", "everybody"]
