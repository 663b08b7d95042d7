-- The durable queue (jobs/jobs.h).
CREATE TABLE jobs_job (
    id BIGINT PRIMARY KEY,
    lane TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    payload TEXT NOT NULL,
    state BIGINT NOT NULL,
    due BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    fence BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,
    error TEXT NOT NULL,
    created BIGINT NOT NULL
);
-- One waiting job of a kind and key; one that runs does not count.
CREATE UNIQUE INDEX jobs_job_waiting ON jobs_job (kind, key) WHERE state = 0;
CREATE INDEX jobs_job_due ON jobs_job (lane, state, due, id);
CREATE INDEX jobs_job_dead ON jobs_job (id) WHERE state = 2;
