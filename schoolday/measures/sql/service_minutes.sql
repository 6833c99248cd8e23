-- Each promise of a service: minutes owed by plan, provided, explained; unaccounted is owed less both, never
-- under 0. State: 0 accounted, 1 not, 2 not known since a delivery is untimed, 3 no limit stands.
SELECT x.promise, x.pupil, x.owed, x.provided, x.explained, x.untimed, x.unaccounted,
    CASE WHEN l.amount IS NULL THEN 3 WHEN x.unaccounted <= l.amount THEN 0 WHEN x.untimed > 0 THEN 2
        ELSE 1 END AS state
FROM (
    SELECT s.promise, s.pupil, s.owed, s.provided, s.explained, s.untimed,
        CASE WHEN s.owed > s.provided + s.explained THEN s.owed - s.provided - s.explained ELSE 0 END
            AS unaccounted
    FROM (
        SELECT p.promise, p.pupil,
            SUM(CASE WHEN r.origin = 'plan' THEN COALESCE(r.minutes, 0) ELSE 0 END) AS owed,
            SUM(CASE WHEN r.origin = 'service' AND r.participated = 1 THEN COALESCE(r.minutes, 0) ELSE 0 END)
                AS provided,
            SUM(CASE WHEN r.origin = 'service' AND r.participated = 0 THEN COALESCE(r.minutes, 0) ELSE 0 END)
                AS explained,
            SUM(CASE WHEN r.origin = 'service' AND (r.participated IS NULL
                OR (r.participated = 1 AND r.minutes IS NULL)) THEN 1 ELSE 0 END) AS untimed
        FROM promises p
        LEFT JOIN pack_rows r ON r.pupil = p.pupil AND r.activity = p.activity
        GROUP BY p.promise, p.pupil
    ) s
) x
LEFT JOIN limits l ON l.name = 'service_minutes_unaccounted'
