-- Each pupil's live minutes and all minutes, given and planned; the share is one by the other.
SELECT d.pupil, SUM(d.live) AS live, SUM(d.live + d.independent + d.in_person) AS given,
    SUM(d.planned_live) AS planned_live,
    SUM(d.planned_live + d.planned_independent + d.planned_in_person) AS planned
FROM days d
GROUP BY d.pupil
