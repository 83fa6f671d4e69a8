/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-start-page.h"

#include "tutti-glyph.h"
#include "tutti-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define NARROW 560

struct _TuttiStartPage
{
  GtkWidget    parent_instance;
  GtkWidget   *root, *hero, *hero_text, *hero_button, *subtitle, *nearby_title, *spinner, *nearby, *empty, *kept_title, *kept,
              *avatar, *beat_words,
              *profile_name, *profile_hint, *sound, *address_card, *address, *stack, *avahi_button;
  TuttiLooking looking;
  guint        n_nearby, n_kept;
  gboolean     narrow;
};

G_DEFINE_FINAL_TYPE (TuttiStartPage, tutti_start_page, GTK_TYPE_WIDGET)

static void
on_simple (GtkButton *button, TuttiStartPage *self)
{
  g_signal_emit_by_name (self, g_object_get_data (G_OBJECT (button), "tutti-signal"));
}

static GtkWidget *
wire (TuttiStartPage *self, GtkWidget *button, const char *signal)
{
  g_object_set_data (G_OBJECT (button), "tutti-signal", (gpointer) signal);
  g_signal_connect (button, "clicked", G_CALLBACK (on_simple), self);
  return button;
}

static GtkWidget *
icon_words (const char *icon, const char *words)
{
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), words);
  gtk_widget_set_halign (content, GTK_ALIGN_CENTER);
  return content;
}

static GtkWidget *
host_button (TuttiStartPage *self)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), icon_words ("tutti-host-symbolic", _("Host a Jam")));
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_add_css_class (button, "pill-wide");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return wire (self, button, "host");
}

static GtkWidget *
label (const char *text, const char *css_class)
{
  GtkWidget *widget = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (widget), 0);
  gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (widget, css_class);
  return widget;
}

/* ---------------------------------------------------------------- rows and cards */

static char *
row_words (const TuttiNearby *nearby, gboolean narrow)
{
  GString *words = g_string_new (NULL);
  g_autofree char *tempo = tutti_words_tempo (nearby->tempo_cbpm);

  g_string_append_printf (words, ngettext ("%u of %u person", "%u of %u people", nearby->people_max), nearby->people,
                          nearby->people_max);
  if (narrow)
    g_string_append_printf (words, _(" · %s BPM"), tempo);
  else if (*nearby->machine != '\0')
    g_string_append_printf (words, _(" · on %s"), nearby->machine);
  if (nearby->locked)
    g_string_append (words, _(" · passcode"));
  return g_string_free (words, FALSE);
}

static void
draw_dots (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  guint people = GPOINTER_TO_UINT (user_data) & 0xff, most = GPOINTER_TO_UINT (user_data) >> 8;
  GdkRGBA colour;
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (area));

  gtk_style_context_get_color (style, &colour);
  for (guint i = 0; i < most; i++)
    {
      cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, i < people ? 1 : 0.18);
      cairo_arc (cr, width - (most - i) * 9.0 + 4.5, height / 2.0, 3.6, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static GtkWidget *
dots (const TuttiNearby *nearby)
{
  GtkWidget *area = gtk_drawing_area_new ();
  guint colour = (g_str_hash (nearby->id) * 2654435761u >> 20) % TUTTI_N_COLOURS;

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), (int) nearby->people_max * 9);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), 10);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_dots,
                                  GUINT_TO_POINTER (nearby->people_max << 8 | MIN (nearby->people, 255)), NULL);
  gtk_widget_add_css_class (area, "glyph-bare");
  tutti_set_colour_class (area, "track", tutti_colour_names, (int) colour);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  return area;
}

static void
on_join (GtkButton *button, TuttiStartPage *self)
{
  g_signal_emit_by_name (self, "join", g_object_get_data (G_OBJECT (button), "tutti-id"));
}

static GtkWidget *
join_button (TuttiStartPage *self, const TuttiNearby *nearby, gboolean first)
{
  GtkWidget *button = gtk_button_new_with_label (_("Join"));

  if (nearby->joining)
    {
      GtkWidget *spinner = gtk_spinner_new ();
      gtk_spinner_start (GTK_SPINNER (spinner));
      gtk_button_set_child (GTK_BUTTON (button), spinner);
    }
  gtk_widget_add_css_class (button, "join");
  if (first)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, !nearby->joining && nearby->people < nearby->people_max);
  g_object_set_data_full (G_OBJECT (button), "tutti-id", g_strdup (nearby->id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_join), self);
  return button;
}

