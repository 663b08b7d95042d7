-- The intake's own database: intake.h, migrations/.

-- query waiting()
SELECT COUNT(*) FROM intake_form;

-- run put(ticket bytes, sealed bytes, received bigint)
INSERT INTO intake_form (ticket, sealed, received, due, attempts, reason) VALUES ($1, $2, $3, $3, 0, '')
ON CONFLICT (ticket) DO NOTHING;

-- query answer(ticket bytes)
SELECT sealed FROM intake_answer WHERE ticket = $1;

-- query known(ticket bytes)
SELECT 1 FROM intake_form WHERE ticket = $1;

-- query lease(now bigint, until bigint) [sqlite]
UPDATE intake_form SET attempts = attempts + 1, due = $2
WHERE ticket = (SELECT ticket FROM intake_form WHERE due <= $1 ORDER BY due LIMIT 1)
RETURNING ticket, sealed, received, attempts;
-- query lease(now bigint, until bigint) [postgres]
UPDATE intake_form SET attempts = attempts + 1, due = $2
WHERE ticket = (SELECT ticket FROM intake_form WHERE due <= $1 ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING ticket, sealed, received, attempts;

-- run answer_put(ticket bytes, sealed bytes, answered bigint)
INSERT INTO intake_answer (ticket, sealed, answered) VALUES ($1, $2, $3) ON CONFLICT (ticket) DO NOTHING;

-- run form_delete(ticket bytes)
DELETE FROM intake_form WHERE ticket = $1;

-- run postpone(ticket bytes, due bigint, reason text)
UPDATE intake_form SET due = $2, reason = $3 WHERE ticket = $1;

-- Those that nobody tries any more: their `due` is `never`, the largest number.
-- query set_aside(never bigint, most bigint)
SELECT ticket, received, attempts, reason FROM intake_form WHERE due = $1 ORDER BY received, ticket LIMIT $2;

-- run set_aside_retry(ticket bytes, never bigint, now bigint)
UPDATE intake_form SET due = $3, attempts = 0 WHERE ticket = $1 AND due = $2;

-- run set_aside_forget(ticket bytes, never bigint)
DELETE FROM intake_form WHERE ticket = $1 AND due = $2;

-- run tidy(before bigint)
DELETE FROM intake_answer WHERE ticket IN (SELECT ticket FROM intake_answer WHERE answered < $1 ORDER BY answered
    LIMIT 500);

-- query note(name text)
SELECT text FROM intake_note WHERE name = $1;

-- run note_set(name text, text text)
INSERT INTO intake_note (name, text) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET text = $2;
