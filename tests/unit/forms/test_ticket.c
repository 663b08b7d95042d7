/* Tickets: 128 bits, read back exactly, and the only key to an answer. */
#include "forms/ticket.h"

#include <string.h>

static void test_ticket(void)
{
    char first[TICKET_TEXT], second[TICKET_TEXT], read[TICKET_TEXT];
    ticket_new(first);
    ticket_new(second);
    g_assert_cmpstr(first, !=, second);
    g_assert_true(ticket_parse(first, strlen(first), read));
    g_assert_cmpstr(first, ==, read);
    g_assert_false(ticket_parse(first, strlen(first) - 1, read));
    g_assert_false(ticket_parse("0123456789abcdef0123456789abcdeF", 32, read));
    g_assert_false(ticket_parse("0123456789abcdef0123456789abcde\0", 32, read));
    g_autoptr(FormAnswer) answer = form_answer_new();
    form_answer_page(answer, "x");
    g_autoptr(GBytes) closed = ticket_close(first, answer);
    g_autoptr(FormAnswer) opened = ticket_open(first, closed, NULL);
    g_assert_cmpstr(form_answer_page_name(opened), ==, "x");
    g_assert_null(ticket_open(second, closed, NULL));
    Hash a = ticket_hash(first), b = ticket_hash(second);
    g_assert_false(hash_equal(&a, &b));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ticket/all", test_ticket);
    return g_test_run();
}
