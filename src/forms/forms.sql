-- What the newsroom's database knows of forms: drain.h.

-- run applied_put(ticket bytes, applied bigint)
INSERT INTO forms_applied (ticket, applied) VALUES ($1, $2) ON CONFLICT (ticket) DO NOTHING;

-- query applied(ticket bytes)
SELECT answer FROM forms_applied WHERE ticket = $1;

-- run applied_answer(ticket bytes, answer bytes)
UPDATE forms_applied SET answer = $2 WHERE ticket = $1;

-- run applied_tidy(before bigint)
DELETE FROM forms_applied WHERE ticket IN (SELECT ticket FROM forms_applied WHERE applied < $1 ORDER BY applied
    LIMIT 500);
