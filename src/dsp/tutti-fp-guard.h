/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* Rounding and flush-to-zero belong to the thread, and another library may have changed them. The render call holds them at
 * the standard's defaults (nearest, subnormals kept, no traps) while it runs and gives the caller's back:
 *   TuttiFpGuard guard = tutti_fp_guard_enter ();  …  tutti_fp_guard_leave (guard);
 * Compilers move arithmetic across these but not across calls and memory: do the work in a function that is not inlined.
 * Realtime-safe. */
typedef struct
{
  uint64_t saved;
} TuttiFpGuard;

static inline TuttiFpGuard
tutti_fp_guard_enter (void)
{
  TuttiFpGuard guard = { 0 };
#if defined(__x86_64__) || defined(__SSE2__)
  guard.saved = __builtin_ia32_stmxcsr ();
  __builtin_ia32_ldmxcsr (0x1f80);
#elif defined(__aarch64__)
  uint64_t standard = 0;
  __asm__ volatile ("mrs %0, fpcr" : "=r" (guard.saved));
  __asm__ volatile ("msr fpcr, %0" : : "r" (standard));
#elif defined(__riscv) && defined(__riscv_flen)
  unsigned long previous;
  __asm__ volatile ("fsrm %0, x0" : "=r" (previous));
  guard.saved = previous;
#endif
  __asm__ volatile ("" : : : "memory");
  return guard;
}

static inline void
tutti_fp_guard_leave (TuttiFpGuard guard)
{
  __asm__ volatile ("" : : : "memory");
#if defined(__x86_64__) || defined(__SSE2__)
  __builtin_ia32_ldmxcsr ((unsigned) guard.saved);
#elif defined(__aarch64__)
  __asm__ volatile ("msr fpcr, %0" : : "r" (guard.saved));
#elif defined(__riscv) && defined(__riscv_flen)
  __asm__ volatile ("fsrm %0" : : "r" ((unsigned long) guard.saved));
#endif
  (void) guard;
}
