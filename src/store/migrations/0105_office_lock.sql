-- When the office was locked (staff/session.h): what was known of browsers before is known no longer.
CREATE TABLE staff_lock (
    id BIGINT PRIMARY KEY,
    moment BIGINT NOT NULL
);
