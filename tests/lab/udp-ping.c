/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One-way delay between two machines of the lab. They share one CLOCK_MONOTONIC (unless one was made with a clock
 * offset), so that no clock has to be estimated.
 *   udp-ping listen PORT [ADDRESS]                 counts until "end" comes from the sender, then prints
 *   udp-ping send ADDRESS PORT [COUNT] [PER-SECOND]
 * ADDRESS for "listen": a multicast group to join on eth0. */

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define COUNT_MAX 1000000
#define END UINT32_MAX
#define ENDS 200

typedef struct
{
  uint32_t number;              /* END: nothing follows; sent is then the count */
  uint32_t unused;
  int64_t  sent;
} Packet;

static int64_t
now_ns (void)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);
  return t.tv_sec * INT64_C (1000000000) + t.tv_nsec;
}

static void
wait_until (int64_t at)
{
  struct timespec t = { at / 1000000000, at % 1000000000 };

  while (clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
    ;
}

static int
fail (const char *what)
{
  fprintf (stderr, "udp-ping: %s: %s\n", what, strerror (errno));
  return 1;
}

static int
compare (const void *a, const void *b)
{
  int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;

  return (x > y) - (x < y);
}

static void
print_result (int64_t *delays, size_t n, uint64_t count, uint64_t overtaken, uint64_t doubled)
{
  static const double shares[] = { 0, 0.01, 0.5, 0.9, 0.99, 0.999, 1 };
  static const char *const names[] = { "min", "p1", "p50", "p90", "p99", "p99.9", "max" };

  qsort (delays, n, sizeof *delays, compare);
  printf ("sent %lu arrived %zu lost %lu overtaken %lu doubled %lu us", (unsigned long) count, n,
          (unsigned long) (count - n), (unsigned long) overtaken, (unsigned long) doubled);
  for (size_t i = 0; n > 0 && i < sizeof shares / sizeof shares[0]; i++)
    printf (" %s=%.1f", names[i], (double) delays[(size_t) (shares[i] * (double) (n - 1))] / 1000.0);
  printf ("\n");
}

static int
receive (int fd)
{
  int64_t *delays = calloc (COUNT_MAX, sizeof *delays);
  uint8_t *seen = calloc (COUNT_MAX, 1);
  uint64_t overtaken = 0, doubled = 0;
  uint32_t highest = 0;
  size_t n = 0;
  Packet packet;

  if (delays == NULL || seen == NULL)
    return fail ("memory");
  while (recv (fd, &packet, sizeof packet, 0) == sizeof packet && packet.number != END)
    {
      int64_t at = now_ns ();

      if (packet.number >= COUNT_MAX)
        continue;
      if (seen[packet.number]++)
        {
          doubled++;
          continue;
        }
      if (packet.number < highest)
        overtaken++;
      else
        highest = packet.number;
      delays[n++] = at - packet.sent;
    }
  print_result (delays, n, (uint64_t) packet.sent, overtaken, doubled);
  free (delays);
  free (seen);
  return 0;
}

static int
join_group (int fd, const char *group)
{
  struct ip_mreqn four = { .imr_ifindex = (int) if_nametoindex ("eth0") };
  struct ipv6_mreq six = { .ipv6mr_interface = if_nametoindex ("eth0") };
  char bare[INET6_ADDRSTRLEN + 1] = "";

  /* A sender must name the interface of a link-local group ("%eth0"); here it is known. */
  memcpy (bare, group, strcspn (group, "%") < INET6_ADDRSTRLEN ? strcspn (group, "%") : 0);
  group = bare;
  if (inet_pton (AF_INET6, group, &six.ipv6mr_multiaddr) == 1)
    return setsockopt (fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &six, sizeof six);
  if (inet_pton (AF_INET, group, &four.imr_multiaddr) == 1)
    return setsockopt (fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &four, sizeof four);
  errno = EINVAL;
  return -1;
}

static int
listen_at (const char *port, const char *group)
{
  struct sockaddr_in6 any = { .sin6_family = AF_INET6, .sin6_port = htons ((uint16_t) atoi (port)) };
  int fd = socket (AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0), off = 0, size = 4 << 20;

  setsockopt (fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  if (fd < 0 || bind (fd, (struct sockaddr *) &any, sizeof any) < 0 ||
      (group != NULL && join_group (fd, group) < 0))
    return fail ("listen");
  printf ("listening\n");
  fflush (stdout);
  return receive (fd);
}

static int
send_to (const char *host, const char *port, uint32_t count, int64_t gap)
{
  struct addrinfo hints = { .ai_socktype = SOCK_DGRAM, .ai_flags = AI_NUMERICHOST }, *to;
  int fd;
  int64_t start = now_ns ();

  if (getaddrinfo (host, port, &hints, &to) != 0 ||
      (fd = socket (to->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0)) < 0)
    return fail (host);
  if (connect (fd, to->ai_addr, to->ai_addrlen) < 0)
    return fail (host);
  for (uint32_t i = 0; i < count; i++)
    {
      Packet packet = { .number = i };

      wait_until (start + i * gap);
      packet.sent = now_ns ();
      send (fd, &packet, sizeof packet, 0);
    }
  printf ("sent\n");
  fflush (stdout);
  /* The end may be lost or overtake what it ends, so it waits and is said often. */
  wait_until (now_ns () + 500000000);
  for (int i = 0; i < ENDS; i++)
    {
      Packet packet = { .number = END, .sent = count };

      if (send (fd, &packet, sizeof packet, 0) < 0 && errno == ECONNREFUSED)
        break;
      wait_until (now_ns () + 20000000);
    }
  freeaddrinfo (to);
  close (fd);
  printf ("done\n");
  return 0;
}

int
main (int argc, char **argv)
{
  long count = argc > 4 ? atol (argv[4]) : 2000, rate = argc > 5 ? atol (argv[5]) : 500;

  prctl (PR_SET_TIMERSLACK, 1, 0, 0, 0);
  if (argc >= 3 && strcmp (argv[1], "listen") == 0)
    return listen_at (argv[2], argc > 3 ? argv[3] : NULL);
  if (argc >= 4 && strcmp (argv[1], "send") == 0 && count > 0 && count <= COUNT_MAX && rate > 0)
    return send_to (argv[2], argv[3], (uint32_t) count, 1000000000 / rate);
  fprintf (stderr, "usage: udp-ping listen PORT [GROUP] | send ADDRESS PORT [COUNT] [PER-SECOND]\n");
  return 2;
}
