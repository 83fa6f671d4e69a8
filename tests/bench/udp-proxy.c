/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "udp-proxy.h"

#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tutti-local-time.h"

#define MAX_HELD 256

typedef struct
{
  gint64 due_ns;
  gboolean to_server;
  guint length;
  char bytes[64];
} Held;

struct _UdpProxy
{
  GThread *thread;
  int stop;
  int near, far;
  guint16 port;
  struct sockaddr_in client;
  double delay_ms, jitter_ms, loss;
  GRand *rand;
  Held held[MAX_HELD];
  guint n_held;
};

static int
bound_socket (guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (fd < 0 || bind (fd, (struct sockaddr *) &address, sizeof address) != 0 ||
      getsockname (fd, (struct sockaddr *) &address, &size) != 0)
    g_error ("no loopback socket");
  *port = ntohs (address.sin_port);
  return fd;
}

static void
take (UdpProxy *proxy, int fd, gboolean to_server)
{
  Held *held = &proxy->held[proxy->n_held];
  struct sockaddr_in from;
  socklen_t size = sizeof from;
  ssize_t n = recvfrom (fd, held->bytes, sizeof held->bytes, 0, (struct sockaddr *) &from, &size);
  double ms = proxy->delay_ms + g_rand_double_range (proxy->rand, -1, 1) * proxy->jitter_ms;

  if (n <= 0)
    return;
  if (to_server)
    proxy->client = from;
  if (proxy->n_held + 1 == MAX_HELD || g_rand_double (proxy->rand) < proxy->loss)
    return;
  held->length = n;
  held->to_server = to_server;
  held->due_ns = tutti_monotonic_ns () + (gint64) (ms * 1e6);
  proxy->n_held++;
}

/* Sends what is due; returns the time until the next. */
static gint64
release (UdpProxy *proxy)
{
  gint64 now = tutti_monotonic_ns (), next = now + 1000000000;

  for (guint i = 0; i < proxy->n_held;)
    {
      Held *held = &proxy->held[i];

      if (held->due_ns > now)
        {
          next = MIN (next, held->due_ns);
          i++;
          continue;
        }
      if (held->to_server)
        send (proxy->far, held->bytes, held->length, 0);
      else
        sendto (proxy->near, held->bytes, held->length, 0, (struct sockaddr *) &proxy->client, sizeof proxy->client);
      *held = proxy->held[--proxy->n_held];
    }
  return next - now;
}

static gpointer
run (gpointer data)
{
  UdpProxy *proxy = data;
  struct pollfd fds[] = { { proxy->stop, POLLIN }, { proxy->near, POLLIN }, { proxy->far, POLLIN } };

  prctl (PR_SET_TIMERSLACK, 1);
  while (!(fds[0].revents & POLLIN))
    {
      gint64 wait = release (proxy);
      struct timespec timeout = { wait / 1000000000, wait % 1000000000 };

      if (ppoll (fds, 3, &timeout, NULL) <= 0)
        continue;
      if (fds[1].revents & POLLIN)
        take (proxy, proxy->near, TRUE);
      if (fds[2].revents & POLLIN)
        take (proxy, proxy->far, FALSE);
    }
  return NULL;
}

UdpProxy *
udp_proxy_new (guint16 server_port, double delay_ms, double jitter_ms, double loss, guint32 seed)
{
  UdpProxy *proxy = g_new0 (UdpProxy, 1);
  struct sockaddr_in server = { .sin_family = AF_INET, .sin_port = htons (server_port), .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  guint16 ignored;

  proxy->delay_ms = delay_ms;
  proxy->jitter_ms = jitter_ms;
  proxy->loss = loss;
  proxy->rand = g_rand_new_with_seed (seed);
  proxy->near = bound_socket (&proxy->port);
  proxy->far = bound_socket (&ignored);
  proxy->stop = eventfd (0, EFD_CLOEXEC);
  if (connect (proxy->far, (struct sockaddr *) &server, sizeof server) != 0)
    g_error ("no way to the server");
  proxy->thread = g_thread_new ("udp-proxy", run, proxy);
  return proxy;
}

guint16
udp_proxy_get_port (UdpProxy *proxy)
{
  return proxy->port;
}

void
udp_proxy_free (UdpProxy *proxy)
{
  if (eventfd_write (proxy->stop, 1) != 0)
    g_error ("the proxy cannot be stopped");
  g_thread_join (proxy->thread);
  close (proxy->near);
  close (proxy->far);
  close (proxy->stop);
  g_rand_free (proxy->rand);
  g_free (proxy);
}
