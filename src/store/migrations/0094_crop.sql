-- A picture that is cut (desk/media_crop.h): the rectangle in pixels of the whole one, upright; whether that is still to
-- be done (width 0: to be whole again); and the whole one's file, which is kept.
CREATE TABLE desk_media_crop (
    media BIGINT PRIMARY KEY,
    x BIGINT NOT NULL,
    y BIGINT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    waiting BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    extension TEXT COLLATE "C" NOT NULL,
    mime TEXT NOT NULL,
    whole_width BIGINT NOT NULL,
    whole_height BIGINT NOT NULL,
    size BIGINT NOT NULL
);
CREATE INDEX desk_media_crop_sha256 ON desk_media_crop (sha256);

-- Pictures in the entries of live stories ("media:7"), as desk_media_use has those of bodies.
CREATE TABLE desk_live_use (
    media BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (media, entry)
);
CREATE INDEX desk_live_use_entry ON desk_live_use (entry);
INSERT INTO desk_live_use (media, entry)
SELECT m.id, l.id FROM desk_live l JOIN desk_media m
    ON l.body LIKE '%media:' || CAST(m.id AS TEXT) || ')%' OR l.body LIKE '%media:' || CAST(m.id AS TEXT) || ' %'
    OR l.body LIKE '%media:' || CAST(m.id AS TEXT) || '"%'
WHERE l.body LIKE '%media:%';
