/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes the schema to standard output: print-schema > data/protocol/tutti-1.schema.json */
#include "tutti-protocol-schema.h"

#include <stdio.h>

int
main (void)
{
  g_autofree char *text = tutti_protocol_schema_to_text ();

  return fputs (text, stdout) < 0;
}
