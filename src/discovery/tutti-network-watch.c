/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-network-watch.h"

#include <glib-unix.h>
#include <ifaddrs.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>

struct _TuttiNetworkWatch
{
  int                   fd;
  GSource              *source;
  gboolean              available;
  TuttiNetworkWatchFunc changed;
  gpointer              user_data;
};

static gboolean
is_usable (const struct ifaddrs *interface)
{
  const unsigned wanted = IFF_UP | IFF_RUNNING | IFF_MULTICAST;

  return interface->ifa_addr != NULL && (interface->ifa_flags & wanted) == wanted &&
         !(interface->ifa_flags & (IFF_LOOPBACK | IFF_POINTOPOINT)) &&
         (interface->ifa_addr->sa_family == AF_INET || interface->ifa_addr->sa_family == AF_INET6);
}

/* Where the kernel does not tell (some sandboxes), a network is assumed: Avahi then simply finds nobody. */
static gboolean
look (void)
{
  struct ifaddrs *all = NULL;
  gboolean any = FALSE;

  if (getifaddrs (&all) != 0)
    return TRUE;
  for (const struct ifaddrs *at = all; at != NULL && !any; at = at->ifa_next)
    any = is_usable (at);
  freeifaddrs (all);
  return any;
}

/* What exactly changed is not read: an overrun would lose it, and looking again is cheap. */
static gboolean
on_readable (int fd, GIOCondition condition, gpointer user_data)
{
  TuttiNetworkWatch *self = user_data;
  char bytes[8192];
  gboolean available;

  while (recv (fd, bytes, sizeof bytes, MSG_DONTWAIT) > 0)
    ;
  available = look ();
  if (available != self->available)
    {
      self->available = available;
      self->changed (available, self->user_data);
    }
  return G_SOURCE_CONTINUE;
}

TuttiNetworkWatch *
tutti_network_watch_new (GMainContext *context, TuttiNetworkWatchFunc changed, gpointer user_data)
{
  TuttiNetworkWatch *self = g_new0 (TuttiNetworkWatch, 1);
  struct sockaddr_nl address = { .nl_family = AF_NETLINK,
                                 .nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR };

  self->changed = changed;
  self->user_data = user_data;
  self->fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
  if (self->fd >= 0 && bind (self->fd, (struct sockaddr *) &address, sizeof address) == 0)
    {
      self->source = g_unix_fd_source_new (self->fd, G_IO_IN | G_IO_ERR);
      g_source_set_callback (self->source, G_SOURCE_FUNC (on_readable), self, NULL);
      g_source_attach (self->source, context);
    }
  self->available = self->source == NULL || look ();
  return self;
}

void
tutti_network_watch_free (TuttiNetworkWatch *self)
{
  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_source_unref (self->source);
    }
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

gboolean
tutti_network_watch_is_available (TuttiNetworkWatch *self)
{
  return self->available;
}
