#include "text/xml.h"

#include "base/error.h"

#include <string.h>

static void test_writer(void)
{
    g_autoptr(GString) out = g_string_new("kept");
    g_autoptr(XmlWriter) xml = xml_writer_new(out, 0);
    xml_open(xml, "a");
    xml_attribute(xml, "b", "1 < \"2\" & 'x'");
    xml_attribute(xml, "none", NULL);
    xml_element(xml, "c", "text & <more>");
    xml_element(xml, "absent", NULL);
    xml_open(xml, "d");
    xml_close(xml);
    xml_text(xml, "tail");
    xml_close(xml);
    g_assert_true(xml_writer_finish(xml, NULL));
    g_assert_cmpstr(
        out->str, ==,
        "kept<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a b=\"1 &lt; &quot;2&quot; &amp; 'x'\">"
        "<c>text &amp; &lt;more&gt;</c><d/>tail</a>\n");
}

static void test_escape(void)
{
    g_autoptr(GString) out = g_string_new(NULL);
    xml_escape(out, "a\0\x01\x08\x0b\x1f\t\n\r\x7f\xEF\xBF\xBE\xEF\xBF\xBFz", 17);
    g_assert_cmpstr(out->str, ==, "a\t\n&#13;\x7fz");
    g_string_truncate(out, 0);
    xml_escape(out, "\xff\xed\xa0\x80\xd0\x9f]]>", 9);
    g_assert_cmpstr(out->str, ==, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xd0\x9f]]&gt;");
}

static void assert_finish_fails(XmlWriter *xml, GString *out, int code, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(xml_writer_finish(xml, &error));
    g_assert_error(error, KOLOKOL_ERROR, code);
    g_assert_nonnull(strstr(error->message, message));
    g_assert_cmpstr(out->str, ==, "kept");
    xml_writer_free(xml);
}

static void test_misuse(void)
{
    g_autoptr(GString) out = g_string_new("kept");
    XmlWriter *xml = xml_writer_new(out, 0);
    assert_finish_fails(xml, out, KOLOKOL_ERROR_INVALID, "empty");
    xml = xml_writer_new(out, 0);
    xml_open(xml, "a");
    assert_finish_fails(xml, out, KOLOKOL_ERROR_INVALID, "<a> is not closed");
    xml = xml_writer_new(out, 0);
    xml_element(xml, "a", "");
    xml_element(xml, "b", "");
    assert_finish_fails(xml, out, KOLOKOL_ERROR_INVALID, "second root");
    xml = xml_writer_new(out, 0);
    xml_text(xml, "x");
    assert_finish_fails(xml, out, KOLOKOL_ERROR_INVALID, "outside the root");
    xml = xml_writer_new(out, 0);
    xml_open(xml, "a");
    xml_text(xml, "x");
    xml_attribute(xml, "b", "c");
    assert_finish_fails(xml, out, KOLOKOL_ERROR_INVALID, "b stands outside");
    xml = xml_writer_new(out, 0);
    xml_close(xml);
    assert_finish_fails(xml, out, KOLOKOL_ERROR_INVALID, "nothing is open");
    xml = xml_writer_new(out, 100);
    xml_open(xml, "a");
    for (int i = 0; i < 100; i++) {
        xml_text(xml, "&&&&&&");
    }
    xml_close(xml);
    assert_finish_fails(xml, out, KOLOKOL_ERROR_LIMIT, "ceiling of 100");
    xml = xml_writer_new(out, 0);
    for (unsigned i = 0; i <= XML_DEPTH_LIMIT; i++) {
        xml_open(xml, "a");
    }
    assert_finish_fails(xml, out, KOLOKOL_ERROR_INVALID, "too deep");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/xml/writer", test_writer);
    g_test_add_func("/text/xml/escape", test_escape);
    g_test_add_func("/text/xml/misuse", test_misuse);
    return g_test_run();
}
