/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Reads what people type: a true minus sign is as good as a hyphen, a comma as a point. @rest: what follows the number, in small
 * letters without spaces around it (transfer full), set in any case. FALSE: @text begins with no number, or with none that is finite. */
gboolean tutti_typed_number (const char *text, double *number, char **rest);

/* The place, 0 at 20 Hz or below and 1000 at 20 kHz, of a frequency that was typed: with "k" in @rest in kilohertz. */
double   tutti_typed_frequency (double number, const char *rest);
