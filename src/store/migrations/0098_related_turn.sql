-- Related stories whose back() is to be computed anew (paper/related_enter.h).
CREATE TABLE paper_turn (
    idx BIGINT NOT NULL,
    story BIGINT NOT NULL,
    PRIMARY KEY (idx, story)
) WITHOUT ROWID; -- sqlite only
); -- postgres only
