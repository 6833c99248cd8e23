-- Minutes by kind and in all of each pupil on each day, planned and given, against the standing minimum.
SELECT d.pupil, c.iso, d.live, d.independent, d.in_person, d.live + d.independent + d.in_person AS given,
    d.planned_live + d.planned_independent + d.planned_in_person AS planned,
    d.untimed, d.minimum, d.state, d.planned_state
FROM days d
JOIN calendar c ON c.number = d.number
