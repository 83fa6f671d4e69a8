/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load-strangers.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define SPARE_FILES 200

/* 127.0.1.1 and on: whole networks of them belong to the loopback. */
#define ADDRESSES 4000

void
load_strangers_init (LoadStrangers *self, guint n)
{
  struct rlimit limit;

  *self = (LoadStrangers) { .sockets = g_array_new (FALSE, FALSE, sizeof (int)) };
  getrlimit (RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= n + SPARE_FILES)
    return;
  limit.rlim_cur = n + SPARE_FILES;
  limit.rlim_max = MAX (limit.rlim_max, limit.rlim_cur);
  if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
    g_error ("%u connections need as many open files: %s", n, g_strerror (errno));
}

void
load_strangers_clear (LoadStrangers *self)
{
  for (guint i = 0; i < self->sockets->len; i++)
    close (g_array_index (self->sockets, int, i));
  g_array_unref (self->sockets);
}

static struct sockaddr_in
loopback (guint32 address, guint16 port)
{
  return (struct sockaddr_in) { .sin_family = AF_INET, .sin_port = htons (port), .sin_addr.s_addr = htonl (address) };
}

static void
come (LoadStrangers *self, guint16 port, guint n)
{
  struct sockaddr_in from = loopback (0x7f000101 + n % ADDRESSES, 0), to = loopback (INADDR_LOOPBACK, port);
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

  g_assert_cmpint (fd, >=, 0);
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind (fd, (struct sockaddr *) &from, sizeof from) != 0 || connect (fd, (struct sockaddr *) &to, sizeof to) != 0)
    {
      close (fd);
      self->refused++;
      return;
    }
  g_array_append_val (self->sockets, fd);
}

void
load_strangers_come (LoadStrangers *self, guint16 port, guint n)
{
  guint from = self->sockets->len + self->refused;

  for (guint i = 0; i < n; i++)
    come (self, port, from + i);
}

void
load_strangers_drip (LoadStrangers *self)
{
  /* Of a greeting that announces 16 KiB. */
  static const guint8 greeting[] = { 0x16, 0x03, 0x01, 0x40, 0x00 };
  static guint drop;
  guint8 byte = drop < sizeof greeting ? greeting[drop] : 0;

  drop++;
  for (guint i = self->sockets->len; i-- > 0; )
    {
      int fd = g_array_index (self->sockets, int, i);
      char answer;

      if (send (fd, &byte, 1, MSG_NOSIGNAL) == 1 && recv (fd, &answer, 1, MSG_DONTWAIT) != 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        continue;
      close (fd);
      self->refused++;
      g_array_remove_index_fast (self->sockets, i);
    }
}
