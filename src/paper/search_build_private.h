/* What search_build.c and search_words.c share. */
#pragma once

#include "paper/search_build.h"

typedef struct {
    uint32_t stem;
    uint32_t documents;
} SearchForm;

/* form → SearchForm */
const GHashTable *search_build_forms(const SearchBuild *build);
