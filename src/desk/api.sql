-- ---- What the API remembers of stories (story_once.h).

-- query key_read(token bigint, key text)
SELECT digest, story FROM desk_api_key WHERE token = $1 AND key = $2;

-- run key_put(token bigint, key text, digest text, story bigint, now bigint)
INSERT INTO desk_api_key (token, key, digest, story, created) VALUES ($1, $2, $3, $4, $5);

-- run key_sweep(before bigint)
DELETE FROM desk_api_key WHERE created < $1;

-- query put_read(story bigint)
SELECT version FROM desk_api_put WHERE story = $1;

-- run put_write(story bigint, version bigint)
INSERT INTO desk_api_put (story, version) VALUES ($1, $2) ON CONFLICT (story) DO UPDATE SET version = $2;

-- ---- Names that only stories under embargo have (name_hidden.h).

-- query embargoed_names(language text, now bigint)
SELECT section, topics, byline FROM desk_story WHERE embargo > 0 AND embargo > $2 AND language = $1;

-- query listed(list text, now bigint)
SELECT story FROM desk_listed WHERE list = $1 AND visible_from <= $2 LIMIT 1;
