-- Takedowns and withheld names ordered in the office. `once` is the order's own word: sent twice, it is one erasure ("" for
-- a command, which has none). `problem` is what the worker waits for, "" for nothing; it goes with the words.
ALTER TABLE desk_erasure ADD COLUMN once TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE desk_erasure ADD COLUMN problem TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX desk_erasure_once ON desk_erasure (once) WHERE once <> '';

-- Pictures that a story once had as its photo and has no more: revisions do not tell. For takedowns.
CREATE TABLE desk_photo_before (
    story BIGINT NOT NULL,
    media BIGINT NOT NULL,
    PRIMARY KEY (story, media)
);
