/*
 * The rows of the allow-list and their look-up. Reading HTML is sanitise_token.c, putting elements
 * where they may stand sanitise_tree.c, the values of attributes sanitise_attribute.c.
 */
#include "text/sanitise_rules.h"

#include <stdlib.h>
#include <string.h>

/* Sorted by name. h1 is the page's headline alone, so a body's h1 is written as h2. Containers that
 * mean nothing on a story page become div, so that their texts do not run together. */
static const Rule RULES[] = {
    {"a", RULE_INLINE, ELEMENT_A},
    {"abbr", RULE_INLINE, ELEMENT_ABBR},
    {"acronym", RULE_INLINE, ELEMENT_ABBR},
    {"address", RULE_BLOCK, ELEMENT_DIV},
    {"applet", RULE_DROP, ELEMENT_NONE},
    {"article", RULE_BLOCK, ELEMENT_DIV},
    {"aside", RULE_BLOCK, ELEMENT_ASIDE},
    {"audio", RULE_DROP, ELEMENT_NONE},
    {"b", RULE_INLINE, ELEMENT_B},
    {"bdi", RULE_INLINE, ELEMENT_BDI},
    {"bdo", RULE_INLINE, ELEMENT_BDO},
    {"blockquote", RULE_BLOCK, ELEMENT_BLOCKQUOTE},
    {"br", RULE_VOID, ELEMENT_BR},
    {"canvas", RULE_DROP, ELEMENT_NONE},
    {"caption", RULE_BLOCK, ELEMENT_CAPTION},
    {"center", RULE_BLOCK, ELEMENT_DIV},
    {"cite", RULE_INLINE, ELEMENT_CITE},
    {"code", RULE_INLINE, ELEMENT_CODE},
    {"datalist", RULE_DROP, ELEMENT_NONE},
    {"dd", RULE_BLOCK, ELEMENT_DD},
    {"del", RULE_INLINE, ELEMENT_DEL},
    {"details", RULE_BLOCK, ELEMENT_DETAILS},
    {"dfn", RULE_INLINE, ELEMENT_DFN},
    {"dialog", RULE_BLOCK, ELEMENT_DIV},
    {"dir", RULE_BLOCK, ELEMENT_UL},
    {"div", RULE_BLOCK, ELEMENT_DIV},
    {"dl", RULE_BLOCK, ELEMENT_DL},
    {"dt", RULE_BLOCK, ELEMENT_DT},
    {"em", RULE_INLINE, ELEMENT_EM},
    {"fieldset", RULE_BLOCK, ELEMENT_DIV},
    {"figcaption", RULE_BLOCK, ELEMENT_FIGCAPTION},
    {"figure", RULE_BLOCK, ELEMENT_FIGURE},
    {"footer", RULE_BLOCK, ELEMENT_DIV},
    {"form", RULE_BLOCK, ELEMENT_DIV},
    {"h1", RULE_BLOCK, ELEMENT_H2},
    {"h2", RULE_BLOCK, ELEMENT_H2},
    {"h3", RULE_BLOCK, ELEMENT_H3},
    {"h4", RULE_BLOCK, ELEMENT_H4},
    {"h5", RULE_BLOCK, ELEMENT_H5},
    {"h6", RULE_BLOCK, ELEMENT_H6},
    {"header", RULE_BLOCK, ELEMENT_DIV},
    {"hgroup", RULE_BLOCK, ELEMENT_DIV},
    {"hr", RULE_VOID, ELEMENT_HR},
    {"i", RULE_INLINE, ELEMENT_I},
    {"iframe", RULE_EMBED, ELEMENT_NONE},
    {"image", RULE_VOID, ELEMENT_IMG},
    {"img", RULE_VOID, ELEMENT_IMG},
    {"ins", RULE_INLINE, ELEMENT_INS},
    {"kbd", RULE_INLINE, ELEMENT_KBD},
    {"li", RULE_BLOCK, ELEMENT_LI},
    {"listing", RULE_BLOCK, ELEMENT_PRE},
    {"main", RULE_BLOCK, ELEMENT_DIV},
    {"mark", RULE_INLINE, ELEMENT_MARK},
    {"math", RULE_DROP_FOREIGN, ELEMENT_NONE},
    {"menu", RULE_BLOCK, ELEMENT_UL},
    {"nav", RULE_BLOCK, ELEMENT_DIV},
    {"noembed", RULE_DROP_RAW, ELEMENT_NONE},
    {"noframes", RULE_DROP_RAW, ELEMENT_NONE},
    {"noscript", RULE_DROP_RAW, ELEMENT_NONE},
    {"object", RULE_DROP, ELEMENT_NONE},
    {"ol", RULE_BLOCK, ELEMENT_OL},
    {"p", RULE_BLOCK, ELEMENT_P},
    {"pre", RULE_BLOCK, ELEMENT_PRE},
    {"q", RULE_INLINE, ELEMENT_Q},
    {"s", RULE_INLINE, ELEMENT_S},
    {"samp", RULE_INLINE, ELEMENT_SAMP},
    {"script", RULE_DROP_RAW, ELEMENT_NONE},
    {"section", RULE_BLOCK, ELEMENT_SECTION},
    {"select", RULE_DROP, ELEMENT_NONE},
    {"small", RULE_INLINE, ELEMENT_SMALL},
    {"span", RULE_INLINE, ELEMENT_SPAN},
    {"strike", RULE_INLINE, ELEMENT_S},
    {"strong", RULE_INLINE, ELEMENT_STRONG},
    {"style", RULE_DROP_RAW, ELEMENT_NONE},
    {"sub", RULE_INLINE, ELEMENT_SUB},
    {"summary", RULE_BLOCK, ELEMENT_SUMMARY},
    {"sup", RULE_INLINE, ELEMENT_SUP},
    {"svg", RULE_DROP_FOREIGN, ELEMENT_NONE},
    {"table", RULE_BLOCK, ELEMENT_TABLE},
    {"tbody", RULE_BLOCK, ELEMENT_TBODY},
    {"td", RULE_BLOCK, ELEMENT_TD},
    {"template", RULE_DROP, ELEMENT_NONE},
    {"textarea", RULE_DROP_RAW, ELEMENT_NONE},
    {"tfoot", RULE_BLOCK, ELEMENT_TFOOT},
    {"th", RULE_BLOCK, ELEMENT_TH},
    {"thead", RULE_BLOCK, ELEMENT_THEAD},
    {"time", RULE_INLINE, ELEMENT_TIME},
    {"title", RULE_DROP_RAW, ELEMENT_NONE},
    {"tr", RULE_BLOCK, ELEMENT_TR},
    {"tt", RULE_INLINE, ELEMENT_CODE},
    {"u", RULE_INLINE, ELEMENT_U},
    {"ul", RULE_BLOCK, ELEMENT_UL},
    {"var", RULE_INLINE, ELEMENT_VAR},
    {"video", RULE_DROP, ELEMENT_NONE},
    {"wbr", RULE_VOID, ELEMENT_WBR},
    {"xmp", RULE_DROP_RAW, ELEMENT_NONE},
};

