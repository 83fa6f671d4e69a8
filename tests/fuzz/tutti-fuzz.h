/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * What a fuzz target is made of. Built with clang's -fsanitize=fuzzer it is libFuzzer's; otherwise
 * fuzz-main.c drives it for a moment with seeded damage to the target's own corpus ("fuzz smoke").
 */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Valid inputs that mutations start from, ended by NULL. */
extern const char *const fuzz_corpus[];
