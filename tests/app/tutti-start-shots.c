/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of the start page and the dialogs: tutti-start-shots FOLDER [NAME…]. Needs a display (see tests/e2e/shots). The jams
 * nearby come from a network inside this process, the own ones from a store in a temporary folder. */
#include "tutti-address-dialog.h"
#include "tutti-app.h"
#include "tutti-card-window.h"
#include "tutti-describe-dialog.h"
#include "tutti-fake-discovery.h"
#include "tutti-host-dialog.h"
#include "tutti-jam.h"
#include "tutti-library.h"
#include "tutti-message.h"
#include "tutti-preferences.h"
#include "tutti-settings.h"
#include "tutti-smile.h"
#include "tutti-start-page.h"
#include "tutti-welcome.h"
#include "tutti-window.h"

#include <adwaita.h>
#include <gst/gst.h>

typedef struct
{
  GtkApplication     *app;
  const char         *folder, *style;
  char              **names;   /* what is wanted; none: all */
  TuttiFakeDiscovery *discovery;
  TuttiStudio        *full, *empty;
} Shots;

static void
wait_ms (guint ms)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
}

static void
save (GtkWidget *window, const char *path)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  GskRenderNode *node;
  g_autoptr(GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_texture_save_to_png (texture, path);
  gsk_render_node_unref (node);
  g_print ("%s\n", path);
}

static gboolean
wanted (const Shots *self, const char *name)
{
  if (*self->names == NULL)
    return TRUE;
  for (char **each = self->names; *each != NULL; each++)
    if (strstr (name, *each) != NULL)
      return TRUE;
  return FALSE;
}

static void
take (const Shots *self, GtkWidget *window, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s-%s.png", self->folder, name, self->style);

  wait_ms (500);
  save (window, path);
}

/* ---------------------------------------------------------------- what there is to see */

static void
show_jam (Shots *self, const char *id, const char *name, const char *host, guint people, guint people_max, guint tempo_cbpm,
          gboolean locked)
{
  TuttiJamAd ad = { .proto = 1, .epoch = 1, .people = people, .people_max = people_max, .tempo_cbpm = tempo_cbpm, .locked = locked,
                    .port = TUTTI_DEFAULT_PORT };

  tutti_jam_ad_set_name (&ad, name, NULL);
  g_strlcpy (ad.id, id, sizeof ad.id);
  g_strlcpy (ad.host, host, sizeof ad.host);
  tutti_fake_discovery_show (self->discovery, &ad);
}

static void
show_jams (Shots *self)
{
  show_jam (self, "penguin", "fuzzy-penguin-42", "mias-laptop", 3, 16, 12400, FALSE);
  show_jam (self, "room-b", "Rehearsal Room B", "room-b", 8, 12, 9250, TRUE);
  show_jam (self, "class-7c", "Class 7c", "school-box", 16, 16, 11000, FALSE);
}

static void
hide_jams (Shots *self)
{
  tutti_fake_discovery_hide (self->discovery, "penguin");
  tutti_fake_discovery_hide (self->discovery, "room-b");
  tutti_fake_discovery_hide (self->discovery, "class-7c");
}

static void
keep_jam (TuttiStore *store, const char *id, const char *name, int days, int n_tracks, const char *miniature, const char *with)
{
  gint64 then = g_get_real_time () - days * G_TIME_SPAN_DAY;
  TuttiStoreJam jam = { .id = (char *) id, .name = (char *) name, .miniature = (char *) miniature, .created_us = then,
                        .updated_us = then, .opened_us = then, .n_tracks = n_tracks };
  TuttiStorePerson person = { .number = 2, .profile = (char *) "other", .name = (char *) with, .seen_us = then };

  tutti_store_create_jam (store, &jam, NULL);
  if (with != NULL)
    tutti_store_put_person (store, id, &person, NULL);
}

