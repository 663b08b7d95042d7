/* Text of the sanitiser: references become characters, what HTML needs is escaped again. */
#include "cleaned.h"

static void test_text(void)
{
    assert_clean("", "");
    assert_clean("a < b & c > d", "a &lt; b &amp; c &gt; d");
    assert_clean("&copy; &laquo;x&raquo; &#8212; &#x2014; &#151; &nbsp;.", "© «x» — — — \xC2\xA0.");
    assert_clean("&amp;lt;script&amp;gt; &lt;b&gt;", "&amp;lt;script&amp;gt; &lt;b&gt;");
    assert_clean("&unknown; &amp &copy 2026 &#xD800; &#0;",
                 "&amp;unknown; &amp; © 2026 \xEF\xBF\xBD \xEF\xBF\xBD");
    assert_clean("a\xC2\x8C"
                 "b\xEF\xBF\xBF"
                 "c&#xFFFE;<p title=x lang=\"r\xC2\x8Cu\">\xF0\x9F\x94\x94",
                 "abc\xEF\xBF\xBD<p lang=\"ru\">\xF0\x9F\x94\x94</p>");
    assert_clean("a\r\nb\rc\x01", "a\nb\nc");
    assert_clean("a<!-- c -->b<!doctype x>c<?php x ?>d<![CDATA[e]]>f", "abcdf");
    assert_clean("a<!-->b<!--->c<!-- --!>d</>e</ f>g", "abcdeg");
    assert_clean("a<!-- never closed <p>b", "a");
    assert_clean("1<2 <3 a<", "1&lt;2 &lt;3 a&lt;");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sanitise_text/text", test_text);
    return g_test_run();
}
