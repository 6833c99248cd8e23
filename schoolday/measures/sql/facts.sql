-- What the rows say of one pupil on one day: planned and given minutes by kind, evidence, attendance.
-- Given are minutes of rows in which the pupil took part; a row whose minutes or part nobody knows is untimed.
SELECT r.pupil, r.day,
    CAST(SUM(CASE WHEN r.origin = 'plan' AND r.kind = 'live' THEN COALESCE(r.minutes, 0) ELSE 0 END) AS INTEGER) AS planned_live,
    CAST(SUM(CASE WHEN r.origin = 'plan' AND r.kind = 'independent' THEN COALESCE(r.minutes, 0) ELSE 0 END) AS INTEGER)
        AS planned_independent,
    CAST(SUM(CASE WHEN r.origin = 'plan' AND r.kind = 'in_person' THEN COALESCE(r.minutes, 0) ELSE 0 END) AS INTEGER)
        AS planned_in_person,
    CAST(SUM(CASE WHEN r.origin = 'plan' THEN 1 ELSE 0 END) AS INTEGER) AS planned_rows,
    CAST(SUM(CASE WHEN r.origin = 'plan' AND r.kind = 'live' THEN 1 ELSE 0 END) AS INTEGER) AS live_due,
    CAST(SUM(CASE WHEN r.participated = 1 AND r.kind = 'live' AND r.origin NOT IN ('plan', 'attendance')
        THEN COALESCE(r.minutes, 0) ELSE 0 END) AS INTEGER) AS live,
    CAST(SUM(CASE WHEN r.participated = 1 AND r.kind = 'independent' AND r.origin NOT IN ('plan', 'attendance')
        THEN COALESCE(r.minutes, 0) ELSE 0 END) AS INTEGER) AS independent,
    CAST(SUM(CASE WHEN r.participated = 1 AND r.kind = 'in_person' AND r.origin NOT IN ('plan', 'attendance')
        THEN COALESCE(r.minutes, 0) ELSE 0 END) AS INTEGER) AS in_person,
    CAST(SUM(CASE WHEN r.origin IN ('joined', 'work', 'in_person', 'service') THEN 1 ELSE 0 END) AS INTEGER) AS recorded,
    CAST(SUM(CASE WHEN r.origin IN ('joined', 'work', 'in_person', 'service')
        AND (r.participated IS NULL OR (r.participated = 1 AND r.minutes IS NULL)) THEN 1 ELSE 0 END) AS INTEGER) AS untimed,
    CAST(SUM(CASE WHEN r.participated = 1 AND r.origin NOT IN ('plan', 'attendance') THEN 1 ELSE 0 END) AS INTEGER) AS evidence,
    CAST(SUM(CASE WHEN r.participated = 0 AND r.origin = 'attendance' THEN 1 ELSE 0 END) AS INTEGER) AS said_absent,
    CAST(SUM(CASE WHEN r.participated = 1 AND r.origin = 'attendance' THEN 1 ELSE 0 END) AS INTEGER) AS said_present,
    CAST(SUM(CASE WHEN r.participated = 1 AND r.kind = 'live' AND r.origin IN ('joined', 'service') THEN 1 ELSE 0 END) AS INTEGER)
        AS live_met,
    CAST(SUM(CASE WHEN r.participated = 0 AND r.kind = 'live' AND r.origin IN ('joined', 'service') THEN 1 ELSE 0 END) AS INTEGER)
        AS live_missed
FROM pack_rows r
GROUP BY r.pupil, r.day