static GtkWidget *
nearby_row (TuttiStartPage *self, const TuttiNearby *nearby, gboolean first)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *tempo;
  g_autofree char *words = row_words (nearby, self->narrow), *bpm = tutti_words_tempo (nearby->tempo_cbpm), *tempo_words = NULL;

  gtk_widget_add_css_class (row, "start-row");
  gtk_box_append (GTK_BOX (row), tutti_miniature_tile_new (nearby->id));
  gtk_box_append (GTK_BOX (line), label (nearby->name, "heading"));
  if (nearby->locked)
    gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("tutti-lock-symbolic"));
  if (nearby->people >= nearby->people_max)
    {
      gtk_box_append (GTK_BOX (line), label (_("Full"), "chip"));
      gtk_widget_set_valign (gtk_widget_get_last_child (line), GTK_ALIGN_CENTER);
    }
  gtk_box_append (GTK_BOX (texts), line);
  gtk_box_append (GTK_BOX (texts), label (words, "caption"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (texts), "dim-label");
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (row), texts);
  if (!self->narrow)
    {
      tempo_words = g_strdup_printf (_("%s BPM"), bpm);
      tempo = label (tempo_words, "tempo-text");
      gtk_widget_add_css_class (tempo, "numeric");
      gtk_label_set_width_chars (GTK_LABEL (tempo), 9);
      gtk_label_set_xalign (GTK_LABEL (tempo), 1);
      if (nearby->people_max <= 16)
        gtk_box_append (GTK_BOX (row), dots (nearby));
      gtk_box_append (GTK_BOX (row), tempo);
    }
  gtk_box_append (GTK_BOX (row), join_button (self, nearby, first));
  return row;
}

static void
on_open (GtkButton *button, TuttiStartPage *self)
{
  g_signal_emit_by_name (self, "open", g_object_get_data (G_OBJECT (button), "tutti-id"));
}

static char *
kept_words (const TuttiKept *kept)
{
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (kept->opened_us / G_USEC_PER_SEC);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  gint64 days = g_date_time_difference (now, then) / G_TIME_SPAN_DAY;
  g_autofree char *when = days <= 0 ? g_strdup (_("Today")) : days == 1 ? g_strdup (_("Yesterday"))
                          : days < 7 ? g_date_time_format (then, "%A") : g_date_time_format (then, "%-e %B");

  return g_strdup_printf (ngettext ("%s · %u track", "%s · %u tracks", kept->n_tracks), g_strstrip (when), kept->n_tracks);
}

static GtkWidget *
kept_card (TuttiStartPage *self, const TuttiKept *kept)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (self->narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *picture;
  g_autofree char *words = kept_words (kept);

  picture = self->narrow ? tutti_miniature_tile_new (kept->id) : tutti_miniature_new ();
  if (!self->narrow)
    tutti_miniature_set_pattern (TUTTI_MINIATURE (picture), &kept->pattern);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "activatable");
  gtk_widget_add_css_class (button, "jam-card");
  gtk_box_append (GTK_BOX (texts), label (kept->name, "heading"));
  gtk_box_append (GTK_BOX (texts), label (words, "caption"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (texts), "dim-label");
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_hexpand (button, TRUE);
  g_object_set_data_full (G_OBJECT (button), "tutti-id", g_strdup (kept->id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_open), self);
  return button;
}

/* ---------------------------------------------------------------- showing */

static void
show_parts (TuttiStartPage *self)
{
  gboolean nothing = self->n_nearby == 0 && self->n_kept == 0;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), nothing ? "empty" : "lists");
  gtk_widget_set_visible (self->nearby, self->n_nearby > 0);
  gtk_widget_set_visible (self->empty, self->n_nearby == 0);
  gtk_widget_set_visible (self->kept, self->n_kept > 0);
  gtk_widget_set_visible (self->kept_title, self->n_kept > 0);
}

