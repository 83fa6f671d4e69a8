/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a host is told by its file: refused in words and nothing of it counts, or within all bounds. */
#include "tutti-fuzz.h"
#include "tutti-host-config.h"

const char *const fuzz_corpus[] = {
  "[host]\nname=Room 12\nport=0\ndata=/srv/jams\ncontrol=/run/x\ndemo=true\nlog-level=debug\n",
  "[announce]\nenabled=false\nmost=256\n[limits]\njams=1000\nparticipants=10000\nparticipants-per-jam=500\n",
  "# only words\n\n[limits]\nconnections=20000\nconnections-per-address=1\nidle-seconds=0\n[metrics]\neveryone=true\n",
  "[host]\nname=\\s\\t\\n\nname[de]=Zimmer\n", NULL
};

static void
check (const TuttiHostConfig *config)
{
  TuttiHouseLimits limits;

  tutti_host_config_get_limits (config, &limits);
  g_assert_true (limits.rooms >= 1 && limits.rooms <= 1000 && limits.people >= 1 && limits.people <= 10000);
  g_assert_true (limits.people_a_room >= 1 && limits.people_a_room <= 500 && limits.idle_s <= 7 * 24 * 3600);
  g_assert_true (config->port >= 0 && config->port <= 65535 && config->announced_max >= 1 && config->announced_max <= 256);
  g_assert_true (config->connections_max >= 1 && config->connections_an_address_max >= 1);
  g_assert_true (config->name == NULL || (config->name[0] != '\0' && g_utf8_validate (config->name, -1, NULL)));
  g_assert_true (config->data == NULL || g_path_is_absolute (config->data));
  g_assert_true (config->control == NULL || g_path_is_absolute (config->control));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto(TuttiHostConfig) config = { 0 }, before = { 0 };
  g_autoptr(GError) error = NULL;

  tutti_host_config_init (&config);
  tutti_host_config_init (&before);
  if (!tutti_host_config_read_text (&config, "/a/file", (const char *) data, size, &error))
    {
      g_autofree char *difference = tutti_host_config_difference (&config, &before);

      g_assert_true (difference == NULL && g_str_has_prefix (error->message, "/a/file"));
    }
  check (&config);
  return 0;
}