static const char *const NAMES[ELEMENT_COUNT] = {
    "",        "a",    "abbr",       "aside",  "b",       "bdi",     "bdo",  "blockquote", "br",
    "caption", "cite", "code",       "dd",     "del",     "details", "dfn",  "div",        "dl",
    "dt",      "em",   "figcaption", "figure", "h2",      "h3",      "h4",   "h5",         "h6",
    "hr",      "i",    "img",        "ins",    "kbd",     "li",      "mark", "ol",         "p",
    "pre",     "q",    "s",          "samp",   "section", "small",   "span", "strong",     "sub",
    "summary", "sup",  "table",      "tbody",  "td",      "tfoot",   "th",   "thead",      "time",
    "tr",      "u",    "ul",         "var",    "wbr",
};

#define ON(element) ELEMENT_BIT(ELEMENT_##element)
#define ON_ALL      (~G_GUINT64_CONSTANT(0))

/* rel, loading and tabindex are not here because they are never taken over, only written. */
static const AttributeRule ATTRIBUTES[] = {
    {"alt", ATTRIBUTE_ALT, ON(IMG)},
    {"aria-label", ATTRIBUTE_ARIA_LABEL, ON(A)},
    {"class", ATTRIBUTE_CLASS, ON_ALL},
    {"colspan", ATTRIBUTE_SPAN, ON(TD) | ON(TH)},
    {"datetime", ATTRIBUTE_DATETIME, ON(TIME) | ON(INS) | ON(DEL)},
    {"dir", ATTRIBUTE_DIR, ON_ALL},
    {"height", ATTRIBUTE_HEIGHT, ON(IMG)},
    {"href", ATTRIBUTE_HREF, ON(A)},
    {"id", ATTRIBUTE_ID, ON_ALL},
    {"lang", ATTRIBUTE_LANG, ON_ALL},
    {"reversed", ATTRIBUTE_REVERSED, ON(OL)},
    {"rowspan", ATTRIBUTE_SPAN, ON(TD) | ON(TH)},
    {"scope", ATTRIBUTE_SCOPE, ON(TH)},
    {"src", ATTRIBUTE_SRC, ON(IMG)},
    {"start", ATTRIBUTE_START, ON(OL)},
    {"title", ATTRIBUTE_TITLE, ON(A) | ON(ABBR) | ON(DFN)},
    {"type", ATTRIBUTE_TYPE, ON(OL)},
    {"value", ATTRIBUTE_START, ON(LI)},
    {"width", ATTRIBUTE_WIDTH, ON(IMG)},
};

