/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-address.h"

#include <net/if.h>
#include <string.h>

#include "tutti-limits.h"

G_DEFINE_QUARK (tutti-address-error-quark, tutti_address_error)

enum { TEXT_BYTES_MAX = 512, HOST_BYTES_MAX = 253, JAM_BYTES_MAX = 64, FINGERPRINT_DIGITS = 64, INVITE_DIGITS = 32 };

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"
#define SCHEME "tutti://"

static gboolean G_GNUC_PRINTF (2, 3)
refuse (GError **error, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, TUTTI_ADDRESS_ERROR, TUTTI_ADDRESS_ERROR_INVALID, words);
  return FALSE;
}

static gboolean
consists_of (const char *text, const char *allowed, gsize max)
{
  gsize length = strlen (text);

  return length >= 1 && length <= max && strspn (text, allowed) == length;
}

gboolean
tutti_address_is_jam_id (const char *text)
{
  return consists_of (text, LETTERS DIGITS "._-", JAM_BYTES_MAX) && strspn (text, ".") < strlen (text);
}

static gboolean
read_port (const char *text, guint16 *out, GError **error)
{
  guint64 port = 0;

  if (!consists_of (text, DIGITS, 5) || (port = g_ascii_strtoull (text, NULL, 10)) < 1 || port > G_MAXUINT16)
    return refuse (error, "the port must be a number from 1 to 65535, not “%s”", text);
  *out = port;
  return TRUE;
}

/* An IPv6 literal, with "%scope" ("%25scope" inside a link, RFC 6874). */
static gboolean
read_ipv6 (TuttiAddress *self, const char *text, gboolean in_link, GError **error)
{
  const char *percent = strchr (text, '%');
  g_autofree char *literal = percent != NULL ? g_strndup (text, percent - text) : g_strdup (text);
  g_autoptr(GInetAddress) inet = g_inet_address_new_from_string (literal);

  if (inet == NULL || g_inet_address_get_family (inet) != G_SOCKET_FAMILY_IPV6)
    return refuse (error, "“%s” is not an IPv6 address", literal);
  if (percent != NULL)
    {
      const char *scope = percent + (in_link && g_str_has_prefix (percent, "%25") && percent[3] != '\0' ? 3 : 1);

      if (!consists_of (scope, LETTERS DIGITS "._-@", IF_NAMESIZE - 1) || strspn (scope, ".") == strlen (scope))
        return refuse (error, "“%s” is not the name of a network interface", scope);
      if (!g_inet_address_get_is_link_local (inet))
        return refuse (error, "only a link-local address has an interface behind “%%”");
      self->scope = g_strdup (scope);
    }
  self->host = g_inet_address_to_string (inet);
  return TRUE;
}

/* A name or an IPv4 literal. What ends in a number must be a whole IPv4 address: nobody means a name by it. */
static gboolean
read_name (TuttiAddress *self, const char *text, GError **error)
{
  const char *dot = strrchr (text, '.');
  const char *last = dot != NULL ? dot + 1 : text;
  g_auto(GStrv) labels = g_strsplit (text, ".", -1);

  if (text[0] == '\0')
    return refuse (error, "the address is missing");
  if (consists_of (last, DIGITS, HOST_BYTES_MAX) &&
      (!g_hostname_is_ip_address (text) || strspn (text, DIGITS ".") != strlen (text)))
    return refuse (error, "“%s” is not an IPv4 address", text);
  for (guint i = 0; labels[i] != NULL; i++)
    {
      gboolean root = i > 0 && labels[i][0] == '\0' && labels[i + 1] == NULL;

      if (strlen (text) > HOST_BYTES_MAX ||
          (!root && (!consists_of (labels[i], LETTERS DIGITS "-_", 63) || labels[i][0] == '-')))
        return refuse (error, "“%s” is not the name of a computer", text);
    }
  self->host = g_ascii_strdown (text, -1);
  return TRUE;
}

