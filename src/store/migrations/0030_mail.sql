-- Newsletters: what readers can subscribe to. `sending` is how an issue leaves: by hand or by itself. `due` is the
-- next moment of its schedule, 0 without one.
CREATE TABLE mail_newsletter (
    id BIGINT PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL UNIQUE,
    language TEXT COLLATE "C" NOT NULL,
    heading TEXT NOT NULL,
    description TEXT NOT NULL,
    schedule TEXT NOT NULL,
    sender TEXT NOT NULL,
    sending TEXT COLLATE "C" NOT NULL,
    due BIGINT NOT NULL
);
CREATE INDEX mail_newsletter_language ON mail_newsletter (language, id);

-- One row an address and newsletter (mail/subscriber.h). `mark` is the keyed hash of the normalised address.
-- States: 1 pending, 2 confirmed, 3 unsubscribed.
CREATE TABLE mail_subscriber (
    id BIGINT PRIMARY KEY,
    newsletter BIGINT NOT NULL REFERENCES mail_newsletter (id),
    mark TEXT COLLATE "C" NOT NULL,
    address TEXT NOT NULL,
    state BIGINT NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    consent TEXT COLLATE "C" NOT NULL,
    policy TEXT COLLATE "C" NOT NULL,
    requests BIGINT NOT NULL,
    requested BIGINT NOT NULL,
    confirmed BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    UNIQUE (newsletter, mark)
);
CREATE INDEX mail_subscriber_mark ON mail_subscriber (mark);
CREATE INDEX mail_subscriber_state ON mail_subscriber (newsletter, state, id);

-- The texts that subscribers agreed to, by their hash.
CREATE TABLE mail_consent (
    hash TEXT COLLATE "C" PRIMARY KEY,
    language TEXT COLLATE "C" NOT NULL,
    wording TEXT NOT NULL,
    first_used BIGINT NOT NULL
);

-- Addresses that get no mail of a newsletter, or of none (newsletter 0); no address, only its mark, so that it
-- outlives erasure. Reasons, the stricter the higher: 1 manual, 2 hard bounce, 3 unsubscribed, 4 complaint.
CREATE TABLE mail_suppression (
    mark TEXT COLLATE "C" NOT NULL,
    newsletter BIGINT NOT NULL,
    reason BIGINT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (mark, newsletter)
);

-- Issues (mail/issue.h). States: 1 draft, 2 frozen, 3 sending, 4 sent. `content` is JSON; `html` and `plain` are the
-- letter as everybody gets it, with `code` in the place of a recipient's token.
CREATE TABLE mail_issue (
    id BIGINT PRIMARY KEY,
    newsletter BIGINT NOT NULL REFERENCES mail_newsletter (id),
    number BIGINT NOT NULL,
    state BIGINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    subject TEXT NOT NULL,
    content TEXT NOT NULL,
    html TEXT NOT NULL,
    plain TEXT NOT NULL,
    covers_from BIGINT NOT NULL,
    covers_until BIGINT NOT NULL,
    created BIGINT NOT NULL,
    frozen BIGINT NOT NULL,
    finished BIGINT NOT NULL,
    cursor_subscriber BIGINT NOT NULL,
    last_subscriber BIGINT NOT NULL,
    UNIQUE (newsletter, number)
);
CREATE INDEX mail_issue_state ON mail_issue (newsletter, state, number);

-- The journal: one row a mail and recipient (mail/delivery.h). `bulk` 1 is a newsletter's, with issue and subscriber;
-- else `content` is the JSON that its template is filled with, emptied when it has left. States: 1 ready,
-- 2 attempting, 3 accepted, 4 rejected, 5 deferred, 6 uncertain, 7 excluded. `due` is NULL unless it waits.
CREATE TABLE mail_delivery (
    id BIGINT PRIMARY KEY,
    message_id TEXT COLLATE "C" NOT NULL UNIQUE,
    kind TEXT COLLATE "C" NOT NULL,
    bulk BIGINT NOT NULL,
    issue BIGINT NOT NULL,
    subscriber BIGINT NOT NULL,
    mark TEXT COLLATE "C" NOT NULL,
    address TEXT NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    content TEXT NOT NULL,
    state BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    due BIGINT,
    created BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    status TEXT NOT NULL
);
CREATE INDEX mail_delivery_due ON mail_delivery (bulk, due, id) WHERE due IS NOT NULL;
CREATE INDEX mail_delivery_attempting ON mail_delivery (id) WHERE state = 2;
CREATE INDEX mail_delivery_issue ON mail_delivery (issue, state, id);
CREATE INDEX mail_delivery_mark ON mail_delivery (mark, kind, created);

-- The one sender (mail/delivery.h).
CREATE TABLE mail_lease (
    id BIGINT PRIMARY KEY,
    fence BIGINT NOT NULL,
    until BIGINT NOT NULL
);
