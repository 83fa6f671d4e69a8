/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

/* Damage to do to a file, read from a fuzzer's input, so that whole binary files need no place in a text corpus
 * and every input reaches deep. Groups of four bytes, the first says what:
 *   'e' overwrite, 'x' flip, 'f' fill a run, 'm' move a run, 'c' cut the end; the rest says where and with what. */
void fuzz_damage (GByteArray *file, const uint8_t *recipe, size_t size);