void
tutti_start_page_set_nearby (TuttiStartPage *self, const TuttiNearby *nearby, guint n)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->nearby)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->nearby), child);
  for (guint i = 0; i < n; i++)
    {
      gtk_list_box_append (GTK_LIST_BOX (self->nearby), nearby_row (self, &nearby[i], i == 0));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (gtk_widget_get_last_child (self->nearby)), FALSE);
      gtk_widget_set_focusable (gtk_widget_get_last_child (self->nearby), FALSE);
    }
  self->n_nearby = n;
  show_parts (self);
}

void
tutti_start_page_set_kept (TuttiStartPage *self, const TuttiKept *kept, guint n)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->kept)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->kept), child);
  for (guint i = 0; i < n; i++)
    {
      gtk_flow_box_append (GTK_FLOW_BOX (self->kept), kept_card (self, &kept[i]));
      gtk_widget_set_focusable (gtk_widget_get_last_child (self->kept), FALSE);
    }
  self->n_kept = n;
  show_parts (self);
}

static void
show_status (TuttiStartPage *self)
{
  static const struct { const char *icon, *title, *text; } words[] = {
    { "tutti-pattern-symbolic", N_("No Jams Nearby"),
      N_("Jams on this network appear here by themselves. Be the first, and the others will see yours.") },
    { "tutti-host-symbolic", N_("Cannot Look for Jams"),
      N_("Avahi, the service that finds others on this network, is not running. You can still host, and join by address.") },
    { "network-offline-symbolic", N_("No Network"),
      N_("Connect to a network to find others. You can make a beat alone meanwhile.") },
  };
  AdwStatusPage *page = ADW_STATUS_PAGE (gtk_stack_get_child_by_name (GTK_STACK (self->stack), "empty"));

  adw_status_page_set_icon_name (page, words[self->looking].icon);
  adw_status_page_set_title (page, _(words[self->looking].title));
  adw_status_page_set_description (page, _(words[self->looking].text));
  gtk_label_set_text (GTK_LABEL (self->empty), _(words[self->looking].text));
  gtk_widget_set_visible (self->spinner, self->looking == TUTTI_LOOKING);
}

void
tutti_start_page_set_looking (TuttiStartPage *self, TuttiLooking looking, const char *address)
{
  self->looking = looking;
  gtk_widget_set_visible (self->address_card, looking == TUTTI_LOOKING_NO_AVAHI && address != NULL);
  gtk_label_set_text (GTK_LABEL (self->address), address != NULL ? address : "");
  show_status (self);
}

void
tutti_start_page_set_profile (TuttiStartPage *self, const char *name, int colour)
{
  tutti_avatar_set (self->avatar, name, colour);
  gtk_label_set_text (GTK_LABEL (self->profile_name), name);
}

void
tutti_start_page_set_sound (TuttiStartPage *self, const char *words)
{
  gtk_label_set_text (GTK_LABEL (self->sound), words);
}

/* ---------------------------------------------------------------- building */

static void
on_copy (GtkButton *button, TuttiStartPage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_text (GTK_LABEL (self->address)));
}

static GtkWidget *
build_address (TuttiStartPage *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *copy = gtk_button_new_with_label (_("Copy"));

  self->address_card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (self->address_card, "card");
  gtk_widget_add_css_class (self->address_card, "panel-card");
  self->address = label (NULL, "heading");
  gtk_widget_set_hexpand (self->address, TRUE);
  gtk_label_set_selectable (GTK_LABEL (self->address), TRUE);
  gtk_widget_add_css_class (copy, "flat");
  g_signal_connect (copy, "clicked", G_CALLBACK (on_copy), self);
  gtk_box_append (GTK_BOX (row), self->address);
  gtk_box_append (GTK_BOX (row), copy);
  gtk_box_append (GTK_BOX (self->address_card), label (_("When you host, others can join at"), "dim-label"));
  gtk_box_append (GTK_BOX (self->address_card), row);
  gtk_widget_set_size_request (self->address_card, 340, -1);
  gtk_widget_set_margin_top (self->address_card, 12);
  gtk_widget_set_visible (self->address_card, FALSE);
  return self->address_card;
}

