/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-start-page.h"

#include "tutti-avatar.h"
#include "tutti-face.h"
#include "tutti-library.h"
#include "tutti-output-devices.h"
#include "tutti-recent.h"
#include "tutti-settings.h"
#include "tutti-tips.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define NARROW 560
#define CONTENT_WIDTH 820
#define EDGE 18
#define NARROW_EDGE 14

struct _TuttiStartPage
{
  GtkWidget     parent_instance;
  TuttiStudio  *studio;        /* owned */
  GCancellable *cancellable;
  GtkWidget    *root, *heading, *back, *new_beat, *search_button, *search_bar, *search, *start, *library;
  GtkWidget    *body, *hero, *art, *title, *subtitle, *host, *host_below, *nearby, *recent;
  GtkWidget    *avatar, *person, *person_hint, *sound;
  gboolean      narrow;
};

G_DEFINE_FINAL_TYPE (TuttiStartPage, tutti_start_page, GTK_TYPE_WIDGET)

/* ---------------------------------------------------------------- what shows */

/* With nothing else to show, why the list is empty becomes the page. */
static void
show_alone (TuttiStartPage *self)
{
  gboolean alone = tutti_nearby_get_empty (TUTTI_NEARBY (self->nearby)) && tutti_recent_get_empty (TUTTI_RECENT (self->recent));

  gtk_widget_set_visible (self->hero, !alone);
  gtk_widget_set_visible (self->host_below, !alone && self->narrow);
  tutti_nearby_set_alone (TUTTI_NEARBY (self->nearby), alone);
}

static void
show_person (TuttiStartPage *self)
{
  g_autoptr(GdkTexture) face = tutti_face_new (tutti_studio_get_picture (self->studio));

  tutti_avatar_set (self->avatar, tutti_studio_get_name (self->studio), tutti_studio_get_colour (self->studio));
  tutti_avatar_set_face (self->avatar, face);
  gtk_label_set_text (GTK_LABEL (self->person), tutti_studio_get_name (self->studio));
}

static void
on_devices (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(TuttiStartPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) devices = tutti_output_devices_list_finish (result, &error);
  g_autofree char *wanted = NULL, *words = NULL;

  if (self->root == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (tutti_settings_get () != NULL)
    wanted = g_settings_get_string (tutti_settings_get (), "output-device");
  for (guint i = 0; devices != NULL && i < devices->len; i++)
    {
      const TuttiOutputDevice *device = devices->pdata[i];

      if (wanted != NULL && *wanted != '\0' ? g_str_equal (device->id, wanted) : device->is_default)
        {
          g_free (words);
          /* Translators: %s is the name of a sound device */
          words = g_strdup_printf (_("Sound: %s"), device->name);
        }
    }
  gtk_label_set_text (GTK_LABEL (self->sound), words != NULL ? words : _("No sound device. The music goes on silently."));
}

void
tutti_start_page_refresh (TuttiStartPage *self)
{
  show_person (self);
  tutti_recent_refresh (TUTTI_RECENT (self->recent));
  tutti_library_refresh (TUTTI_LIBRARY (self->library));
  tutti_output_devices_list_async (self->cancellable, on_devices, g_object_ref (self));
}

void
tutti_start_page_set_joining (TuttiStartPage *self, const char *id)
{
  tutti_nearby_set_joining (TUTTI_NEARBY (self->nearby), id);
}

void
tutti_start_page_doubt (TuttiStartPage *self, const char *id)
{
  tutti_nearby_doubt (TUTTI_NEARBY (self->nearby), id);
}

TuttiNearbyJam *
tutti_start_page_find (TuttiStartPage *self, const char *id)
{
  return tutti_nearby_find (TUTTI_NEARBY (self->nearby), id);
}

static gboolean
shows_library (TuttiStartPage *self)
{
  return gtk_widget_get_visible (self->library);
}

TuttiNearbyJam *
tutti_start_page_find_code (TuttiStartPage *self, const char *code)
{
  return tutti_nearby_find_code (TUTTI_NEARBY (self->nearby), code);
}

void
tutti_start_page_set_search (TuttiStartPage *self, gboolean search)
{
  if (shows_library (self))
    {
      tutti_library_search (TUTTI_LIBRARY (self->library));
      return;
    }
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), search);
}