/* What only the library tells. */
static void
keep_more (TuttiStore *store)
{
  gint64 now = g_get_real_time (), then = now - 2 * G_TIME_SPAN_DAY;
  TuttiStoreJam about = { .id = (char *) "dust", .n_tracks = 4, .published = TRUE,
                          .description = (char *) "What we found on Friday: dusty drums, one chord, and rain." };
  TuttiStoreJam remix = { .id = (char *) "remix", .name = (char *) "Dust Remix", .created_us = then, .updated_us = now,
                          .opened_us = now, .n_tracks = 5, .from_jam = (char *) "dust", .from_name = (char *) "Dust" };
  TuttiStoreJam thrown = { .id = (char *) "thrown", .name = (char *) "Thrown Away", .created_us = then, .updated_us = then };

  tutti_store_update_jam (store, &about, NULL);
  tutti_store_create_jam (store, &remix, NULL);
  tutti_store_create_jam (store, &thrown, NULL);
  tutti_store_delete_jam (store, "thrown", then, NULL);
}

static void
keep_jams (TuttiStore *store)
{
  keep_jam (store, "otter", "late-otter-7", 1, 8,
            "[{\"c\":\"cherry\",\"s\":\"x..x..x..x..x.x.\"},{\"c\":\"coral\",\"s\":\"....x.......x..x\"},"
            "{\"c\":\"honey\",\"s\":\"x.x.x.xx.xx.x.xx\"},{\"c\":\"lagoon\",\"s\":\"xx...xx.x...xx..\"}]", "Theo");
  keep_jam (store, "techno", "Kitchen Techno", 4, 12,
            "[{\"c\":\"rose\",\"s\":\"x...x...x...x...\"},{\"c\":\"lime\",\"s\":\"..x...x...x...x.\"},"
            "{\"c\":\"jade\",\"s\":\"....x......xx...\"},{\"c\":\"iris\",\"s\":\"x..x..x.x..x..x.\"}]", "Mia");
  keep_jam (store, "rain", "Slow Rain", 18, 6,
            "[{\"c\":\"sky\",\"s\":\"x......x..x.....\"},{\"c\":\"plum\",\"s\":\"........x.......\"},"
            "{\"c\":\"fern\",\"s\":\"x..x..x..x..x..x\"},{\"c\":\"jade\",\"s\":\"xx.x....xx...xx.\"}]", NULL);
  keep_jam (store, "dust", "Dust", 30, 4, NULL, NULL);
  keep_more (store);
}

/* ---------------------------------------------------------------- the pictures */

