-- One line for each pupil and rate: the part, the whole, and how much of the whole nobody knows.
SELECT s.pupil, 'short_days' AS rate, s.short AS part, s.bound AS whole, s.unverified AS unknown
FROM short_days s WHERE s.bound > 0
UNION ALL
SELECT c.pupil, 'absent_days' AS rate, c.absent AS part, c.days AS whole, c.unknown AS unknown
FROM chronic_absence c
UNION ALL
SELECT c.pupil, 'chronic_absence' AS rate, CASE WHEN c.state = 1 THEN 1 ELSE 0 END AS part, 1 AS whole,
    CASE WHEN c.state = 2 THEN 1 ELSE 0 END AS unknown
FROM chronic_absence c WHERE c.state <> 3
UNION ALL
SELECT w.pupil, 'reengagement_weeks' AS rate, SUM(CASE WHEN w.state = 1 THEN 1 ELSE 0 END) AS part,
    COUNT(*) AS whole, SUM(CASE WHEN w.state = 2 THEN 1 ELSE 0 END) AS unknown
FROM engagement_weeks w WHERE w.state <> 3 GROUP BY w.pupil
UNION ALL
SELECT m.pupil, 'service_minutes_unaccounted' AS rate, SUM(m.unaccounted) AS part, SUM(m.owed) AS whole,
    SUM(CASE WHEN m.untimed > 0 THEN m.unaccounted ELSE 0 END) AS unknown
FROM service_minutes m GROUP BY m.pupil
UNION ALL
SELECT l.pupil, 'live_share' AS rate, l.live AS part, l.given AS whole, 0 AS unknown
FROM live_share l
UNION ALL
SELECT l.pupil, 'planned_live_share' AS rate, l.planned_live AS part, l.planned AS whole, 0 AS unknown
FROM live_share l
UNION ALL
SELECT l.pupil, 'given_of_planned' AS rate, l.given AS part, l.planned AS whole, 0 AS unknown
FROM live_share l
