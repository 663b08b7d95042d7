/* Remind me later, as the worker runs its forms. */
#include "forms_fixture.h"

static void test_remind(Store *store, const char *url)
{
    static const char *const bad[][4] = {{"nobody", "1", ""},
                                         {"a@b.example", "2", ""},
                                         {"a@b.example", "", "2023-11-01"},
                                         {"a@b.example", "", "2033-11-01"},
                                         {"a@b.example", "", "soon"},
                                         {"a b@c.example", "1", ""}};
    begin(store);
    g_autoptr(GError) error = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_null(
            post(store, &fund_form_remind, TICKET,
                 (const char *[]){"email", bad[i][0], "when", bad[i][1], "date", bad[i][2], NULL},
                 &error));
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID);
        g_clear_error(&error);
    }
    g_autoptr(FormAnswer) sent =
        post(store, &fund_form_remind, TICKET,
             (const char *[]){"email", "a@b.example", "when", "3", NULL}, &error);
    g_assert_cmpstr(form_answer_page_name(sent), ==, "remind-sent");
    fixture_run(store, "post");
    g_autofree char *confirm = tail(fixture_mail, "remind-confirm");
    g_autofree char *stop = tail(fixture_mail, "remind-stop");
    g_autoptr(FormAnswer) on = post(store, &fund_form_remind_confirm, TICKET,
                                    (const char *[]){"token", confirm, NULL}, &error);
    g_assert_cmpstr(form_answer_page_name(on), ==, "remind-on");
    g_autoptr(FormAnswer) off =
        post(store, &fund_form_remind_stop, TICKET, (const char *[]){"token", stop, NULL}, &error);
    g_assert_cmpstr(form_answer_page_name(off), ==, "remind-off");
    g_autoptr(FormAnswer) late = post(store, &fund_form_remind_confirm, TICKET,
                                      (const char *[]){"token", confirm, NULL}, &error);
    g_assert_cmpstr(form_answer_page_name(late), ==, "ended");
    end();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/remind_forms/remind", test_remind);
    return g_test_run();
}
