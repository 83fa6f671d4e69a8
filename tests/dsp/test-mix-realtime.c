/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix-test.h"

#include <dlfcn.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tutti-engine.h"

/* The audio thread computes and does nothing else: proven on a thread for which the kernel traps every system call, in a program
 * whose allocator and locks tell when that thread comes by, while another thread hands over edits of every kind. */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

#ifndef SANITIZED
static __thread bool watched;
#endif

typedef struct
{
  _Atomic int     allocations;
  _Atomic int     locks;
  _Atomic int     system_calls;
  _Atomic int     last_system_call;
  _Atomic bool    done;
  _Atomic int64_t rendered;
  _Atomic int     pushed;
  TuttiMixStats   stats;
  float           loudest;
} Findings;

static Findings *findings;

#ifndef SANITIZED

extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *memory, size_t size);
extern void  __libc_free (void *memory);

static void
note_allocation (void)
{
  if (watched)
    findings->allocations++;
}

void *
malloc (size_t size)
{
  note_allocation ();
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  note_allocation ();
  return __libc_calloc (n, size);
}

void *
realloc (void *memory, size_t size)
{
  note_allocation ();
  return __libc_realloc (memory, size);
}

void
free (void *memory)
{
  note_allocation ();
  __libc_free (memory);
}

int
pthread_mutex_lock (pthread_mutex_t *mutex)
{
  static int (*real) (pthread_mutex_t *);

  if (watched)
    findings->locks++;
  if (real == NULL)
    real = (int (*) (pthread_mutex_t *)) dlsym (RTLD_NEXT, "pthread_mutex_lock");
  return real (mutex);
}

static void
on_system_call (int number, siginfo_t *info, void *context)
{
  (void) number;
  (void) context;
  findings->system_calls++;
  findings->last_system_call = info->si_syscall;
}

/* For the calling thread alone: everything but returning from the handler and leaving the process is trapped. */
static bool
trap_system_calls (void)
{
  struct sock_filter code[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_rt_sigreturn, 1, 0),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_TRAP),
  };
  struct sock_fprog program = { G_N_ELEMENTS (code), code };
  struct sigaction action = { .sa_sigaction = on_system_call, .sa_flags = SA_SIGINFO };

  sigaction (SIGSYS, &action, NULL);
  return prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

#endif

/* ---- the other thread ---- */

#define BLOCK 1024
#define BLOCKS 1100
/* The second TuttiFx begins and takes over within the run. */
#define START (TUTTI_REFRESH - TUTTI_REFRESH_WARM - 40 * BLOCK)

static TuttiScore *
everything (void)
{
  TuttiScore *score = random_score (TUTTI_SCORE_TRACKS_MAX);

  for (unsigned i = 0; i < score->n_tracks; i++)
    {
      TuttiScoreTrack *track = score->tracks[i];

      track->params[TUTTI_SCORE_PARAM_DELAY_SEND] = -600;
      track->params[TUTTI_SCORE_PARAM_REVERB_SEND] = -600;
      track->params[TUTTI_SCORE_PARAM_DRIVE] = 300;
    }
  score->transport.metronome = true;
  return score;
}

static void *
edit_on (void *data)
{
  TuttiMix *mix = data;
  TuttiScore *score = everything ();
  TuttiScoreSound *sound = random_sound (5000);

  score->valid_from = score->known_from = 0;
  tutti_mix_push_score (mix, tutti_score_copy (score));
  findings->pushed = 1;
  while (!findings->done)
    {
      int64_t late = one_in (20) ? pick (0, 60000) : -pick (0, 9000);
      int64_t frame = START + findings->rendered - late;
      TuttiScore *edit = random_edit (score, MAX (frame, score->valid_from));

      /* A track goes and another one comes. */
      if (one_in (5))
        tutti_score_replace_track (edit, (unsigned) pick (0, 63), random_track (5000 + (uint64_t) findings->pushed));
      edit->panic += one_in (50);
      tutti_mix_audition (mix, edit->tracks[3]->id, one_in (2) ? sound : NULL, pick (-12, 12), pick (0, 127));
      if (tutti_mix_push_score (mix, tutti_score_copy (edit)))
        findings->pushed++;
      tutti_score_free (score);
      score = edit;
      tutti_mix_collect (mix);
      for (int64_t until = findings->rendered + 3 * BLOCK; findings->rendered < until && !findings->done;)
        g_usleep (50);
    }
  tutti_score_free (score);
  tutti_score_sound_unref (sound);
  return NULL;
}

