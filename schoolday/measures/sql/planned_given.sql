-- Each pupil's week, planned beside given: the same minutes by kind from the rows of the plan and of the record.
SELECT d.pupil, d.week, SUM(d.planned_live) AS planned_live, SUM(d.live) AS live,
    SUM(d.planned_independent) AS planned_independent, SUM(d.independent) AS independent,
    SUM(d.planned_in_person) AS planned_in_person, SUM(d.in_person) AS in_person,
    SUM(d.untimed) AS untimed
FROM days d
GROUP BY d.pupil, d.week
