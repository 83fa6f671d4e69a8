/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes the description of the API to standard output: print-openapi > data/protocol/tutti-1.openapi.json */
#include "tutti-rest.h"

#include <stdio.h>

int
main (void)
{
  g_autofree char *text = tutti_rest_openapi_to_text ();

  return fputs (text, stdout) < 0;
}
