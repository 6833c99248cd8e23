-- Whether each pupil took part on each day: 1 yes, 0 certified absent, 2 unknown; contrary: somebody said
-- absent, and something shows that the pupil took part.
SELECT d.pupil, c.iso, d.attended, d.contrary
FROM days d
JOIN calendar c ON c.number = d.number