void
tutti_start_page_show_library (TuttiStartPage *self, gboolean library)
{
  gtk_widget_set_visible (self->start, !library);
  gtk_widget_set_visible (self->library, library);
  gtk_widget_set_visible (self->back, library);
  gtk_widget_set_visible (self->new_beat, !library || !self->narrow);
  gtk_widget_set_visible (self->search_button, !library);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->heading), library ? _("Your Jams") : "Tutti");
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), FALSE);
  if (!library)
    return;
  tutti_library_refresh (TUTTI_LIBRARY (self->library));
  tutti_library_search (TUTTI_LIBRARY (self->library));
}

gboolean
tutti_start_page_leave_library (TuttiStartPage *self)
{
  gboolean shown = shows_library (self);

  if (shown)
    tutti_start_page_show_library (self, FALSE);
  return shown;
}

static void
on_search (GtkSearchEntry *entry, TuttiStartPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  tutti_nearby_set_filter (TUTTI_NEARBY (self->nearby), text);
  tutti_recent_set_filter (TUTTI_RECENT (self->recent), text);
}

/* ---------------------------------------------------------------- building */

static GMenuModel *
primary_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) music = g_menu_new (), program = g_menu_new ();

  g_menu_append (music, _("New Beat"), "win.new-beat");
  g_menu_append (music, _("Host a Jam…"), "win.host");
  g_menu_append (music, _("Enter Address…"), "win.join-address");
  g_menu_append (music, _("Your Jams"), "win.library");
  g_menu_append (program, _("Preferences"), "app.preferences");
  g_menu_append (program, _("Keyboard Shortcuts"), "win.show-help-overlay");
  g_menu_append (program, _("About Tutti"), "app.about");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (music));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (program));
  return G_MENU_MODEL (menu);
}

static GtkWidget *
build_header (TuttiStartPage *self)
{
  GtkWidget *header = adw_header_bar_new (), *menu = gtk_menu_button_new (), *content = adw_button_content_new ();
  g_autoptr(GMenuModel) model = primary_menu ();

  self->new_beat = gtk_button_new ();
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "tutti-add-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("New Beat"));
  gtk_button_set_child (GTK_BUTTON (self->new_beat), content);
  self->back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_widget_set_tooltip_text (self->back, _("Back (Ctrl+W)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->back), "win.back");
  gtk_widget_set_visible (self->back, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->new_beat), "win.new-beat");
  gtk_widget_set_tooltip_text (self->new_beat, _("New Beat (Ctrl+N)"));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu), model);
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (menu), TRUE);
  gtk_widget_set_tooltip_text (menu, _("Main Menu (F10)"));
  self->search_button = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->search_button), "system-search-symbolic");
  gtk_widget_set_tooltip_text (self->search_button, _("Search (Ctrl+F)"));
  self->heading = adw_window_title_new ("Tutti", NULL);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->new_beat);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), menu);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->search_button);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->heading);
  return header;
}

static GtkWidget *
build_search (TuttiStartPage *self)
{
  self->search_bar = gtk_search_bar_new ();
  self->search = gtk_search_entry_new ();
  gtk_widget_set_size_request (self->search, 300, -1);
  gtk_search_bar_set_child (GTK_SEARCH_BAR (self->search_bar), self->search);
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar), GTK_EDITABLE (self->search));
  g_object_bind_property (self->search_bar, "search-mode-enabled", self->search_button, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect (self->search, "search-changed", G_CALLBACK (on_search), self);
  return self->search_bar;
}

