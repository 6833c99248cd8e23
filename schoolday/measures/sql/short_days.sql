-- Of each pupil's days on which a minimum stands: met, short, unverified, absent; and planned too short.
SELECT d.pupil,
    SUM(CASE WHEN d.state <> 3 THEN 1 ELSE 0 END) AS bound,
    SUM(CASE WHEN d.state = 0 THEN 1 ELSE 0 END) AS met,
    SUM(CASE WHEN d.state = 1 THEN 1 ELSE 0 END) AS short,
    SUM(CASE WHEN d.state = 2 THEN 1 ELSE 0 END) AS unverified,
    SUM(CASE WHEN d.state = 4 THEN 1 ELSE 0 END) AS absent,
    SUM(CASE WHEN d.planned_state = 1 THEN 1 ELSE 0 END) AS planned_short
FROM days d
GROUP BY d.pupil
