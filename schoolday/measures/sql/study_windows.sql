-- Independent study, every four weeks in a row by their first school day: the required minutes, those of days
-- without credit, those of days that are unverified; more than so many percent without credit asks for
-- reaching out (1), may ask for it (2), does not (0).
SELECT x.pupil, x.iso, x.required, x.uncredited, x.unknown,
    CASE WHEN x.uncredited * 100 > x.share * x.required THEN 1
        WHEN (x.uncredited + x.unknown) * 100 > x.share * x.required THEN 2
        ELSE 0 END AS state
FROM (
    SELECT s.pupil, c.iso, l.share, s.required, s.uncredited, s.unknown
    FROM (
        SELECT d.pupil, d.profile, d.number,
            SUM(COALESCE(d.minimum, 0)) OVER (PARTITION BY d.pupil ORDER BY d.ordinal
                RANGE BETWEEN CURRENT ROW AND 27 FOLLOWING) AS required,
            SUM(CASE WHEN d.state IN (1, 4) THEN d.minimum ELSE 0 END) OVER (PARTITION BY d.pupil
                ORDER BY d.ordinal RANGE BETWEEN CURRENT ROW AND 27 FOLLOWING) AS uncredited,
            SUM(CASE WHEN d.state = 2 THEN d.minimum ELSE 0 END) OVER (PARTITION BY d.pupil
                ORDER BY d.ordinal RANGE BETWEEN CURRENT ROW AND 27 FOLLOWING) AS unknown
        FROM days d
        WHERE d.profile IN (SELECT w.profile FROM window_limits w)
    ) s
    JOIN window_limits l ON l.profile = s.profile AND l.number = s.number
    JOIN calendar c ON c.number = s.number
) x