static GtkWidget *
host_button_new (void)
{
  GtkWidget *button = gtk_button_new (), *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "tutti-host-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("Host a Jam"));
  gtk_widget_set_halign (content, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "pill-wide");
  gtk_widget_add_css_class (button, "hero-button");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.host");
  gtk_widget_set_tooltip_text (button, _("Host a Jam (Ctrl+H)"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
build_hero (TuttiStartPage *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->hero = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 22);
  self->art = gtk_image_new_from_icon_name ("io.github.tuttijam.Tutti");
  gtk_widget_add_css_class (self->art, "hero-art");
  self->title = gtk_label_new (_("Make music together"));
  self->subtitle = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_xalign (GTK_LABEL (self->subtitle), 0);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_label_set_wrap (GTK_LABEL (self->subtitle), TRUE);
  gtk_widget_add_css_class (self->subtitle, "hero-subtitle");
  gtk_box_append (GTK_BOX (words), self->title);
  gtk_box_append (GTK_BOX (words), self->subtitle);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  self->host = host_button_new ();
  gtk_box_append (GTK_BOX (self->hero), self->art);
  gtk_box_append (GTK_BOX (self->hero), words);
  gtk_box_append (GTK_BOX (self->hero), self->host);
  return self->hero;
}

static GtkWidget *
build_body (TuttiStartPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();

  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->host_below = host_button_new ();
  self->nearby = tutti_nearby_new (tutti_studio_get_discovery (self->studio));
  self->recent = tutti_recent_new (self->studio);
  gtk_box_append (GTK_BOX (self->body), build_hero (self));
  gtk_box_append (GTK_BOX (self->body), self->host_below);
  gtk_box_append (GTK_BOX (self->body), self->nearby);
  gtk_box_append (GTK_BOX (self->body), self->recent);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), CONTENT_WIDTH + 2 * EDGE);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), CONTENT_WIDTH + 2 * EDGE);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->body);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scrolled, TRUE);
  g_signal_connect_object (self->nearby, "notify::empty", G_CALLBACK (show_alone), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->recent, "notify::empty", G_CALLBACK (show_alone), self, G_CONNECT_SWAPPED);
  return scrolled;
}

/* One of them shows. Not a stack: assistive technology sees what lies in one unseen. */
static void
add_pages (TuttiStartPage *self)
{
  self->start = build_body (self);
  self->library = tutti_library_new (self->studio);
  gtk_widget_set_vexpand (self->library, TRUE);
  gtk_widget_set_visible (self->library, FALSE);
  gtk_box_append (GTK_BOX (self->root), self->start);
  gtk_box_append (GTK_BOX (self->root), self->library);
}