static GtkWidget *
build_empty (TuttiStartPage *self)
{
  GtkWidget *page = adw_status_page_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *enter, *demo;

  enter = wire (self, gtk_button_new_with_label (_("Enter Address")), "enter-address");
  demo = wire (self, gtk_button_new (), "new-beat");
  gtk_button_set_child (GTK_BUTTON (demo), icon_words ("media-playback-start-symbolic", _("Try the Demo Beat Alone")));
  gtk_widget_add_css_class (enter, "pill-wide");
  gtk_widget_add_css_class (demo, "flat");
  gtk_widget_add_css_class (demo, "pill-wide");
  gtk_box_append (GTK_BOX (box), host_button (self));
  gtk_box_append (GTK_BOX (box), enter);
  gtk_box_append (GTK_BOX (box), demo);
  gtk_box_append (GTK_BOX (box), build_address (self));
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_halign (child, GTK_ALIGN_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);
  return page;
}

static GtkWidget *
build_hero (TuttiStartPage *self)
{
  GtkWidget *art = gtk_image_new_from_icon_name ("io.github.tuttijam.Tutti"), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 22);

  gtk_image_set_pixel_size (GTK_IMAGE (art), 84);
  self->hero = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  self->hero_text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->subtitle = label (_("Everyone in the room plays one groove-box. Same beat, same instant."), "dim-label");
  gtk_label_set_wrap (GTK_LABEL (self->subtitle), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (self->subtitle), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_ellipsize (GTK_LABEL (self->subtitle), PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (self->hero_text), label (_("Make music together"), "title-1"));
  gtk_box_append (GTK_BOX (self->hero_text), self->subtitle);
  gtk_widget_set_valign (self->hero_text, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (line, TRUE);
  gtk_box_append (GTK_BOX (line), art);
  gtk_box_append (GTK_BOX (line), self->hero_text);
  self->hero_button = host_button (self);
  gtk_box_append (GTK_BOX (self->hero), line);
  gtk_box_append (GTK_BOX (self->hero), self->hero_button);
  gtk_widget_set_margin_bottom (self->hero, 26);
  return self->hero;
}

static GtkWidget *
build_nearby_title (TuttiStartPage *self)
{
  GtkWidget *enter = wire (self, gtk_button_new (), "enter-address"), *spring = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->nearby_title = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  self->spinner = gtk_spinner_new ();
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  gtk_button_set_child (GTK_BUTTON (enter), icon_words ("list-add-symbolic", _("Enter Address")));
  gtk_widget_add_css_class (enter, "flat");
  gtk_widget_set_hexpand (spring, TRUE);
  gtk_box_append (GTK_BOX (self->nearby_title), label (_("Nearby Jams"), "heading"));
  gtk_box_append (GTK_BOX (self->nearby_title), self->spinner);
  gtk_box_append (GTK_BOX (self->nearby_title), spring);
  gtk_box_append (GTK_BOX (self->nearby_title), enter);
  return self->nearby_title;
}

static GtkWidget *
build_lists (TuttiStartPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *clamp = adw_clamp_new (), *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->nearby = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->nearby), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->nearby, "boxed-list");
  self->empty = label (NULL, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (self->empty), PANGO_ELLIPSIZE_NONE);
  self->kept_title = label (_("Your Jams"), "heading");
  gtk_widget_set_margin_top (self->kept_title, 28);
  self->kept = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->kept), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->kept), TRUE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->kept), 1);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->kept), 3);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->kept), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->kept), 6);
  gtk_box_append (GTK_BOX (column), build_hero (self));
  gtk_box_append (GTK_BOX (column), build_nearby_title (self));
  gtk_box_append (GTK_BOX (column), self->nearby);
  gtk_box_append (GTK_BOX (column), self->empty);
  gtk_box_append (GTK_BOX (column), self->kept_title);
  gtk_box_append (GTK_BOX (column), self->kept);
  gtk_widget_set_margin_top (column, 40);
  gtk_widget_set_margin_bottom (column, 24);
  gtk_widget_set_margin_start (column, 14);
  gtk_widget_set_margin_end (column, 14);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 848);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 848);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

