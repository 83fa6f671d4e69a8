/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-vcf-table.h"

#include "tutti-math.h"
#include "tutti-synth.h"
#include <pthread.h>

float tutti_vcf_g[TUTTI_VCF_ENTRIES + 2];

static void
fill_table (void)
{
  const double octaves = tutti_log2 (1000.0);

  for (int i = 0; i < TUTTI_VCF_ENTRIES + 2; i++)
    tutti_vcf_g[i] = (float) tutti_tan_pi (20.0 * tutti_exp2 (octaves * i / TUTTI_VCF_ENTRIES) / TUTTI_RATE);
}

void
tutti_vcf_init (void)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;

  pthread_once (&once, fill_table);
}

void
tutti_synth_init (void)
{
  tutti_wave_init ();
  tutti_vcf_init ();
}
