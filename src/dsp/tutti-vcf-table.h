/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* tan (π f / rate) over the logarithm of f, 20 Hz … 20 kHz: between two entries a straight line is at most 3e-5 off. */
#define TUTTI_VCF_ENTRIES 1024

extern float tutti_vcf_g[TUTTI_VCF_ENTRIES + 2];
