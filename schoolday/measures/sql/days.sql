-- Every school day on which a pupil was enrolled, with what is known of it. Attended: 1 by evidence or by a
-- certifier's word, 0 only where a certifier said absent and nothing shows otherwise, 2 unknown.
-- Who is certified absent missed the day's live times. State of the minutes: 0 met, 1 short, 2 unverified, 3 no minimum stands, 4 absent.
SELECT x.pupil, x.profile, x.number, x.week, x.month, x.ordinal, x.minimum,
    x.planned_live, x.planned_independent, x.planned_in_person, x.planned_rows, x.live_due,
    x.live, x.independent, x.in_person, x.untimed, x.live_met,
    CASE WHEN x.attended = 0 AND x.live_due - x.live_met > x.live_missed THEN x.live_due - x.live_met
        ELSE x.live_missed END AS live_missed,
    x.attended, x.contrary,
    CASE WHEN x.minimum IS NULL THEN 3
        WHEN x.live + x.independent + x.in_person >= x.minimum THEN 0
        WHEN x.attended = 0 THEN 4
        WHEN x.untimed > 0 OR x.recorded = 0 OR x.recorded < x.planned_rows THEN 2
        ELSE 1 END AS state,
    CASE WHEN x.minimum IS NULL THEN 3
        WHEN x.planned_live + x.planned_independent + x.planned_in_person >= x.minimum THEN 0
        WHEN x.planned_rows = 0 THEN 2
        ELSE 1 END AS planned_state
FROM (
    SELECT p.pupil, p.profile, c.number, c.week, c.month, c.ordinal, m.minimum,
        COALESCE(f.planned_live, 0) AS planned_live, COALESCE(f.planned_independent, 0) AS planned_independent,
        COALESCE(f.planned_in_person, 0) AS planned_in_person, COALESCE(f.planned_rows, 0) AS planned_rows,
        COALESCE(f.live_due, 0) AS live_due, COALESCE(f.live, 0) AS live,
        COALESCE(f.independent, 0) AS independent, COALESCE(f.in_person, 0) AS in_person,
        COALESCE(f.recorded, 0) AS recorded, COALESCE(f.untimed, 0) AS untimed,
        COALESCE(f.live_met, 0) AS live_met, COALESCE(f.live_missed, 0) AS live_missed,
        CASE WHEN f.evidence > 0 OR f.said_present > 0 THEN 1 WHEN f.said_absent > 0 THEN 0 ELSE 2 END AS attended,
        CASE WHEN f.said_absent > 0 AND (f.evidence > 0 OR f.said_present > 0) THEN 1 ELSE 0 END AS contrary
    FROM pupils p
    JOIN enrolled e ON e.pupil = p.pupil
    JOIN calendar c ON c.district = e.district AND c.number BETWEEN e.first_number AND e.last_number
    LEFT JOIN facts f ON f.pupil = p.pupil AND f.day = c.day
    LEFT JOIN minima m ON m.profile = p.profile AND m.number = c.number
) x
