/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a host says of where it can be found, by the interfaces that a machine has. */
#include "tutti-where.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

typedef struct
{
  const char *address;             /* NULL: it has none */
  guint       flags;
} Interface;

#define MOST 5

static const struct { const char *name; Interface interfaces[MOST]; const char *said; } cases[] = {
  { "none", { { NULL, 0 } }, "127.0.0.1:7464" },
  { "alone", { { "127.0.0.1", IFF_UP | IFF_LOOPBACK }, { "::1", IFF_UP | IFF_LOOPBACK } }, "127.0.0.1:7464" },
  { "one", { { "127.0.0.1", IFF_UP | IFF_LOOPBACK }, { "192.0.2.7", IFF_UP } }, "192.0.2.7:7464" },
  { "down", { { "192.0.2.7", 0 } }, "127.0.0.1:7464" },
  { "both-families", { { "2001:db8::7", IFF_UP }, { "192.0.2.7", IFF_UP } }, "192.0.2.7:7464 [2001:db8::7]:7464" },
  { "link-local", { { "fe80::7", IFF_UP }, { "fd00::7", IFF_UP } }, "[fd00::7]:7464" },
  { "many", { { "192.0.2.7", IFF_UP }, { NULL, IFF_UP }, { "2001:db8::7", IFF_UP }, { "10.0.0.1", IFF_UP } },
    "192.0.2.7:7464 10.0.0.1:7464 [2001:db8::7]:7464" },
};

static void
fill (struct ifaddrs *out, struct sockaddr_storage *storage, const Interface *interface)
{
  struct sockaddr_in *v4 = (struct sockaddr_in *) (void *) storage;
  struct sockaddr_in6 *v6 = (struct sockaddr_in6 *) (void *) storage;

  out->ifa_flags = interface->flags;
  if (interface->address == NULL)
    return;
  out->ifa_addr = (struct sockaddr *) (void *) storage;
  storage->ss_family = strchr (interface->address, ':') != NULL ? AF_INET6 : AF_INET;
  g_assert_cmpint (inet_pton (storage->ss_family, interface->address,
                              storage->ss_family == AF_INET ? (void *) &v4->sin_addr : (void *) &v6->sin6_addr), ==, 1);
}

static void
test_where (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  struct ifaddrs interfaces[MOST] = { 0 };
  struct sockaddr_storage storage[MOST] = { 0 };

  for (guint i = 0; i < MOST; i++)
    {
      fill (&interfaces[i], &storage[i], &cases[row].interfaces[i]);
      interfaces[i].ifa_next = i + 1 < MOST ? &interfaces[i + 1] : NULL;
    }
  g_autoptr(GPtrArray) where = tutti_where_list (interfaces, 7464);

  g_ptr_array_add (where, NULL);
  g_autofree char *said = g_strjoinv (" ", (char **) where->pdata);

  g_assert_cmpstr (said, ==, cases[row].said);
}

/* Where the system does not tell. */
static void
test_unknown (void)
{
  g_autoptr(GPtrArray) where = tutti_where_list (NULL, 1);

  g_assert_cmpuint (where->len, ==, 1);
  g_assert_cmpstr (where->pdata[0], ==, "127.0.0.1:1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/where/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_where);
    }
  g_test_add_func ("/where/unknown", test_unknown);
  return g_test_run ();
}
