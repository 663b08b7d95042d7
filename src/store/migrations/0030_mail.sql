-- Newsletters: what readers can subscribe to.
CREATE TABLE mail_newsletter (
    id BIGINT PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL UNIQUE,
    language TEXT COLLATE "C" NOT NULL,
    heading TEXT NOT NULL,
    description TEXT NOT NULL,
    schedule TEXT NOT NULL,
    sender TEXT NOT NULL
);
CREATE INDEX mail_newsletter_language ON mail_newsletter (language, id);
