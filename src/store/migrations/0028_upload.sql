-- Pictures that the office has been given and the worker has not looked into yet (desk/incoming.h).

CREATE TABLE desk_upload (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL, -- of the file, as the sender had it: for people
    person BIGINT NOT NULL, -- staff_person
    created BIGINT NOT NULL,
    target BIGINT NOT NULL, -- the picture whose place it takes, 0: a new one
    words BIGINT NOT NULL, -- 1: take over what the file says of itself
    file TEXT COLLATE "C" NOT NULL, -- its name below media/incoming
    state TEXT COLLATE "C" NOT NULL, -- waiting, done, refused
    media BIGINT NOT NULL, -- the picture it became, 0: none yet
    ended BIGINT NOT NULL, -- when, 0: not yet
    reason TEXT NOT NULL
);
CREATE INDEX desk_upload_waiting ON desk_upload (created) WHERE state = 'waiting';
CREATE INDEX desk_upload_ended ON desk_upload (ended) WHERE ended > 0;