static gboolean
read_bracketed (TuttiAddress *self, const char *text, gboolean in_link, GError **error)
{
  const char *end = strchr (text, ']');
  g_autofree char *literal = NULL;

  if (end == NULL)
    return refuse (error, "“]” is missing");
  if (end[1] != '\0' && end[1] != ':')
    return refuse (error, "“%s” behind “]” is not a port", end + 1);
  literal = g_strndup (text + 1, end - text - 1);
  return read_ipv6 (self, literal, in_link, error) &&
         (end[1] == '\0' || read_port (end + 2, &self->port, error));
}

/* ADDRESS[:PORT]. Two colons without brackets can only be an IPv6 address without a port. */
static gboolean
read_authority (TuttiAddress *self, const char *text, gboolean in_link, GError **error)
{
  const char *colon = strchr (text, ':');
  g_autofree char *name = NULL;

  if (text[0] == '\0')
    return refuse (error, "the address is missing");
  if (text[0] == '[')
    return read_bracketed (self, text, in_link, error);
  if (colon != NULL && strchr (colon + 1, ':') != NULL)
    return read_ipv6 (self, text, in_link, error);
  name = colon != NULL ? g_strndup (text, colon - text) : g_strdup (text);
  return read_name (self, name, error) && (colon == NULL || read_port (colon + 1, &self->port, error));
}

static gboolean
read_hex (char **out, const char *what, const char *value, guint digits, GError **error)
{
  if (*out != NULL)
    return refuse (error, "the link has two %ss", what);
  *out = g_ascii_strdown (value, -1);
  return (strlen (*out) == digits && consists_of (*out, DIGITS "abcdef", digits)) ||
         refuse (error, "the %s must be %u hexadecimal digits", what, digits);
}

/* Parameters that we do not know are left alone, so that an older program still opens a newer link. */
static gboolean
read_query (TuttiAddress *self, const char *query, GError **error)
{
  g_auto(GStrv) parameters = g_strsplit (query, "&", -1);

  for (guint i = 0; parameters[i] != NULL; i++)
    {
      const char *value = strchr (parameters[i], '=');

      if (g_str_has_prefix (parameters[i], "fp=") && !read_hex (&self->fingerprint, "fingerprint", value + 1, FINGERPRINT_DIGITS, error))
        return FALSE;
      if (g_str_has_prefix (parameters[i], "invite=") && !read_hex (&self->invite, "invitation", value + 1, INVITE_DIGITS, error))
        return FALSE;
    }
  return TRUE;
}

/* AUTHORITY[/[JAM]]; cuts @text in two. */
static gboolean
read_place (TuttiAddress *self, char *text, gboolean in_link, GError **error)
{
  char *jam = strchr (text, '/');

  if (jam != NULL)
    *jam++ = '\0';
  if (jam != NULL && jam[0] != '\0')
    {
      if (!tutti_address_is_jam_id (jam))
        return refuse (error, "“%s” is not the id of a jam", jam);
      self->jam = g_strdup (jam);
    }
  return read_authority (self, text, in_link, error);
}

static gboolean
read_link (TuttiAddress *self, char *text, GError **error)
{
  char *query = strchr (text, '?');

  if (query != NULL)
    *query++ = '\0';
  return read_place (self, text, TRUE, error) && (query == NULL || read_query (self, query, error));
}

TuttiAddress *
tutti_address_parse (const char *text, GError **error)
{
  g_autoptr(TuttiAddress) self = g_new0 (TuttiAddress, 1);
  g_autofree char *trimmed = NULL;
  gboolean ok;

  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) > TEXT_BYTES_MAX || !g_utf8_validate (text, -1, NULL))
    {
      refuse (error, "the address is too long or not text");
      return NULL;
    }
  trimmed = g_strstrip (g_strdup (text));
  self->port = TUTTI_DEFAULT_PORT;
  if (g_ascii_strncasecmp (trimmed, SCHEME, strlen (SCHEME)) == 0)
    ok = read_link (self, trimmed + strlen (SCHEME), error);
  else
    ok = read_place (self, trimmed, FALSE, error);
  return ok ? g_steal_pointer (&self) : NULL;
}

