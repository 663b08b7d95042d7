-- The intake's own set: forms/intake.h.
CREATE TABLE intake_form (
    ticket BYTEA PRIMARY KEY, -- SHA-256 of the ticket
    sealed BYTEA NOT NULL,
    received BIGINT NOT NULL,
    due BIGINT NOT NULL, -- when a worker may take it; the largest number: a person must look
    attempts BIGINT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX intake_form_due ON intake_form (due);

CREATE TABLE intake_answer (
    ticket BYTEA PRIMARY KEY,
    sealed BYTEA NOT NULL, -- closed with a key from the ticket
    answered BIGINT NOT NULL
);
CREATE INDEX intake_answer_answered ON intake_answer (answered);

CREATE TABLE intake_note (
    name TEXT COLLATE "C" PRIMARY KEY,
    text TEXT NOT NULL
);
