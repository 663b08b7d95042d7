-- Encoded forms of pictures, made at upload (desk/variant.h). shape: wide, square; format: avif, webp, jpg.
CREATE TABLE desk_media_variant (
    media BIGINT NOT NULL,
    shape TEXT COLLATE "C" NOT NULL,
    format TEXT COLLATE "C" NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (media, shape, format, width)
);
