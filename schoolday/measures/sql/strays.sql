-- Days that have rows of a pupil who was not enrolled then, or on which there was no school.
SELECT f.pupil, COUNT(*) AS days
FROM facts f
WHERE NOT EXISTS (
    SELECT 1 FROM calendar c
    JOIN enrolled e ON e.district = c.district AND c.number BETWEEN e.first_number AND e.last_number
    WHERE c.day = f.day AND e.pupil = f.pupil)
GROUP BY f.pupil
