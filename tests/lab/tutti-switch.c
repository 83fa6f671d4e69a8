/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A switch in user space for a LAN in a box: one packet socket on the near end of each machine's cable, frames
 * held in a heap until they are due. Values change while it runs, through a control socket:
 *
 *   tutti-switch PATH [SEED]            runs the switch, listening at PATH, until it is told to quit
 *   tutti-switch --ask PATH WORDS…      says one command to it and prints the answer
 *   tutti-switch --prepare INTERFACE    makes the far end of a cable fit for it (no checksum offload)
 *
 * Commands: add NAME INTERFACE · remove NAME · link NAME|all key=value… · stall NAME ms · stats · quit */

#include "tutti-wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define PORTS_MAX 128
#define MACS_MAX 512
#define FRAME_MAX 65536
/* Held frames at most. At 20 ms this passes 4 GB/s of full frames; more is a storm, and is dropped as by a switch. */
#define HELD_MAX 65536
#define BATCH 64
#define ANSWER_MAX 32768
#define LATENESS_BUCKETS 24

typedef struct
{
  char      name[32];
  int       fd;                 /* −1: no such port */
  TuttiWire wire;
  int64_t   held_until_ns;      /* a stall by hand */
  int64_t   last_due_ns[PORTS_MAX];
  uint64_t  in, out, lost, overrun;
} Port;

typedef struct
{
  int64_t  due_ns;
  uint64_t order;               /* equal times leave as they came */
  uint32_t size;
  uint16_t to, from;
  uint8_t  bytes[];
} Frame;

typedef struct
{
  uint8_t mac[6];
  int     port;
} Place;

static Port      ports[PORTS_MAX];
static Frame    *heap[HELD_MAX];
static size_t    n_held;
static uint64_t  last_order;
static Place     places[MACS_MAX];
static size_t    n_places, next_place;
static TuttiDice dice;
static uint64_t  lateness[LATENESS_BUCKETS];    /* bucket b: released up to 2^b µs late */
static int       asking = -1;    /* who speaks at the control socket now; one at a time */
static bool      quitting;

static int64_t
now_ns (void)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);
  return t.tv_sec * INT64_C (1000000000) + t.tv_nsec;
}

static bool
earlier (const Frame *a, const Frame *b)
{
  return a->due_ns != b->due_ns ? a->due_ns < b->due_ns : a->order < b->order;
}