static GtkWidget *
window_new (const Shots *self, TuttiStudio *studio, int width)
{
  GtkWidget *window = tutti_window_new (self->app, studio);

  gtk_window_set_default_size (GTK_WINDOW (window), width, 800);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
shoot_start (Shots *self, const char *name, TuttiStudio *studio, int width)
{
  GtkWidget *window;

  if (!wanted (self, name))
    return;
  window = window_new (self, studio, width);
  take (self, window, name);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What of all jams shows: with a search, sorted by name, or what was deleted. */
typedef struct
{
  const char *name;
  int         width;
  const char *search;          /* (nullable) */
  gboolean    deleted, empty;
} Library;

static GtkWidget *
find_child (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
shoot_library (Shots *self, const Library *library)
{
  GtkWidget *window, *page;

  if (!wanted (self, library->name))
    return;
  window = window_new (self, library->empty ? self->empty : self->full, library->width);
  gtk_widget_activate_action (window, "win.library", NULL);
  wait_ms (300);
  page = find_child (window, TUTTI_TYPE_LIBRARY);
  if (library->search != NULL)
    gtk_editable_set_text (GTK_EDITABLE (find_child (page, GTK_TYPE_SEARCH_ENTRY)), library->search);
  if (library->deleted)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_last_child (gtk_widget_get_parent (
                                    find_child (page, GTK_TYPE_DROP_DOWN)))), TRUE);
  take (self, window, library->name);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
shoot_libraries (Shots *self)
{
  static const Library libraries[] = {
    { "13-library", 1280, NULL, FALSE, FALSE }, { "13-library-narrow", 420, NULL, FALSE, FALSE },
    { "13-library-found", 1280, "DUSTY", FALSE, FALSE }, { "13-library-no-match", 1280, "polka", FALSE, FALSE },
    { "13-library-deleted", 1280, NULL, TRUE, FALSE }, { "13-library-empty", 1280, NULL, FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (libraries); i++)
    shoot_library (self, &libraries[i]);
}

static void
on_described (const char *text, gpointer user_data)
{
}

static void
on_profile (const char *name, int colour, gpointer user_data)
{
}

static void
on_host (const TuttiHostWish *wish, gpointer user_data)
{
}

static void
on_address (const TuttiAddress *address, const char *text, gpointer user_data)
{
}

static void
open_preferences (GtkWidget *parent)
{
  g_autofree char *picture = tutti_smile (20);

  tutti_settings_set_profile ("Sam", TUTTI_PERSON_MINT);
  tutti_settings_set_picture (picture);
  tutti_preferences_open (GTK_WINDOW (gtk_widget_get_root (parent)));
}

static void open_welcome (GtkWidget *parent) { tutti_welcome_open (parent, "Mint Otter", TUTTI_PERSON_MINT, on_profile, NULL); }
static void open_profile (GtkWidget *parent) { tutti_profile_dialog_open (parent, "Sam", TUTTI_PERSON_MINT, on_profile, NULL); }
static void open_host (GtkWidget *parent) { tutti_host_dialog_open (parent, NULL, on_host, NULL); }
static void
open_describe (GtkWidget *parent)
{
  tutti_describe_dialog_open (parent, "What we found on Friday: dusty drums, one chord, and rain.", on_described, NULL);
}

static void open_help (GtkWidget *parent) { gtk_widget_activate_action (parent, "win.how-to-avahi", NULL); }

static GtkWidget *newest_toplevel (GtkWidget *but);

static void
open_address (GtkWidget *parent)
{
  GtkWidget *dialog;

  tutti_address_dialog_open (parent, "not an address!", on_address, NULL, NULL);
  dialog = newest_toplevel (GTK_WIDGET (gtk_widget_get_root (parent)));
  gtk_widget_activate (gtk_window_get_default_widget (GTK_WINDOW (dialog)));
}

static void
open_identity (GtkWidget *parent)
{
  TuttiMessage message = { "Different Host?",
    "“Rehearsal Room B” shows another identity than on Tuesday, 17 November. If nobody set it up anew, somebody may be posing as it.",
    { { "no", "Do Not Join" }, { "join", "Join Anyway" } }, "no", NULL };

  tutti_message_ask (parent, &message, NULL, NULL);
}

static void
open_leave (GtkWidget *parent)
{
  TuttiMessage message = { "Leave the Jam?", "You host it for 3 others.", { { "stay", "Stay" }, { "end", "End for All" } }, "stay", "end" };

  tutti_message_ask (parent, &message, NULL, NULL);
}

static GtkWidget *
newest_toplevel (GtkWidget *but)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (all); i > 0; i--)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (all, i - 1);

      if (window != but && gtk_widget_get_visible (window))
        return window;
    }
  return but;
}

