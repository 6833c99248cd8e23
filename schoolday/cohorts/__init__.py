"""Who is at school on which days: choice of program, cohorts under room capacity, the phased return."""

from schoolday.cohorts.pattern import TWO_AND_TWO, Cohorts, Pattern

__all__ = ["TWO_AND_TWO", "Cohorts", "Pattern"]
