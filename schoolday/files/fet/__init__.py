"""Write a problem as a data file of FET, a free timetabling program, and read its timetable back.

What is written, and how (each as a hard constraint, weight 100 %):

=============================  =====================================================================
ours                           theirs
=============================  =====================================================================
grid                           days and hours, an hour for each slot
teacher                        teacher
pupils of one set of limits    a year; each activity's pupils are a group in it; pupils who share all
                               their activities and limits are one subgroup (so clashes are the same)
activity, `times` a week       a split activity of `times` parts of `length` hours, at least one day
                               between the starts of any two parts (never two on a day)
`days`, `starts`               preferred starting times of each part
window, day not worked         not-available times of the teacher, or of the year
`most_live`                    most hours daily, where every meeting fills its slots alike
`longest_live`                 most hours continuously, on the same condition
rooms of a kind                so many rooms, and preferred rooms of each part
=============================  =====================================================================

FET has no objective, so siblings, gaps and equal starts are not written. Lunch and preparation have no
exact counterpart for every person, and meetings that fill their slots unevenly no hours that mean
minutes: what is left out for such reasons is returned in words, so that nobody takes the two questions
for the same when they are not.
"""

from schoolday.files.fet.read import FetRefused, read_fet
from schoolday.files.fet.write import write_fet

__all__ = ["FetRefused", "read_fet", "write_fet"]
