-- The revision of a story when a name was last withheld in it: a text that was begun from an older one may hold the name
-- (desk/working.h).
CREATE TABLE desk_floor (
    story BIGINT NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL
);
