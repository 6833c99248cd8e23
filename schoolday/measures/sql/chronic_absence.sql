-- Each pupil's year: days enrolled, certified absent, unknown, contrary; absent on a tenth: 0 no, 1 yes,
-- 2 it depends on the unknown days, 3 no such rule stands.
SELECT x.pupil, x.days, x.absent, x.unknown, x.contrary,
    CASE WHEN l.share IS NULL THEN 3
        WHEN x.absent * 100 >= l.share * x.days THEN 1
        WHEN (x.absent + x.unknown) * 100 >= l.share * x.days THEN 2
        ELSE 0 END AS state
FROM (
    SELECT d.pupil, d.profile, COUNT(*) AS days,
        SUM(CASE WHEN d.attended = 0 THEN 1 ELSE 0 END) AS absent,
        SUM(CASE WHEN d.attended = 2 THEN 1 ELSE 0 END) AS unknown,
        SUM(d.contrary) AS contrary
    FROM days d
    GROUP BY d.pupil, d.profile
) x
LEFT JOIN chronic_limits l ON l.profile = x.profile
