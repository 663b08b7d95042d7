-- Which stems an index was made with (stemmer_version(), text/stem.h): one with older ones is made anew.
ALTER TABLE paper_index ADD COLUMN stems BIGINT NOT NULL DEFAULT 0;
ALTER TABLE paper_search ADD COLUMN stems BIGINT NOT NULL DEFAULT 0;