static const struct {
    char name[12];
    ElementSet on;
} CLASSES[] = {
    {"center", ON(TD) | ON(TH)}, {"credit", ON(SPAN)},
    {"embed", ON(FIGURE)},       {"fn", ON(SUP)},
    {"fn-back", ON(A)},          {"footnotes", ON(SECTION)},
    {"host", ON(SPAN)},          {"pull", ON(ASIDE)},
    {"right", ON(TD) | ON(TH)},  {"table", ON(DIV)},
};

/* Small letters, NUL-terminated; false if longer than every name in the tables. */
static bool lower_name(const char *name, size_t length, char lower[static 12])
{
    if (length == 0 || length >= 12) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        lower[i] = g_ascii_tolower(name[i]);
    }
    lower[length] = '\0';
    return true;
}

static int compare_rule(const void *key, const void *row)
{
    return strcmp(key, ((const Rule *)row)->name);
}

static int compare_attribute(const void *key, const void *row)
{
    return strcmp(key, ((const AttributeRule *)row)->name);
}

const Rule *rule_find(const char *name, size_t length)
{
    char lower[12];
    if (!lower_name(name, length, lower)) {
        return NULL;
    }
    return bsearch(lower, RULES, G_N_ELEMENTS(RULES), sizeof RULES[0], compare_rule);
}

const char *element_name(Element element)
{
    return NAMES[element];
}

const AttributeRule *attribute_rule_find(const char *name, size_t length, Element element)
{
    char lower[12];
    if (!lower_name(name, length, lower)) {
        return NULL;
    }
    const AttributeRule *rule = bsearch(lower, ATTRIBUTES, G_N_ELEMENTS(ATTRIBUTES),
                                        sizeof ATTRIBUTES[0], compare_attribute);
    return rule != NULL && (rule->on & ELEMENT_BIT(element)) != 0 ? rule : NULL;
}

bool class_is_known(const char *name, size_t length, Element element)
{
    for (size_t i = 0; i < G_N_ELEMENTS(CLASSES); i++) {
        if ((CLASSES[i].on & ELEMENT_BIT(element)) != 0 && strlen(CLASSES[i].name) == length &&
            memcmp(CLASSES[i].name, name, length) == 0) {
            return true;
        }
    }
    return false;
}
