-- Independent study, each school month: scheduled live times, those met, missed, and not known; more than so
-- many percent missed asks for reaching out (1), may ask for it (2), does not (0).
SELECT x.pupil, x.month, x.due, x.met, x.missed, x.due - x.met - x.missed AS unknown,
    CASE WHEN x.missed * 100 > x.share * x.due THEN 1
        WHEN (x.due - x.met) * 100 > x.share * x.due THEN 2
        ELSE 0 END AS state
FROM (
    SELECT s.pupil, s.month, l.share, s.met, s.missed,
        CASE WHEN s.due > s.met + s.missed THEN s.due ELSE s.met + s.missed END AS due
    FROM (
        SELECT d.pupil, d.profile, d.month, SUM(d.live_due) AS due, SUM(d.live_met) AS met,
            SUM(d.live_missed) AS missed
        FROM days d
        GROUP BY d.pupil, d.profile, d.month
    ) s
    JOIN month_limits l ON l.profile = s.profile AND l.month = s.month
) x
