/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-notify.h"

#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

struct _TuttiNotify
{
  int                fd;           /* −1: nobody listens */
  struct sockaddr_un address;
  socklen_t          length;
};

TuttiNotify *
tutti_notify_new (const char *socket_name)
{
  TuttiNotify *self = g_new0 (TuttiNotify, 1);
  gsize length = socket_name != NULL ? strlen (socket_name) : 0;

  self->fd = -1;
  if (length < 2 || length >= sizeof self->address.sun_path || strchr ("/@", socket_name[0]) == NULL)
    return self;
  self->address.sun_family = AF_UNIX;
  memcpy (self->address.sun_path, socket_name, length);
  /* An abstract name begins with NUL and has no other end than its length. */
  if (socket_name[0] == '@')
    self->address.sun_path[0] = '\0';
  self->length = (socklen_t) (offsetof (struct sockaddr_un, sun_path) + length + (socket_name[0] == '/' ? 1 : 0));
  self->fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  return self;
}

void
tutti_notify_free (TuttiNotify *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

gboolean
tutti_notify_send (TuttiNotify *self, const char *state)
{
  return self->fd >= 0 && sendto (self->fd, state, strlen (state), MSG_NOSIGNAL, (const struct sockaddr *) &self->address,
                                  self->length) == (ssize_t) strlen (state);
}

guint64
tutti_notify_watchdog_us (const char *usec, const char *pid)
{
  guint64 us, wanted;

  if (usec == NULL || !g_ascii_string_to_unsigned (usec, 10, 1, G_MAXINT64, &us, NULL))
    return 0;
  /* Meant for another process of this service. */
  if (pid != NULL && (!g_ascii_string_to_unsigned (pid, 10, 1, G_MAXINT32, &wanted, NULL) || (pid_t) wanted != getpid ()))
    return 0;
  return us;
}