static GtkWidget *
build_profile (TuttiStartPage *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *edit = gtk_button_new_from_icon_name ("tutti-pencil-symbolic");

  self->avatar = tutti_avatar_new (NULL);
  self->person = gtk_label_new (NULL);
  self->person_hint = gtk_label_new (_("your name and colour in every jam"));
  self->sound = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->person, "heading");
  gtk_widget_add_css_class (self->person_hint, "dim-label");
  gtk_widget_add_css_class (self->sound, "dim-label");
  gtk_widget_add_css_class (self->sound, "caption");
  gtk_label_set_ellipsize (GTK_LABEL (self->person), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (self->sound), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->sound), 1);
  gtk_widget_set_hexpand (self->sound, TRUE);
  gtk_widget_add_css_class (edit, "flat");
  gtk_widget_set_valign (edit, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (edit, _("Your Name and Colour"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (edit), "win.profile");
  gtk_box_append (GTK_BOX (bar), self->avatar);
  gtk_box_append (GTK_BOX (bar), self->person);
  gtk_box_append (GTK_BOX (bar), self->person_hint);
  gtk_box_append (GTK_BOX (bar), edit);
  gtk_box_append (GTK_BOX (bar), self->sound);
  gtk_widget_add_css_class (bar, "profile-bar");
  return bar;
}

/* ---------------------------------------------------------------- wide and narrow */

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  (on ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (widget, name);
}

static void
fit (TuttiStartPage *self)
{
  GtkWidget *content = gtk_button_get_child (GTK_BUTTON (self->new_beat));
  int edge = self->narrow ? NARROW_EDGE : EDGE;

  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), self->narrow ? "" : _("New Beat"));
  gtk_label_set_text (GTK_LABEL (self->subtitle), self->narrow ? _("Same beat, same instant.")
                                                               : _("Everyone in the room plays one groove-box. Same beat, same instant."));
  set_class (self->title, "title-1", !self->narrow);
  set_class (self->title, "title-2", self->narrow);
  set_class (self->art, "narrow", self->narrow);
  gtk_box_set_spacing (GTK_BOX (self->hero), self->narrow ? 14 : 22);
  gtk_widget_set_visible (self->host, !self->narrow);
  gtk_widget_set_visible (self->person_hint, !self->narrow);
  gtk_widget_set_visible (self->sound, !self->narrow);
  gtk_widget_set_hexpand (self->person, self->narrow);
  gtk_label_set_xalign (GTK_LABEL (self->person), 0);
  gtk_widget_set_margin_start (self->body, edge);
  gtk_widget_set_margin_end (self->body, edge);
  gtk_widget_set_margin_top (self->body, self->narrow ? 22 : 40);
  gtk_widget_set_margin_bottom (self->body, 24);
  gtk_widget_set_margin_top (self->host_below, 20);
  gtk_widget_set_margin_top (self->nearby, self->narrow ? 22 : 34);
  gtk_widget_set_margin_top (self->recent, self->narrow ? 18 : 28);
  tutti_nearby_set_narrow (TUTTI_NEARBY (self->nearby), self->narrow);
  tutti_recent_set_narrow (TUTTI_RECENT (self->recent), self->narrow);
  tutti_library_set_narrow (TUTTI_LIBRARY (self->library), self->narrow);
  gtk_widget_set_visible (self->new_beat, !shows_library (self) || !self->narrow);
  show_alone (self);
}

static gboolean
fit_later (gpointer user_data)
{
  TuttiStartPage *self = user_data;

  if (self->root != NULL)
    fit (self);
  return G_SOURCE_REMOVE;
}

static void
tutti_start_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TuttiStartPage *self = TUTTI_START_PAGE (widget);
  gboolean narrow = width < NARROW;

  if (narrow != self->narrow)
    {
      self->narrow = narrow;
      /* Not from inside an allocation. */
      g_idle_add_full (G_PRIORITY_HIGH, fit_later, g_object_ref (self), g_object_unref);
    }
  gtk_widget_size_allocate (self->root, &(GtkAllocation) { 0, 0, width, height }, -1);
}

/* Narrow by will: what does not fit is on its way out when this is too small for it. */
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
  TuttiStartPage *self = TUTTI_START_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->studio);
  G_OBJECT_CLASS (tutti_start_page_parent_class)->dispose (object);
}

static void
tutti_start_page_class_init (TuttiStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_start_page_dispose;
  widget_class->measure = tutti_start_page_measure;
  widget_class->size_allocate = tutti_start_page_size_allocate;
}

static void
tutti_start_page_init (TuttiStartPage *self)
{
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
tutti_start_page_new (TuttiStudio *studio)
{
  TuttiStartPage *self = g_object_new (TUTTI_TYPE_START_PAGE, NULL);

  self->studio = g_object_ref (studio);
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->root), build_header (self));
  gtk_box_append (GTK_BOX (self->root), build_search (self));
  add_pages (self);
  gtk_box_append (GTK_BOX (self->root), build_profile (self));
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  fit (self);
  tutti_tips_speak (self->root);
  g_signal_connect_object (studio, "picture-changed", G_CALLBACK (show_person), self, G_CONNECT_SWAPPED);
  tutti_start_page_refresh (self);
  return GTK_WIDGET (self);
}
