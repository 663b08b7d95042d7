-- What the staff has typed and not saved (desk/working.h), and who has a story open (desk/presence.h).

CREATE TABLE desk_working (
    story BIGINT NOT NULL,
    person BIGINT NOT NULL, -- staff_person
    base BIGINT NOT NULL, -- number of the revision they began with
    serial BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    lead TEXT NOT NULL,
    body TEXT NOT NULL,
    rest TEXT NOT NULL,
    PRIMARY KEY (story, person)
);
CREATE INDEX desk_working_person ON desk_working (person, changed DESC, story);

CREATE TABLE desk_presence (
    story BIGINT NOT NULL,
    person BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    seen BIGINT NOT NULL,
    PRIMARY KEY (story, person)
);
CREATE INDEX desk_presence_seen ON desk_presence (seen);
