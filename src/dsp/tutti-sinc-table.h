/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>

/* Shared by the kernel (tutti-sinc.c) and what fills the table (tutti-sinc-table.c). */

#define TUTTI_SINC_TAPS 8
#define TUTTI_SINC_PHASE_BITS 12
#define TUTTI_SINC_PHASES (1 << TUTTI_SINC_PHASE_BITS)

/* Row p: the taps for places from p / PHASES to (p + 1) / PHASES past a frame, made for the middle between them. */
extern float tutti_sinc_table[TUTTI_SINC_PHASES][TUTTI_SINC_TAPS];
/* The processor has 8 lanes (AVX2, BMI2). The bits are the same without. */
extern bool tutti_sinc_wide;

/* Kaiser window of shape beta at place, -1 … 1, 1 in the middle. Not Realtime-safe. */
double tutti_sinc_window (double place, double beta);
