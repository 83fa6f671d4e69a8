/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lets the leak sanitizer name whose leak it is.
 *
 * Its quick stacks follow frame pointers and end in the first library built without: a leak of glib-networking then looks
 * like one of nobody, and lsan.supp cannot excuse it. Whole stacks cost time at each allocation, so only the tests that
 * speak TLS are linked with this. What the environment says (ASAN_OPTIONS) still goes on top. */

const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0:malloc_context_size=12";
}