static void
render_all (TuttiMix *mix)
{
  static float out[2 * BLOCK], local[2 * BLOCK];

  for (int i = 0; i < BLOCKS; i++)
    {
      tutti_mix_render (mix, START + (int64_t) i * BLOCK, BLOCK, out);
      tutti_mix_render_local (mix, BLOCK, local);
      for (int f = 0; f < 2 * BLOCK; f++)
        findings->loudest = findings->loudest > ABS (out[f]) ? findings->loudest : ABS (out[f]);
      findings->rendered += BLOCK;
    }
}

static void
wait_for_first_score (void)
{
  while (findings->pushed == 0)
    g_usleep (1000);
}

#ifndef SANITIZED

static void
render_trapped (void)
{
  TuttiMix *mix = tutti_mix_new (NULL);
  pthread_t other;

  pthread_create (&other, NULL, edit_on, mix);
  wait_for_first_score ();
  if (!trap_system_calls ())
    _exit (77);
  watched = true;
  render_all (mix);
  watched = false;
  findings->done = true;
  tutti_mix_get_stats (mix, &findings->stats);
  _exit (0);
}

static void
do_wrong (void)
{
  if (!trap_system_calls ())
    _exit (77);
  watched = true;
  {
    void *volatile memory = malloc (10);
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

    pthread_mutex_lock (&mutex);
    free (memory);
    syscall (SYS_getppid);
  }
  watched = false;
  _exit (0);
}

/* A child, because nobody gets rid of a filter again. */
static bool
run_child (void (*child) (void))
{
  int status;
  pid_t pid;

  memset ((void *) findings, 0, sizeof *findings);
  pid = fork ();
  if (pid == 0)
    child ();
  g_assert_cmpint (pid, >, 0);
  while (waitpid (pid, &status, 0) < 0 && errno == EINTR)
    ;
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == 77)
    {
      g_test_skip ("this kernel has no seccomp filters");
      return false;
    }
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return true;
}

static void
test_only_computes (void)
{
  if (!run_child (render_trapped))
    return;
  g_test_message ("%d scores, %d late, %d corrected, %u voices at the end", findings->pushed, (int) findings->stats.late_scores,
                  (int) findings->stats.corrections, findings->stats.voices);
  g_assert_cmpint (findings->allocations, ==, 0);
  g_assert_cmpint (findings->locks, ==, 0);
  if (findings->system_calls != 0)
    g_test_message ("the last system call was %d", findings->last_system_call);
  g_assert_cmpint (findings->system_calls, ==, 0);
  g_assert_cmpint (findings->rendered, ==, (int64_t) BLOCKS * BLOCK);
  g_assert_cmpint (findings->pushed, >, 100);
  g_assert_cmpint (findings->stats.late_scores, >, 0);
  g_assert_cmpint (findings->stats.corrections, >, 0);
  g_assert_cmpfloat (findings->loudest, >, 0.1f);
}

static void
test_trap_works (void)
{
  if (!run_child (do_wrong))
    return;
  g_assert_cmpint (findings->allocations, ==, 2);
  g_assert_cmpint (findings->locks, ==, 1);
  g_assert_cmpint (findings->system_calls, ==, 1);
}

#endif

/* For the thread sanitizer. */
static void
test_two_threads (void)
{
  TuttiMix *mix = tutti_mix_new (NULL);
  GThread *other;
  TuttiPrint print;

  memset ((void *) findings, 0, sizeof *findings);
  other = g_thread_new ("edits", edit_on, mix);
  wait_for_first_score ();
  render_all (mix);
  findings->done = true;
  g_thread_join (other);
  g_assert_true (tutti_mix_get_print (mix, tutti_mix_get_last_second (mix), &print));
  g_assert_cmphex (print.hash, !=, 0);
  g_assert_cmpfloat (findings->loudest, <=, 1.5f);
  tutti_mix_free (mix);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  findings = mmap (NULL, sizeof *findings, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
#ifndef SANITIZED
  g_test_add_func ("/mix-realtime/trap-works", test_trap_works);
  g_test_add_func ("/mix-realtime/only-computes", test_only_computes);
#endif
  g_test_add_func ("/mix-realtime/two-threads", test_two_threads);
  return g_test_run ();
}
