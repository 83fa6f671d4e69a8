/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A machine whose clock goes too fast or too slow: preloaded into a program, with TUTTI_RATE_FILE naming a file of one int32_t, parts in a
 * million, that may change while it runs. The clock itself never jumps. */
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SECOND_NS INT64_C (1000000000)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const volatile int32_t *wanted;
static int32_t ppm;
static int64_t since_ns, ahead_ns; /* of the machine's own clock at @since_ns */

int clock_gettime (clockid_t clock, struct timespec *out);

__attribute__ ((constructor)) static void
open_rate (void)
{
  const char *path = getenv ("TUTTI_RATE_FILE");
  int fd = path != NULL ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  void *map = fd >= 0 ? mmap (NULL, sizeof *wanted, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;

  wanted = map != MAP_FAILED ? map : NULL;
  if (fd >= 0)
    close (fd);
}

static int64_t
ahead_at (int64_t now_ns)
{
  return ahead_ns + (now_ns - since_ns) / 1000000 * ppm;
}

/* How far this clock is ahead of the machine's at @now_ns. */
static int64_t
find_ahead (int64_t now_ns)
{
  int64_t ahead;

  pthread_mutex_lock (&lock);
  if (*wanted != ppm)
    {
      ahead_ns = since_ns != 0 ? ahead_at (now_ns) : 0;
      since_ns = now_ns;
      ppm = *wanted;
    }
  ahead = ahead_at (now_ns);
  pthread_mutex_unlock (&lock);
  return ahead;
}

int
clock_gettime (clockid_t clock, struct timespec *out)
{
  int result = (int) syscall (SYS_clock_gettime, clock, out);
  struct timespec machine;
  int64_t ns;

  if (result != 0 || wanted == NULL || (clock != CLOCK_MONOTONIC && clock != CLOCK_BOOTTIME))
    return result;
  syscall (SYS_clock_gettime, CLOCK_MONOTONIC, &machine);
  ns = out->tv_sec * SECOND_NS + out->tv_nsec + find_ahead (machine.tv_sec * SECOND_NS + machine.tv_nsec);
  out->tv_sec = ns / SECOND_NS;
  out->tv_nsec = ns % SECOND_NS;
  return 0;
}