static void
shoot_dialogs (Shots *self)
{
  static const struct { const char *name; void (*open) (GtkWidget *parent); } dialogs[] = {
    { "11-welcome", open_welcome }, { "11-profile", open_profile }, { "11-host", open_host }, { "11-address", open_address },
    { "11-identity", open_identity }, { "11-leave", open_leave }, { "12-preferences", open_preferences }, { "11-avahi", open_help },
    { "13-describe", open_describe },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      GtkWidget *window, *dialog;

      if (!wanted (self, dialogs[i].name))
        continue;
      window = window_new (self, self->full, 1280);
      wait_ms (200);
      dialogs[i].open (gtk_widget_get_first_child (window));
      dialog = newest_toplevel (window);
      gtk_window_set_decorated (GTK_WINDOW (dialog), FALSE);
      take (self, dialog, dialogs[i].name);
      gtk_window_destroy (GTK_WINDOW (dialog));
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
shoot_broken (Shots *self)
{
  g_autoptr(GError) error = g_error_new_literal (TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NEWER, "newer");
  GtkWidget *window;

  if (!wanted (self, "12-broken"))
    return;
  window = tutti_window_new_broken (self->app, error, "~/.local/share/tutti");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_present (GTK_WINDOW (window));
  take (self, window, "12-broken");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
shoot_all (Shots *self, const char *style, AdwColorScheme scheme)
{
  self->style = style;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
  show_jams (self);
  shoot_start (self, "01-start", self->full, 1280);
  shoot_start (self, "09-narrow-start", self->full, 420);
  hide_jams (self);
  shoot_start (self, "01-start-nobody", self->full, 1280);
  shoot_start (self, "01b-start-empty", self->empty, 1280);
  shoot_start (self, "09-narrow-empty", self->empty, 420);
  tutti_fake_discovery_set_state (self->discovery, TUTTI_DISCOVERY_NO_AVAHI);
  shoot_start (self, "01-start-no-avahi", self->full, 1280);
  shoot_start (self, "01b-start-no-avahi", self->empty, 1280);
  tutti_fake_discovery_set_state (self->discovery, TUTTI_DISCOVERY_NO_NETWORK);
  shoot_start (self, "01b-start-no-network", self->empty, 1280);
  tutti_fake_discovery_set_state (self->discovery, TUTTI_DISCOVERY_RUNNING);
  shoot_libraries (self);
  shoot_dialogs (self);
  shoot_broken (self);
}

static TuttiStudio *
studio_new (const char *folder, const char *name, TuttiFakeDiscovery *discovery)
{
  g_autofree char *directory = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;
  TuttiStudio *studio = tutti_studio_new (directory, TUTTI_DISCOVERY (discovery), &error);

  if (studio == NULL)
    g_error ("%s", error->message);
  g_autofree char *picture = tutti_smile (20);

  tutti_studio_set_person (studio, "Sam", TUTTI_PERSON_MINT);
  tutti_studio_set_picture (studio, picture);
  return studio;
}

static void
on_activate (GtkApplication *app, gpointer user_data)
{
  char **arguments = user_data;
  g_autofree char *folder = g_dir_make_tmp ("tutti-shots-XXXXXX", NULL);
  Shots self = { .app = app, .folder = arguments[0], .names = arguments + 1, .discovery = tutti_fake_discovery_new () };
  g_autoptr(GtkCssProvider) plain = gtk_css_provider_new ();

  /* Without a compositor the window's frame would take its share of the size. */
  gtk_css_provider_load_from_data (plain, "window { margin: 0; padding: 0; border: none; box-shadow: none; border-radius: 0; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (plain), GTK_STYLE_PROVIDER_PRIORITY_USER);
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Cantarell 11", "gtk-decoration-layout", ":close", NULL);
  self.full = studio_new (folder, "full", self.discovery);
  self.empty = studio_new (folder, "empty", self.discovery);
  keep_jams (tutti_studio_get_store (self.full));
  shoot_all (&self, "dark", ADW_COLOR_SCHEME_FORCE_DARK);
  shoot_all (&self, "light", ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_object_unref (self.full);
  g_object_unref (self.empty);
  g_object_unref (self.discovery);
}

int
main (int argc, char **argv)
{
  g_autoptr(AdwApplication) app = adw_application_new ("io.github.tuttijam.Tutti", G_APPLICATION_NON_UNIQUE);

  if (argc < 2)
    {
      g_printerr ("tutti-start-shots FOLDER [NAME…]\n");
      return 2;
    }
  gst_init (NULL, NULL);
  tutti_app_init ();
  g_signal_connect (app, "activate", G_CALLBACK (on_activate), argv + 1);
  return g_application_run (G_APPLICATION (app), 1, argv);
}
