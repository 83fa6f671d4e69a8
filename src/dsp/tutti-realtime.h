/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* TUTTI_REALTIME marks what runs on the audio thread: it only computes (no allocation, lock, log, file or system call).
 * Clang 20 and later checks the promise while compiling and, with -fsanitize=realtime, while running. */
#if defined(__clang__) && defined(__has_attribute)
#if __has_attribute(nonblocking)
#define TUTTI_REALTIME __attribute__ ((nonblocking))
#endif
#endif
#ifndef TUTTI_REALTIME
#define TUTTI_REALTIME
#endif

/* One source, two machine codes: the same sums in the same order, so the same bits, twice as wide where the CPU allows.
 * Off under the thread sanitizer (its start-up crashes on the resolver) and where there is no such thing. */
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define TUTTI_NO_CLONES 1
#endif
#endif
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && defined(__gnu_linux__) \
  && !defined(__SANITIZE_THREAD__) && !defined(TUTTI_NO_CLONES)
#define TUTTI_CLONES __attribute__ ((target_clones ("default", "arch=x86-64-v3")))
#else
#define TUTTI_CLONES
#endif
