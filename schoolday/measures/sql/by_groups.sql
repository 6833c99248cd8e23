-- Each rate by each group: pupils behind it, pupils with any of the part, and the sums. Not for publishing:
-- small cells are suppressed afterwards.
SELECT n.rate, g.kind, g.value, COUNT(*) AS pupils, SUM(CASE WHEN n.part > 0 THEN 1 ELSE 0 END) AS affected,
    SUM(n.part) AS part, SUM(n.whole) AS whole, SUM(n.unknown) AS unknown
FROM by_pupil n
JOIN pupil_groups g ON g.pupil = n.pupil
GROUP BY n.rate, g.kind, g.value
