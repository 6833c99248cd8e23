-- One school day of all current seals as rows of numbers: the plan, and what stands of the record.
-- `sealed` holds the day's rows of the seals; `pupils` and `activities` give each id its number; `explained`
-- the minutes that the reason of each service not given explains. DuckDB, SQLite and PostgreSQL say it alike.
WITH standing AS (
  SELECT e.* FROM sealed e
  WHERE e.kind <> 'plan' AND e.code <> 'withdrawn'
    AND NOT EXISTS (SELECT 1 FROM corrected c WHERE c.corrects = e.entry)
),
covered AS (
  SELECT entry, "first", "last",
    MAX("last") OVER (
      PARTITION BY pupil, day ORDER BY "first", "last", entry ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS before
  FROM standing
  WHERE "first" IS NOT NULL AND "last" IS NOT NULL
    AND (kind IN ('joined', 'in_person') OR (kind = 'service' AND code IN ('delivered', 'make_up')))
),
spans AS (  -- A minute of a pupil's day counts once, for the entry that begins first.
  SELECT entry,
    CASE WHEN before IS NULL OR before <= "first" THEN "last" - "first"
         WHEN before < "last" THEN "last" - before ELSE 0 END AS minutes
  FROM covered
),
planned AS (  -- A class that changed its teacher within the week is planned by both.
  SELECT pupil, day, activity, code AS kind, MAX(minutes) AS minutes
  FROM sealed WHERE kind = 'plan' GROUP BY pupil, day, activity, code
),
everything AS (
  SELECT pupil, day, activity, kind, minutes, CAST(NULL AS INTEGER) AS participated, 'plan' AS origin
  FROM planned
  UNION ALL
  SELECT s.pupil, s.day, s.activity,
    -- A service not given has no kind: that a provider was away is no live time that the pupil missed.
    CASE WHEN s.kind = 'joined' OR (s.kind = 'service' AND s.code IN ('delivered', 'make_up')) THEN 'live'
         WHEN s.kind = 'work' AND s.code <> 'missing' THEN 'independent'
         WHEN s.kind = 'in_person' THEN 'in_person' END,
    CASE WHEN spans.entry IS NOT NULL THEN spans.minutes
         WHEN s.kind IN ('joined', 'in_person') OR (s.kind = 'work' AND s.code <> 'missing')
           OR (s.kind = 'service' AND s.code IN ('delivered', 'make_up')) THEN s.minutes
         WHEN s.kind = 'service' THEN COALESCE(x.minutes, 0) END,
    CASE WHEN s.kind IN ('joined', 'in_person', 'assessed') OR (s.kind = 'work' AND s.code <> 'missing')
           OR (s.kind = 'service' AND s.code IN ('delivered', 'make_up'))
           OR (s.kind = 'contact' AND s.code IN ('reached_pupil', 'reached_parent'))
           OR (s.kind = 'attendance' AND s.code IN ('present', 'late_30')) THEN 1
         WHEN s.kind IN ('attendance', 'service') THEN 0 END,
    s.kind
  FROM standing s LEFT JOIN spans ON spans.entry = s.entry LEFT JOIN explained x ON x.entry = s.entry
)
SELECT p.number AS pupil, e.day, a.number AS activity, e.kind, e.minutes, e.participated, e.origin
FROM everything e
JOIN pupils p ON p.id = e.pupil
JOIN activities a ON a.id = e.activity
-- As PACK_ORDER says: rows of one meaning lie together.
ORDER BY e.origin, e.kind, e.participated, e.minutes IS NULL, p.number, a.number, e.minutes
