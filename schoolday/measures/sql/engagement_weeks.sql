-- Each pupil's week: days, took part, certified absent, unknown; and whether absence asks for reaching out:
-- 0 no, 1 yes, 2 it depends on the unknown days, 3 no such rule stands.
SELECT x.pupil, x.week, x.days, x.took_part, x.absent, x.unknown,
    CASE WHEN x.profile_bound IS NULL THEN 3
        WHEN x.absent > x.over_days OR x.absent * 100 >= x.share * x.days THEN 1
        WHEN x.absent + x.unknown > x.over_days OR (x.absent + x.unknown) * 100 >= x.share * x.days THEN 2
        ELSE 0 END AS state
FROM (
    SELECT w.pupil, w.week, w.days, w.took_part, w.absent, w.unknown, l.profile AS profile_bound,
        l.over_days, l.share
    FROM (
        SELECT d.pupil, d.profile, d.week, COUNT(*) AS days,
            SUM(CASE WHEN d.attended = 1 THEN 1 ELSE 0 END) AS took_part,
            SUM(CASE WHEN d.attended = 0 THEN 1 ELSE 0 END) AS absent,
            SUM(CASE WHEN d.attended = 2 THEN 1 ELSE 0 END) AS unknown
        FROM days d
        GROUP BY d.pupil, d.profile, d.week
    ) w
    LEFT JOIN week_limits l ON l.profile = w.profile AND l.week = w.week
) x
