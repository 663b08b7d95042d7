-- The durable queue (jobs.h). States: 0 waiting, 1 leased, 2 dead.

-- run insert(id bigint, lane text, kind text, key text, payload text, due bigint, created bigint)
INSERT INTO jobs_job (id, lane, kind, key, payload, state, due, attempts, fence, leased_until, error, created)
VALUES ($1, $2, $3, $4, $5, 0, $6, 0, 0, 0, '', $7) ON CONFLICT (kind, key) WHERE state = 0 DO NOTHING;

-- A job that waits comes earlier if it is asked for earlier.
-- run hasten(kind text, key text, due bigint)
UPDATE jobs_job SET due = $3 WHERE kind = $1 AND key = $2 AND state = 0 AND due > $3;

-- query next_waiting(lane text, now bigint)
SELECT id, kind, key, payload, attempts, fence, created FROM jobs_job WHERE lane = $1 AND state = 0 AND due <= $2
ORDER BY due, id LIMIT 1;

-- The same of those whose worker has not come back in time; only a few are leased at once.
-- query next_expired(lane text, now bigint)
SELECT id, kind, key, payload, attempts, fence, created FROM jobs_job WHERE lane = $1 AND state = 1 AND leased_until <= $2
ORDER BY due, id LIMIT 1;

-- run lease(id bigint, fence bigint, until bigint)
UPDATE jobs_job SET state = 1, attempts = attempts + 1, fence = $2 + 1, leased_until = $3 WHERE id = $1 AND fence = $2;

-- run done(id bigint, fence bigint)
DELETE FROM jobs_job WHERE id = $1 AND fence = $2 AND state = 1;

-- run extend(id bigint, fence bigint, until bigint)
UPDATE jobs_job SET leased_until = $3 WHERE id = $1 AND fence = $2 AND state = 1;

-- Does another job of the same kind and key wait already?
-- query waiting(kind text, key text)
SELECT id FROM jobs_job WHERE kind = $1 AND key = $2 AND state = 0;

-- run again(id bigint, fence bigint, due bigint, reason text)
UPDATE jobs_job SET state = 0, due = $3, error = $4 WHERE id = $1 AND fence = $2 AND state = 1;

-- run bury(id bigint, fence bigint, reason text)
UPDATE jobs_job SET state = 2, error = $3 WHERE id = $1 AND fence = $2 AND state = 1;

-- query due_waiting(lane text)
SELECT due FROM jobs_job WHERE lane = $1 AND state = 0 ORDER BY due LIMIT 1;

-- query due_leased(lane text)
SELECT leased_until FROM jobs_job WHERE lane = $1 AND state = 1 ORDER BY leased_until LIMIT 1;

-- query dead_after(after bigint, most bigint)
SELECT id, lane, kind, key, payload, attempts, error, created FROM jobs_job WHERE state = 2 AND id > $1
ORDER BY id LIMIT $2;

-- query dead_lane(id bigint)
SELECT lane FROM jobs_job WHERE id = $1 AND state = 2;

-- run revive_row(id bigint, now bigint)
UPDATE jobs_job SET state = 0, attempts = 0, due = $2 WHERE id = $1 AND state = 2
    AND NOT EXISTS (SELECT 1 FROM jobs_job w WHERE w.kind = jobs_job.kind AND w.key = jobs_job.key AND w.state = 0);

-- run forget_row(id bigint)
DELETE FROM jobs_job WHERE id = $1 AND state = 2;

-- Wakes the workers on other machines; only PostgreSQL has any.
-- query notify(lane text) [sqlite]
SELECT $1;
-- query notify(lane text) [postgres]
SELECT pg_notify('kolokol_jobs', $1);

-- ---- As a person sees it (look.h). Late: due before `late`, or its lease is over.

-- query look_lanes(late bigint, now bigint)
SELECT lane, CAST(SUM(CASE WHEN state = 0 THEN 1 ELSE 0 END) AS BIGINT),
    CAST(SUM(CASE WHEN (state = 0 AND due <= $1) OR (state = 1 AND leased_until <= $2) THEN 1 ELSE 0 END) AS BIGINT),
    CAST(SUM(CASE WHEN state = 1 AND leased_until > $2 THEN 1 ELSE 0 END) AS BIGINT),
    CAST(SUM(CASE WHEN state = 2 THEN 1 ELSE 0 END) AS BIGINT)
FROM jobs_job GROUP BY lane ORDER BY lane;

-- query look_late(late bigint, now bigint, most bigint)
SELECT id, lane, kind, key, attempts, created, CASE WHEN state = 0 THEN due ELSE leased_until END, error FROM jobs_job
WHERE (state = 0 AND due <= $1) OR (state = 1 AND leased_until <= $2) ORDER BY due, id LIMIT $3;

-- query look_running(now bigint, most bigint)
SELECT id, lane, kind, key, attempts, created, leased_until, error FROM jobs_job
WHERE state = 1 AND leased_until > $1 ORDER BY leased_until, id LIMIT $2;

-- query dead_count_rows()
SELECT COUNT(*) FROM jobs_job WHERE state = 2;
