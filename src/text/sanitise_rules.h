/*
 * The allow-list: what becomes of each HTML element, and which attribute may stand on which.
 *
 * An element that is not in the table is unwrapped: its tags vanish, its text stays. Nothing here
 * depends on the text being sanitised. The reasons stand beside the rows in sanitise_rules.c.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Every element that can come out. Fewer than 64, so that a set of them is one guint64. */
typedef enum {
    ELEMENT_NONE,
    ELEMENT_A,
    ELEMENT_ABBR,
    ELEMENT_ASIDE,
    ELEMENT_B,
    ELEMENT_BDI,
    ELEMENT_BDO,
    ELEMENT_BLOCKQUOTE,
    ELEMENT_BR,
    ELEMENT_CAPTION,
    ELEMENT_CITE,
    ELEMENT_CODE,
    ELEMENT_DD,
    ELEMENT_DEL,
    ELEMENT_DETAILS,
    ELEMENT_DFN,
    ELEMENT_DIV,
    ELEMENT_DL,
    ELEMENT_DT,
    ELEMENT_EM,
    ELEMENT_FIGCAPTION,
    ELEMENT_FIGURE,
    ELEMENT_H2,
    ELEMENT_H3,
    ELEMENT_H4,
    ELEMENT_H5,
    ELEMENT_H6,
    ELEMENT_HR,
    ELEMENT_I,
    ELEMENT_IMG,
    ELEMENT_INS,
    ELEMENT_KBD,
    ELEMENT_LI,
    ELEMENT_MARK,
    ELEMENT_OL,
    ELEMENT_P,
    ELEMENT_PRE,
    ELEMENT_Q,
    ELEMENT_S,
    ELEMENT_SAMP,
    ELEMENT_SECTION,
    ELEMENT_SMALL,
    ELEMENT_SPAN,
    ELEMENT_STRONG,
    ELEMENT_SUB,
    ELEMENT_SUMMARY,
    ELEMENT_SUP,
    ELEMENT_TABLE,
    ELEMENT_TBODY,
    ELEMENT_TD,
    ELEMENT_TFOOT,
    ELEMENT_TH,
    ELEMENT_THEAD,
    ELEMENT_TIME,
    ELEMENT_TR,
    ELEMENT_U,
    ELEMENT_UL,
    ELEMENT_VAR,
    ELEMENT_WBR,
    ELEMENT_COUNT
} Element;

typedef guint64 ElementSet;

#define ELEMENT_BIT(element) (G_GUINT64_CONSTANT(1) << (element))

#define ELEMENTS_HEADING                                                                           \
    (ELEMENT_BIT(ELEMENT_H2) | ELEMENT_BIT(ELEMENT_H3) | ELEMENT_BIT(ELEMENT_H4) |                 \
     ELEMENT_BIT(ELEMENT_H5) | ELEMENT_BIT(ELEMENT_H6))
#define ELEMENTS_ROWS                                                                              \
    (ELEMENT_BIT(ELEMENT_TBODY) | ELEMENT_BIT(ELEMENT_THEAD) | ELEMENT_BIT(ELEMENT_TFOOT))
#define ELEMENTS_CELL                                                                              \
    (ELEMENT_BIT(ELEMENT_TD) | ELEMENT_BIT(ELEMENT_TH) | ELEMENT_BIT(ELEMENT_CAPTION))
/* Without an attribute these say nothing and are not written. */
#define ELEMENTS_MARK                                                                              \
    (ELEMENT_BIT(ELEMENT_SPAN) | ELEMENT_BIT(ELEMENT_A) | ELEMENT_BIT(ELEMENT_BDO))
/* Elements that hold other elements only, never text. */
#define ELEMENTS_LIST       (ELEMENT_BIT(ELEMENT_UL) | ELEMENT_BIT(ELEMENT_OL))
#define ELEMENTS_TABLE_PART (ELEMENT_BIT(ELEMENT_TABLE) | ELEMENTS_ROWS | ELEMENT_BIT(ELEMENT_TR))
#define ELEMENTS_STRUCTURE  (ELEMENTS_LIST | ELEMENTS_TABLE_PART | ELEMENT_BIT(ELEMENT_DL))
/* Blocks that hold text and inline elements only. */
#define ELEMENTS_TEXT_ONLY                                                                         \
    (ELEMENTS_HEADING | ELEMENT_BIT(ELEMENT_P) | ELEMENT_BIT(ELEMENT_PRE) |                        \
     ELEMENT_BIT(ELEMENT_SUMMARY))

typedef enum {
    RULE_BLOCK,       /* kept, or written as another block */
    RULE_INLINE,      /* kept, or written as another inline element */
    RULE_VOID,        /* kept; has no content (br, hr, img, wbr) */
    RULE_EMBED,       /* iframe: content dropped as below, a link to its src stays */
    RULE_DROP_RAW,    /* dropped with its content, which is raw text up to the end tag */
    RULE_DROP,        /* dropped with its content, nested ones counted */
    RULE_DROP_FOREIGN /* the same for svg and math, which an HTML element ends (HTML 13.2.6.5) */
} RuleKind;

typedef struct {
    char name[12];
    guint8 kind;    /* RuleKind */
    guint8 element; /* Element that is written; several names may share one */
} Rule;

/* The rule of an element name in any case; NULL: unwrap. */
const Rule *rule_find(const char *name, size_t length);

/* The name to write, in small letters. */
const char *element_name(Element element);

typedef enum {
    ATTRIBUTE_NONE,
    ATTRIBUTE_ALT,
    ATTRIBUTE_ARIA_LABEL,
    ATTRIBUTE_CLASS,
    ATTRIBUTE_DATETIME,
    ATTRIBUTE_DIR,
    ATTRIBUTE_HEIGHT,
    ATTRIBUTE_HREF,
    ATTRIBUTE_ID,
    ATTRIBUTE_LANG,
    ATTRIBUTE_REVERSED,
    ATTRIBUTE_SCOPE,
    ATTRIBUTE_SPAN, /* colspan, rowspan */
    ATTRIBUTE_SRC,
    ATTRIBUTE_START, /* also value of li */
    ATTRIBUTE_TITLE,
    ATTRIBUTE_TYPE,
    ATTRIBUTE_WIDTH,
} AttributeKind;

typedef struct {
    char name[12];
    guint8 kind; /* AttributeKind */
    ElementSet on;
} AttributeRule;

/* The rule of an attribute name in any case that may stand on the element; NULL: drop. */
const AttributeRule *attribute_rule_find(const char *name, size_t length, Element element);

/* The classes that Kolokol's own Markdown writes are the only ones; no other survives. */
bool class_is_known(const char *name, size_t length, Element element);
