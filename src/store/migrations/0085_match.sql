-- Which revision of which story a translation was last marked as matching (desk/match.h).
CREATE TABLE desk_match (
    story BIGINT PRIMARY KEY, -- the translation
    original BIGINT NOT NULL,
    revision BIGINT NOT NULL, -- of the original
    moment BIGINT NOT NULL,
    person TEXT NOT NULL
);
