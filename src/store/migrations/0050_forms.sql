-- Forms of the public that have had their effect (forms/drain.h): written in the same transaction as the effect.
CREATE TABLE forms_applied (
    ticket BYTEA PRIMARY KEY, -- SHA-256 of the ticket
    applied BIGINT NOT NULL,
    answer BYTEA -- closed with a key from the ticket
);
CREATE INDEX forms_applied_applied ON forms_applied (applied);
