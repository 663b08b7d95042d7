/*
 * Where a line of a page may not break, for languages whose typography says so: a dash between
 * spaces does not begin a line (all languages), and in Russian, Ukrainian, Belarusian and Bulgarian
 * a word of one letter ("в", "с", "и") does not end one. The space there becomes U+00A0.
 *
 * It works on a finished page, so that headlines, bodies and the theme's own words are set alike,
 * and what is stored, searched and sent in feeds stays as it was written. Tags, <head>, <script>,
 * <style>, <pre>, <code> and <textarea> are not touched. Pure; a page that went through it stays
 * the same.
 */
#pragma once

#include <glib.h>

void no_break_spaces(GString *page, const char *language);
