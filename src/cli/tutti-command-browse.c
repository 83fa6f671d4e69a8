/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-command.h"

#include "tutti-avahi-discovery.h"
#include "tutti-json-write.h"
#include "tutti-names.h"

#define SECONDS_MAX 3600

static char *
describe_json (const TuttiJamAd *ad)
{
  g_autofree char *address = ad->n_addresses > 0 ? tutti_jam_address_to_string (&ad->addresses[0]) : g_strdup ("");
  g_autofree char *code = tutti_names_code (ad->id);
  GString *out = g_string_new (NULL);

  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "name", ad->name);
  tutti_json_put_member_text (out, "jam", ad->id);
  tutti_json_put_member_text (out, "code", code);
  tutti_json_put_member_text (out, "address", address);
  tutti_json_put_member_text (out, "host", ad->host);
  tutti_json_put_member_int (out, "people", ad->people);
  tutti_json_put_member_int (out, "max", ad->people_max);
  tutti_json_put_member_int (out, "tempo", ad->tempo_cbpm);
  tutti_json_put_member_int (out, "proto", ad->proto);
  tutti_json_put_member_int (out, "epoch", ad->epoch);
  tutti_json_put_member_int (out, "locked", ad->locked);
  tutti_json_put_member_int (out, "clock", ad->clock_port);
  tutti_json_put_member_text (out, "fp", ad->fingerprint);
  tutti_json_close (out, '}');
  return g_string_free (out, FALSE);
}

static void
print_jams (TuttiBrowser *browser, gboolean json)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (browser));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TuttiNearbyJam) jam = g_list_model_get_item (G_LIST_MODEL (browser), i);
      const TuttiJamAd *ad = tutti_nearby_jam_get_ad (jam);

      if (json)
        {
          g_autofree char *text = describe_json (ad);

          g_print ("%s\n", text);
        }
      else
        {
          g_autofree char *address = ad->n_addresses > 0 ? tutti_jam_address_to_string (&ad->addresses[0]) : g_strdup ("?");

          g_autofree char *code = tutti_names_code (ad->id);

          g_print ("%-24s %s  %u of %u people  %u.%02u BPM  on %s  (%s)\n", ad->name, address, ad->people, ad->people_max,
                   ad->tempo_cbpm / 100, ad->tempo_cbpm % 100, ad->host, code);
        }
    }
}

int
tutti_command_browse (int argc, char **argv)
{
  gboolean json = FALSE;
  double seconds = 2.0;
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "One JSON object a line", NULL },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "How long to look", "S" },
    G_OPTION_ENTRY_NULL
  };

  if (!tutti_command_parse ("- list the jams on this network", NULL, entries, &argc, &argv))
    return TUTTI_EXIT_USAGE;
  if (argc != 1 || !(seconds > 0 && seconds <= SECONDS_MAX))
    {
      g_printerr ("tuttictl: browse takes no argument, and more than 0 seconds to look, at most %d\n", SECONDS_MAX);
      return TUTTI_EXIT_USAGE;
    }
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(TuttiAvahiDiscovery) discovery = tutti_avahi_discovery_new ();
  g_autoptr(TuttiBrowser) browser = tutti_discovery_browse (TUTTI_DISCOVERY (discovery));

  g_timeout_add_once ((guint) (seconds * 1000), (GSourceOnceFunc) g_main_loop_quit, loop);
  g_main_loop_run (loop);
  print_jams (browser, json);
  if (tutti_browser_get_state (browser) == TUTTI_DISCOVERY_RUNNING)
    return TUTTI_EXIT_OK;
  g_printerr ("tuttictl: %s\n", tutti_discovery_state_to_words (tutti_browser_get_state (browser)));
  return TUTTI_EXIT_FAILED;
}
