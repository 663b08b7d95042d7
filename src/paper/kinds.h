/* The page kinds, each defined in the file of its subject; recipes.c has them all in one list. */
#pragma once

#include "press/page.h"

extern const PressKind paper_story, paper_live_part; /* story_page.c, live_page.c */
extern const PressKind paper_draft;                  /* draft_page.c: in no edition */
extern const PressKind paper_front;                  /* front_page.c */
extern const PressKind paper_section, paper_section_month, paper_section_year; /* list_page.c */
extern const PressKind paper_topic, paper_topic_month, paper_topic_year;
extern const PressKind paper_author, paper_author_month, paper_author_year;
extern const PressKind paper_day, paper_month, paper_year, paper_archive; /* archive_page.c */
extern const PressKind paper_stub, paper_status;                          /* stub_page.c */
extern const PressKind paper_gone;                                        /* gone_page.c */
extern const PressKind paper_support;                                     /* support_page.c */
extern const PressKind paper_notfound, paper_text_notfound, paper_robots, paper_security,
    paper_icon;                                                          /* fixed_page.c */
extern const PressKind paper_feed_rss, paper_feed_atom, paper_feed_json; /* feed_page.c */
extern const PressKind paper_section_feed_rss, paper_section_feed_atom, paper_section_feed_json;
extern const PressKind paper_text, paper_text_front; /* text_page.c */
extern const PressKind paper_text_day, paper_text_month, paper_text_year,
    paper_text_archive;                                                         /* archive_text.c */
extern const PressKind paper_text_live_part;                                    /* live_page.c */
extern const PressKind paper_mirrors, paper_text_mirrors;                       /* mirrors_page.c */
extern const PressKind paper_text_support;                                      /* support_page.c */
extern const PressKind paper_section_text, paper_topic_text, paper_author_text; /* list_page.c */
extern const PressKind paper_section_text_month, paper_topic_text_month, paper_author_text_month;
extern const PressKind paper_section_text_year, paper_topic_text_year, paper_author_text_year;
extern const PressKind paper_sitemap, paper_sitemap_index, paper_sitemap_news; /* sitemap_page.c */
extern const PressKind paper_search, paper_text_search, paper_search_file;     /* search_page.c */
extern const PressKind paper_newsletter_latest, paper_newsletter_archive, paper_newsletter_issue,
    paper_newsletters; /* newsletter_page.c */
extern const PressKind paper_text_newsletter_latest, paper_text_newsletter_archive,
    paper_text_newsletter_issue, paper_text_newsletters; /* newsletter_text.c */

/* The key of each language. */
bool paper_keys_languages(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                          GError **error);

/* The one key "all". */
bool paper_keys_one(Store *store, void *run, int64_t as_of, PressKeyTaker take, void *data,
                    GError **error);
