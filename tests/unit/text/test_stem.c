/* Words and stems of several languages. */
#include "text/stem.h"

#include <string.h>

static void join(const char *term, const char *word, void *data)
{
    g_string_append_printf(data, "%s%s", ((GString *)data)->len > 0 ? " " : "", term);
}

static void assert_terms(const char *language, const char *text, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Stemmer) stemmer = stemmer_new(language, &error);
    g_assert_no_error(error);
    g_autoptr(GString) terms = g_string_new(NULL);
    stemmer_words(stemmer, text, strlen(text), join, terms);
    g_assert_cmpstr(terms->str, ==, expected);
}

static void test_english(void)
{
    assert_terms("en", "", "");
    assert_terms("en", "  -- ... \n", "");
    assert_terms("en", "The courts’ Running, 1,000 mills: U.S. don't café",
                 "the court run 1,000 mill u. don't cafe");
    assert_terms("en-GB", "Harbours HARBOUR", "harbour harbour");
}

static void test_russian(void)
{
    assert_terms("ru", "Ёлки и ёлка, за́мок замки; Йод", "елк и елк замок замк иод");
}

/* Forms of one word with and without an ending are one term, whatever their last letters look like;
 * verbs and participles stay what Snowball makes of them. */
static void test_russian_nouns(void)
{
    assert_terms("ru", "Иран Ирана Иране Ираном", "ира ира ира ира");
    assert_terms("ru", "Киев Киева Киеву Киевом", "ки ки ки ки");
    assert_terms("ru", "Медведев Медведева Медведеву Медведевым Медведевой",
                 "медвед медвед медвед медвед медвед");
    assert_terms("ru", "журнал журнала журналы журналов журналами",
                 "журна журна журна журна журна");
    assert_terms("ru", "Газпром Газпрома Газпромом; Мюнхен Мюнхене", "газпр газпр газпр мюнх мюнх");
    assert_terms("ru", "система систем системой системам", "сист сист сист сист");
    assert_terms("ru", "время времени временем", "врем врем врем");
    assert_terms("ru", "мировая мировой мировые", "мир мир мир");
    assert_terms("ru", "странный странной странное", "стран стран стран");
    assert_terms("ru", "сказал сказала сказали; сделан сделана", "сказа сказа сказа сдела сдела");
    assert_terms("ru", "решение решения решили; закон законом", "решен решен реш закон закон");
    assert_terms("ru", "гавань гавани гаванью; дерево дерева", "гава гава гава дер дер");
    assert_terms("ru", "дом дома домом; план план", "дом дом дом план план");
    assert_terms("sr", "Ирана", "iran"); /* the rule is Russian's alone */
}

static void test_scripts(void)
{
    assert_terms("ar", "كِتَاب كتاب أعلن اعلن إضراب اضراب", "كتاب كتاب اعل اعل اضراب اضراب");
    assert_terms("ru", "РОССИИ россию россией Россиею", "росс росс росс росс");
    assert_terms("xx", "Running Málaga Malaga", "running malaga malaga");
    assert_terms("de", "Straßen STRASSEN", "strass strass");
}

static void test_hostile(void)
{
    g_autofree char *runs = g_strnfill(5000, 'a');
    assert_terms("en", runs, "");
    assert_terms("en",
                 "on\xff\xfe"
                 "e two",
                 "on e two");
    g_autoptr(Stemmer) stemmer = stemmer_new("ru", NULL);
    g_autoptr(GString) terms = g_string_new(NULL);
    g_autoptr(GString) marks = g_string_new("e");
    for (int i = 0; i < 3000; i++) {
        g_string_append(marks, "\xcc\x81\xef\xb7\xba");
    }
    stemmer_words(stemmer, marks->str, marks->len, join, terms);
    stemmer_words(stemmer, "a\0b", 3, join, terms);
    g_assert_true(g_utf8_validate(terms->str, -1, NULL));
}

static void test_version(void)
{
    g_assert_cmpuint(stemmer_version("ru"), ==, stemmer_version("ru-RU"));
    g_assert_cmpuint(stemmer_version("ru"), >,
                     0); /* what was made before there were versions is 0 */
    g_assert_cmpuint(stemmer_version("run"), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/stem/english", test_english);
    g_test_add_func("/text/stem/russian", test_russian);
    g_test_add_func("/text/stem/russian-nouns", test_russian_nouns);
    g_test_add_func("/text/stem/version", test_version);
    g_test_add_func("/text/stem/scripts", test_scripts);
    g_test_add_func("/text/stem/hostile", test_hostile);
    return g_test_run();
}