TuttiAddress *
tutti_address_new (const char *host, const char *scope, guint16 port)
{
  TuttiAddress *self = g_new0 (TuttiAddress, 1);

  self->host = g_strdup (host);
  self->scope = g_strdup (scope);
  self->port = port;
  return self;
}

TuttiAddress *
tutti_address_new_from_socket (GInetSocketAddress *address)
{
  GInetAddress *inet = g_inet_socket_address_get_address (address);
  g_autofree char *host = g_inet_address_to_string (inet);
  gboolean v6 = g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6;
  guint32 scope_id = v6 ? g_inet_socket_address_get_scope_id (address) : 0;
  char scope[IF_NAMESIZE] = "";

  if (scope_id != 0 && if_indextoname (scope_id, scope) == NULL)
    g_snprintf (scope, sizeof scope, "%u", scope_id);
  return tutti_address_new (host, scope_id != 0 ? scope : NULL, g_inet_socket_address_get_port (address));
}

TuttiAddress *
tutti_address_copy (const TuttiAddress *self)
{
  TuttiAddress *copy = tutti_address_new (self->host, self->scope, self->port);

  copy->jam = g_strdup (self->jam);
  copy->fingerprint = g_strdup (self->fingerprint);
  copy->invite = g_strdup (self->invite);
  copy->passcode = g_strdup (self->passcode);
  return copy;
}

void
tutti_address_free (TuttiAddress *self)
{
  g_free (self->host);
  g_free (self->scope);
  g_free (self->jam);
  g_free (self->fingerprint);
  g_free (self->invite);
  g_free (self->passcode);
  g_free (self);
}

static char *
format_authority (const TuttiAddress *self, const char *percent)
{
  if (strchr (self->host, ':') == NULL)
    return g_strdup_printf ("%s:%u", self->host, self->port);
  return g_strdup_printf ("[%s%s%s]:%u", self->host, self->scope != NULL ? percent : "",
                          self->scope != NULL ? self->scope : "", self->port);
}

char *
tutti_address_to_link (const TuttiAddress *self)
{
  g_autofree char *authority = format_authority (self, "%25");

  GString *link = g_string_new (SCHEME);

  g_string_append_printf (link, "%s/%s", authority, self->jam != NULL ? self->jam : "");
  if (self->fingerprint != NULL)
    g_string_append_printf (link, "?fp=%s", self->fingerprint);
  if (self->invite != NULL)
    g_string_append_printf (link, "%cinvite=%s", self->fingerprint != NULL ? '&' : '?', self->invite);
  return g_string_free (link, FALSE);
}

char *
tutti_address_to_text (const TuttiAddress *self)
{
  return format_authority (self, "%");
}

static guint32
find_scope (const char *scope)
{
  if (consists_of (scope, DIGITS, 9))
    return (guint32) g_ascii_strtoull (scope, NULL, 10);
  return if_nametoindex (scope);
}

GSocketConnectable *
tutti_address_to_connectable (const TuttiAddress *self, GError **error)
{
  g_autoptr(GInetAddress) inet = g_inet_address_new_from_string (self->host);
  guint32 scope_id = 0;

  if (inet == NULL)
    return g_network_address_new (self->host, self->port);
  if (self->scope != NULL && (scope_id = find_scope (self->scope)) == 0)
    {
      g_set_error (error, TUTTI_ADDRESS_ERROR, TUTTI_ADDRESS_ERROR_SCOPE,
                   "there is no network interface “%s” here", self->scope);
      return NULL;
    }
  return g_object_new (G_TYPE_INET_SOCKET_ADDRESS, "address", inet, "port", self->port, "scope-id", scope_id, NULL);
}

char *
tutti_address_dup_own (GSocketAddress *remote)
{
  g_autoptr(GSocket) socket = g_socket_new (g_socket_address_get_family (remote), G_SOCKET_TYPE_DATAGRAM,
                                            G_SOCKET_PROTOCOL_UDP, NULL);

  if (socket == NULL || !g_socket_connect (socket, remote, NULL, NULL))
    return NULL;
  g_autoptr(GSocketAddress) local = g_socket_get_local_address (socket, NULL);

  return local != NULL ? g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local))) : NULL;
}
