/* Where the text edition of a page is: text_page.c. */
#pragma once

/* "2026/11/23/fog.txt" of "2026/11/23/fog.html". Caller frees. */
char *paper_text_path(const char *path);
