/* The press of a newsroom: press_newsroom.h. */
#include "main/press_newsroom.h"

#include "base/file.h"
#include "desk/media_upload.h"
#include "fund/fund_blocks.h"
#include "mail/mail_blocks.h"
#include "main/job_rows.h"
#include "paper/example.h"

static const PressBlock *const blocks[] = {&fund_call_block, &fund_letter_block, &fund_form_block,
                                           &mail_newsletter_block, NULL};

struct NewsroomPress {
    Theme *theme;
    PaperContext context;
    PressRecipes recipes;
    Press *press;
    const char *readable[4]; /* by the recipes: these, and time zones; NULL-ended */
};

/* A renderer is confined once, so what it may read must be there from the beginning. */
static bool make_readable(NewsroomPress *press, GError **error)
{
    static const char system[] = "/usr/share";
    unsigned count = 0;
    for (; press->readable[count] != NULL; count++) {
        FILE_AUTO directory = directory_open(press->readable[count], false, error);
        if (directory < 0) {
            return false;
        }
    }
    press->readable[count] = g_file_test(system, G_FILE_TEST_IS_DIR) ? system : NULL;
    return true;
}

NewsroomPress *newsroom_press_open(const Newsroom *newsroom, GError **error)
{
    g_autoptr(NewsroomPress) press = g_new0(NewsroomPress, 1);
    jobs_register(job_rows());
    media_jobs_directory(newsroom->media_dir);
    press->theme = theme_load(newsroom->theme_dir, error);
    if (press->theme == NULL) {
        return NULL;
    }
    press->context = (PaperContext){press->theme, newsroom->media_dir, blocks};
    press->recipes = paper_recipes(&press->context);
    press->readable[0] = newsroom->theme_dir;
    press->readable[1] = newsroom->media_dir;
    if (!make_readable(press, error)) {
        return NULL;
    }
    PressOptions options = {.database = newsroom->database,
                            .edition_dir = newsroom->edition_dir,
                            .keys_dir = newsroom->keys_dir,
                            .recipes = &press->recipes,
                            .readable = press->readable};
    press->press = press_open(&options, error);
    if (press->press == NULL || !store_migrate(press_store(press->press), error)) {
        return NULL;
    }
    return g_steal_pointer(&press);
}

void newsroom_press_free(NewsroomPress *press)
{
    if (press != NULL) {
        press_free(press->press);
        g_clear_pointer(&press->theme, theme_free);
        g_free(press);
    }
}

Press *newsroom_press_engine(NewsroomPress *press)
{
    return press->press;
}

Store *newsroom_press_store(NewsroomPress *press)
{
    return press_store(press->press);
}

const char *const *newsroom_press_problems(const NewsroomPress *press)
{
    return theme_problems(press->theme);
}

bool newsroom_press(const Newsroom *newsroom, const PressRun *how, PressReport *report,
                    GError **error)
{
    g_autoptr(NewsroomPress) press = newsroom_press_open(newsroom, error);
    return press != NULL && press_run(press->press, how, report, error);
}

struct NewsroomDrafts {
    Theme *theme;
    char *media_dir;
    PaperContext context;
    PressRecipes recipes, pages;
};

NewsroomDrafts *newsroom_drafts_open(const Newsroom *newsroom, GError **error)
{
    g_autoptr(NewsroomDrafts) drafts = g_new0(NewsroomDrafts, 1);
    drafts->theme = theme_load(newsroom->theme_dir, error);
    if (drafts->theme == NULL) {
        return NULL;
    }
    drafts->media_dir = g_strdup(newsroom->media_dir);
    drafts->context = (PaperContext){drafts->theme, drafts->media_dir, blocks};
    drafts->recipes = paper_draft_recipes(&drafts->context);
    drafts->pages = paper_trial_recipes(&drafts->context);
    return g_steal_pointer(&drafts);
}

void newsroom_drafts_free(NewsroomDrafts *drafts)
{
    if (drafts != NULL) {
        g_clear_pointer(&drafts->theme, theme_free);
        g_free(drafts->media_dir);
        g_free(drafts);
    }
}

const PressRecipes *newsroom_drafts_recipes(const NewsroomDrafts *drafts)
{
    return &drafts->recipes;
}

Theme *newsroom_drafts_theme(NewsroomDrafts *drafts)
{
    return drafts->theme;
}

const PressRecipes *newsroom_drafts_pages(const NewsroomDrafts *drafts)
{
    return &drafts->pages;
}