static GtkWidget *
build_profile (TuttiStartPage *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *edit = gtk_button_new_from_icon_name ("tutti-pencil-symbolic");

  gtk_widget_add_css_class (bar, "profile-bar");
  self->avatar = tutti_avatar_new (NULL);
  self->profile_name = label (NULL, "heading");
  self->profile_hint = label (_("your name and colour in every jam"), "dim-label");
  self->sound = label (NULL, "caption");
  gtk_widget_add_css_class (self->sound, "dim-label");
  gtk_widget_set_hexpand (self->sound, TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->sound), 1);
  gtk_widget_add_css_class (edit, "flat");
  gtk_widget_set_valign (edit, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (edit, _("Change Name and Colour"));
  gtk_box_append (GTK_BOX (bar), self->avatar);
  gtk_box_append (GTK_BOX (bar), self->profile_name);
  gtk_box_append (GTK_BOX (bar), self->profile_hint);
  gtk_box_append (GTK_BOX (bar), wire (self, edit, "edit-profile"));
  gtk_box_append (GTK_BOX (bar), self->sound);
  return bar;
}

static GtkWidget *
build_header (TuttiStartPage *self)
{
  GtkWidget *header = adw_header_bar_new (), *beat = wire (self, gtk_button_new (), "new-beat"), *menu = gtk_menu_button_new ();
  g_autoptr(GMenu) model = g_menu_new ();

  self->beat_words = icon_words ("list-add-symbolic", _("New Beat"));
  gtk_button_set_child (GTK_BUTTON (beat), self->beat_words);
  gtk_widget_add_css_class (beat, "flat");
  gtk_widget_set_tooltip_text (beat, _("New Beat (Ctrl+N)"));
  g_menu_append (model, _("Preferences"), "app.preferences");
  g_menu_append (model, _("Keyboard Shortcuts"), "win.show-help-overlay");
  g_menu_append (model, _("About Tutti"), "app.about");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu), G_MENU_MODEL (model));
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (menu), TRUE);
  gtk_widget_set_tooltip_text (menu, _("Main Menu (F10)"));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), beat);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), menu);
  /* Translators: the name of the program */
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (_("Tutti"), NULL));
  return header;
}

static gboolean
fit (gpointer user_data)
{
  g_autoptr(TuttiStartPage) self = user_data;

  if (self->root == NULL)
    return G_SOURCE_REMOVE;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->hero), self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_label_set_text (GTK_LABEL (self->subtitle), self->narrow ? _("Same beat, same instant.")
                                                                : _("Everyone in the room plays one groove-box. Same beat, same instant."));
  adw_button_content_set_label (ADW_BUTTON_CONTENT (self->beat_words), self->narrow ? "" : _("New Beat"));
  gtk_widget_set_visible (self->profile_hint, !self->narrow);
  gtk_widget_set_visible (self->sound, !self->narrow);
  g_signal_emit_by_name (self, "refit");
  return G_SOURCE_REMOVE;
}

static void
tutti_start_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TuttiStartPage *self = TUTTI_START_PAGE (widget);

  if ((width < NARROW) != self->narrow)
    {
      self->narrow = width < NARROW;
      g_idle_add_full (G_PRIORITY_HIGH, fit, g_object_ref (self), NULL);
    }
  gtk_widget_size_allocate (self->root, &(GtkAllocation) { 0, 0, width, height }, -1);
}

static void
tutti_start_page_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (TUTTI_START_PAGE (widget)->root, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, 360);
}

static void
tutti_start_page_dispose (GObject *object)
{
  g_clear_pointer (&TUTTI_START_PAGE (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (tutti_start_page_parent_class)->dispose (object);
}

static void
tutti_start_page_class_init (TuttiStartPageClass *klass)
{
  static const char * const plain[] = { "host", "new-beat", "enter-address", "edit-profile", "refit" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_start_page_dispose;
  widget_class->size_allocate = tutti_start_page_size_allocate;
  widget_class->measure = tutti_start_page_measure;
  /* "refit": the width now asks for other rows; whoever filled the lists fills them again. */
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    g_signal_new (plain[i], TUTTI_TYPE_START_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("join", TUTTI_TYPE_START_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("open", TUTTI_TYPE_START_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tutti_start_page_init (TuttiStartPage *self)
{
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), build_lists (self), "lists");
  gtk_stack_add_named (GTK_STACK (self->stack), build_empty (self), "empty");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (self->root), build_header (self));
  gtk_box_append (GTK_BOX (self->root), self->stack);
  gtk_box_append (GTK_BOX (self->root), build_profile (self));
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  show_status (self);
  show_parts (self);
}

GtkWidget *
tutti_start_page_new (void)
{
  return g_object_new (TUTTI_TYPE_START_PAGE, NULL);
}