static void
heap_push (Frame *frame)
{
  size_t at = n_held++;

  while (at > 0 && earlier (frame, heap[(at - 1) / 2]))
    {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
  heap[at] = frame;
}

static Frame *
heap_pop (void)
{
  Frame *first = heap[0], *moved = heap[--n_held];
  size_t at = 0;

  for (;;)
    {
      size_t child = 2 * at + 1;

      if (child + 1 < n_held && earlier (heap[child + 1], heap[child]))
        child++;
      if (child >= n_held || !earlier (heap[child], moved))
        break;
      heap[at] = heap[child];
      at = child;
    }
  heap[at] = moved;
  return first;
}

static void
learn (const uint8_t *mac, int port)
{
  for (size_t i = 0; i < n_places; i++)
    if (memcmp (places[i].mac, mac, 6) == 0)
      {
        places[i].port = port;
        return;
      }

  Place *place = n_places < MACS_MAX ? &places[n_places++] : &places[next_place++ % MACS_MAX];

  memcpy (place->mac, mac, 6);
  place->port = port;
}

static int
look_up (const uint8_t *mac)
{
  for (size_t i = 0; i < n_places; i++)
    if (memcmp (places[i].mac, mac, 6) == 0)
      return ports[places[i].port].fd >= 0 ? places[i].port : -1;
  return -1;
}

static void
hold (int from, int to, const uint8_t *bytes, size_t size, int64_t now)
{
  Port *source = &ports[from], *target = &ports[to];
  int64_t due, hands = source->held_until_ns > target->held_until_ns ? source->held_until_ns : target->held_until_ns;
  Frame *frame;

  if (source->wire.segment != target->wire.segment)
    return;
  if (!tutti_wire_decide (&source->wire, &target->wire, &dice, hands > now ? hands : now,
                          &source->last_due_ns[to], &due))
    {
      source->lost++;
      return;
    }
  if (n_held == HELD_MAX || (frame = malloc (sizeof *frame + size)) == NULL)
    {
      source->overrun++;
      return;
    }
  *frame = (Frame) { .due_ns = due, .order = ++last_order, .size = (uint32_t) size, .to = (uint16_t) to,
                     .from = (uint16_t) from };
  memcpy (frame->bytes, bytes, size);
  heap_push (frame);
}

static void
forward (int from, const uint8_t *bytes, size_t size, int64_t now)
{
  int to = (bytes[0] & 1) ? -1 : look_up (bytes);

  learn (bytes + 6, from);
  if (to == from)
    return;
  for (int i = 0; i < PORTS_MAX; i++)
    if (i != from && ports[i].fd >= 0 && (to < 0 || to == i))
      hold (from, i, bytes, size, now);
}

/* What the kernel itself sends on the near end (PACKET_OUTGOING, our own frames included) is not from the machine. */
static void
read_port (int index)
{
  static uint8_t bytes[FRAME_MAX];

  for (int i = 0; i < BATCH; i++)
    {
      struct sockaddr_ll from;
      socklen_t length = sizeof from;
      ssize_t size = recvfrom (ports[index].fd, bytes, sizeof bytes, MSG_DONTWAIT | MSG_TRUNC,
                               (struct sockaddr *) &from, &length);

      if (size < 0)
        return;
      if (from.sll_pkttype == PACKET_OUTGOING || size < ETH_HLEN || size > FRAME_MAX)
        continue;
      ports[index].in++;
      forward (index, bytes, (size_t) size, now_ns ());
    }
}

static void
note_lateness (int64_t late_ns)
{
  int bucket = 0;

  for (int64_t us = late_ns / 1000; us > 0 && bucket < LATENESS_BUCKETS - 1; us >>= 1)
    bucket++;
  lateness[bucket]++;
}

static void
release_due (void)
{
  int64_t now = now_ns ();

  while (n_held > 0 && heap[0]->due_ns <= now)
    {
      Frame *frame = heap_pop ();
      Port *port = &ports[frame->to];

      if (port->fd >= 0 && send (port->fd, frame->bytes, frame->size, MSG_DONTWAIT) == (ssize_t) frame->size)
        {
          port->out++;
          note_lateness (now - frame->due_ns);
        }
      else
        port->overrun++;
      free (frame);
      now = now_ns ();
    }
}

static int
find_port (const char *name)
{
  for (int i = 0; i < PORTS_MAX; i++)
    if (ports[i].fd >= 0 && strcmp (ports[i].name, name) == 0)
      return i;
  return -1;
}

/* Unfinished checksums and joined segments are a private matter between a kernel and its card; a packet socket
 * sees them raw, and the other side would drop them. The far end of the cable does the same (see "lab"). */
static void
offload_off (int fd, const char *interface)
{
  static const uint32_t commands[] = { ETHTOOL_STXCSUM, ETHTOOL_SRXCSUM, ETHTOOL_STSO, ETHTOOL_SGSO, ETHTOOL_SGRO };

  for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
    {
      struct ethtool_value value = { .cmd = commands[i], .data = 0 };
      struct ifreq request = { .ifr_data = (char *) &value };

      snprintf (request.ifr_name, sizeof request.ifr_name, "%s", interface);
      ioctl (fd, SIOCETHTOOL, &request);
    }
}

static int
open_port (const char *interface)
{
  struct sockaddr_ll address = { .sll_family = AF_PACKET, .sll_protocol = htons (ETH_P_ALL),
                                 .sll_ifindex = (int) if_nametoindex (interface) };
  struct packet_mreq all = { .mr_ifindex = address.sll_ifindex, .mr_type = PACKET_MR_PROMISC };
  int fd, size = 8 << 20;

  if (address.sll_ifindex == 0)
    return -1;
  fd = socket (AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return -1;
  offload_off (fd, interface);
  if (setsockopt (fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) < 0)
    setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  if (setsockopt (fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size) < 0)
    setsockopt (fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  if (bind (fd, (struct sockaddr *) &address, sizeof address) < 0 ||
      setsockopt (fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &all, sizeof all) < 0)
    {
      close (fd);
      return -1;
    }
  return fd;
}

/* Answers grow at their end and are cut, never overrun. */
typedef struct { char text[ANSWER_MAX]; size_t length; } Answer;

__attribute__ ((format (printf, 2, 3))) static void
say (Answer *answer, const char *format, ...)
{
  va_list args;
  int n;

  va_start (args, format);
  n = vsnprintf (answer->text + answer->length, ANSWER_MAX - answer->length, format, args);
  va_end (args);
  if (n > 0)
    answer->length += (size_t) n < ANSWER_MAX - answer->length ? (size_t) n : ANSWER_MAX - answer->length - 1;
}

static void
command_add (const char *name, const char *interface, Answer *answer)
{
  int index = 0;

  while (index < PORTS_MAX && ports[index].fd >= 0)
    index++;
  if (index == PORTS_MAX || strlen (name) >= sizeof ports[0].name || find_port (name) >= 0)
    {
      say (answer, "no: the switch is full, or the name is taken or too long\n");
      return;
    }
  memset (&ports[index], 0, sizeof ports[index]);
  snprintf (ports[index].name, sizeof ports[index].name, "%s", name);
  ports[index].fd = open_port (interface);
  say (answer, ports[index].fd >= 0 ? "ok\n" : "no: %s: %s\n", interface, strerror (errno));
}

static void
command_remove (int index, Answer *answer)
{
  close (ports[index].fd);
  ports[index].fd = -1;
  for (size_t i = 0; i < n_places; i++)
    if (places[i].port == index)
      memset (&places[i], 0, sizeof places[i]);
  say (answer, "ok\n");
}

/* All settings or none: a wire that is half set would make a test mean something else. */
static void
command_link (const char *name, char **settings, int n, Answer *answer)
{
  bool any = false;

  for (int i = 0; i < PORTS_MAX; i++)
    {
      TuttiWire wire = ports[i].wire;

      if (ports[i].fd < 0 || (strcmp (name, "all") != 0 && strcmp (name, ports[i].name) != 0))
        continue;
      for (int j = 0; j < n; j++)
        {
          const char *why;

          if (!tutti_wire_parse (&wire, settings[j], &why))
            {
              say (answer, "no: %s: %s\n", settings[j], why);
              return;
            }
        }
      ports[i].wire = wire;
      any = true;
    }
  say (answer, any ? "ok\n" : "no: there is no %s\n", name);
}

static void
command_stats (Answer *answer)
{
  uint64_t total = 0, sum = 0;

  for (int i = 0; i < PORTS_MAX; i++)
    if (ports[i].fd >= 0)
      say (answer, "port %s in %lu out %lu lost %lu overrun %lu\n", ports[i].name, (unsigned long) ports[i].in,
           (unsigned long) ports[i].out, (unsigned long) ports[i].lost, (unsigned long) ports[i].overrun);
  for (int i = 0; i < LATENESS_BUCKETS; i++)
    total += lateness[i];
  say (answer, "held %zu released %lu late-us", n_held, (unsigned long) total);
  for (int i = 0; i < LATENESS_BUCKETS; i++)
    {
      sum += lateness[i];
      if (lateness[i] > 0)
        say (answer, " <%lu:%.4f", 1ul << i, (double) sum / (double) total);
    }
  say (answer, "\n");
}

static void
obey (char *line, Answer *answer)
{
  char *words[32], *rest = NULL;
  int n = 0, port;

  for (char *word = strtok_r (line, " \n", &rest); word != NULL && n < 32; word = strtok_r (NULL, " \n", &rest))
    words[n++] = word;
  port = n >= 2 ? find_port (words[1]) : -1;
  if (n == 3 && strcmp (words[0], "add") == 0)
    command_add (words[1], words[2], answer);
  else if (n == 2 && strcmp (words[0], "remove") == 0 && port >= 0)
    command_remove (port, answer);
  else if (n >= 3 && strcmp (words[0], "link") == 0)
    command_link (words[1], words + 2, n - 2, answer);
  else if (n == 3 && strcmp (words[0], "stall") == 0 && port >= 0)
    {
      ports[port].held_until_ns = now_ns () + atol (words[2]) * INT64_C (1000000);
      say (answer, "ok\n");
    }
  else if (n == 1 && strcmp (words[0], "stats") == 0)
    command_stats (answer);
  else if (n == 1 && strcmp (words[0], "quit") == 0)
    {
      quitting = true;
      say (answer, "ok\n");
    }
  else
    say (answer, "no: not understood\n");
}

/* Takes one more step with whoever asks: first the connection, later its command. Traffic never waits for it. */
static void
serve (int listener)
{
  static Answer answer;
  char line[4096];
  ssize_t size;

  if (asking < 0)
    {
      asking = accept4 (listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
      return;
    }
  size = recv (asking, line, sizeof line - 1, 0);
  if (size > 0)
    {
      line[size] = '\0';
      answer.length = 0;
      answer.text[0] = '\0';
      obey (line, &answer);
      send (asking, answer.text, answer.length, MSG_NOSIGNAL);
    }
  close (asking);
  asking = -1;
}

static void
run (int listener)
{
  while (!quitting)
    {
      struct pollfd polled[PORTS_MAX + 1] = { { .fd = asking >= 0 ? asking : listener, .events = POLLIN } };
      struct timespec wait;
      int64_t left;

      for (int i = 0; i < PORTS_MAX; i++)
        polled[i + 1] = (struct pollfd) { .fd = ports[i].fd, .events = POLLIN };
      left = n_held > 0 ? heap[0]->due_ns - now_ns () : INT64_C (3600000000000);
      left = left > 0 ? left : 0;
      wait = (struct timespec) { left / 1000000000, left % 1000000000 };
      if (ppoll (polled, PORTS_MAX + 1, &wait, NULL) < 0 && errno != EINTR)
        return;
      release_due ();
      for (int i = 0; i < PORTS_MAX; i++)
        if (polled[i + 1].revents & POLLIN)
          read_port (i);
        else if (polled[i + 1].revents & POLLERR)       /* a pulled cable: the error is taken and it goes on */
          {
            int error;
            socklen_t length = sizeof error;

            getsockopt (ports[i].fd, SOL_SOCKET, SO_ERROR, &error, &length);
          }
      if (polled[0].revents != 0)
        serve (listener);
    }
}

static int
open_control (const char *path, bool listening)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

  if (fd < 0 || strlen (path) >= sizeof address.sun_path)
    return -1;
  strcpy (address.sun_path, path);
  if (listening ? bind (fd, (struct sockaddr *) &address, sizeof address) < 0 || listen (fd, 16) < 0
                : connect (fd, (struct sockaddr *) &address, sizeof address) < 0)
    return -1;
  return fd;
}

static int
ask (const char *path, char **words, int n)
{
  static char answer[ANSWER_MAX];
  char line[4096] = "";
  int fd = open_control (path, false);
  ssize_t size;

  for (int i = 0; i < n; i++)
    {
      strncat (line, words[i], sizeof line - strlen (line) - 1);
      strncat (line, " ", sizeof line - strlen (line) - 1);
    }
  if (fd < 0 || send (fd, line, strlen (line), MSG_NOSIGNAL) < 0 ||
      (size = recv (fd, answer, sizeof answer - 1, 0)) < 0)
    {
      fprintf (stderr, "tutti-switch: %s: %s\n", path, strerror (errno));
      return 1;
    }
  fwrite (answer, 1, (size_t) size, stdout);
  return strncmp (answer, "no:", 3) == 0;
}

int
main (int argc, char **argv)
{
  struct sched_param realtime = { .sched_priority = 1 };
  uint64_t seed = argc > 2 ? strtoull (argv[2], NULL, 10) : (uint64_t) now_ns ();
  int listener;

  if (argc >= 4 && strcmp (argv[1], "--ask") == 0)
    return ask (argv[2], argv + 3, argc - 3);
  if (argc == 3 && strcmp (argv[1], "--prepare") == 0)
    {
      offload_off (socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), argv[2]);
      return 0;
    }
  if (argc < 2 || argc > 3 || argv[1][0] == '-')
    {
      fprintf (stderr, "usage: tutti-switch PATH [SEED] | --ask PATH WORDS… | --prepare INTERFACE\n");
      return 2;
    }
  for (int i = 0; i < PORTS_MAX; i++)
    ports[i].fd = -1;
  listener = open_control (argv[1], true);
  if (listener < 0)
    {
      fprintf (stderr, "tutti-switch: %s: %s\n", argv[1], strerror (errno));
      return 1;
    }
  tutti_dice_init (&dice, seed);
  prctl (PR_SET_TIMERSLACK, 1, 0, 0, 0);
  /* The network must not be slower because the machines under test are busy. Where not allowed it goes without. */
  sched_setscheduler (0, SCHED_FIFO | SCHED_RESET_ON_FORK, &realtime);
  printf ("ready seed=%lu\n", (unsigned long) seed);
  fflush (stdout);
  run (listener);
  return 0;
}
