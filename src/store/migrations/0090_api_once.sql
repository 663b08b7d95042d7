-- What the API must remember so that nothing is done twice and nothing is overwritten unseen (desk/story_once.h).

-- An Idempotency-Key (its SHA-256) of a token: what was sent with it (SHA-256), and which story it made.
CREATE TABLE desk_api_key (
    token BIGINT NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    story BIGINT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (token, key)
);
CREATE INDEX desk_api_key_created ON desk_api_key (created);

-- The version that a story had when the API last put it: while it has that one, nobody else has changed it.
CREATE TABLE desk_api_put (
    story BIGINT PRIMARY KEY,
    version BIGINT NOT NULL
);
