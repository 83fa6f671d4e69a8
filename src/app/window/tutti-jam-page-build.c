/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-page-private.h"

#include "tutti-bar.h"
#include "tutti-chat-page.h"
#include "tutti-clips-page.h"
#include "tutti-desk.h"
#include "tutti-history-page.h"
#include "tutti-jam-menus.h"
#include "tutti-mixer-page.h"
#include "tutti-people-page.h"
#include "tutti-timing-page.h"
#include "tutti-transport-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define PANEL_WIDTH 344

static GtkWidget *
icon_button (const char *icon, const char *action, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  return button;
}

static GtkWidget *
build_name (TuttiJamPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autoptr(GMenuModel) menu = tutti_jam_menu_new ();

  self->name = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->name), 20);
  gtk_widget_add_css_class (self->name, "heading");
  gtk_box_append (GTK_BOX (box), self->name);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("tutti-expand-symbolic"));
  self->name_button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->name_button), box);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->name_button), menu);
  gtk_widget_add_css_class (self->name_button, "flat");
  gtk_widget_set_tooltip_text (self->name_button, _("This Jam"));
  return self->name_button;
}

static GtkWidget *
build_people (TuttiJamPage *self)
{
  self->faces = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->people = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->people), self->faces);
  gtk_widget_add_css_class (self->people, "people");
  gtk_widget_add_css_class (self->people, "flat");
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->people), "page.panel::people");
  gtk_widget_set_tooltip_text (self->people, _("People (F9)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->people), GTK_ACCESSIBLE_PROPERTY_LABEL, _("People"), -1);
  return self->people;
}

static GtkWidget *
build_header (TuttiJamPage *self)
{
  AdwHeaderBar *header = ADW_HEADER_BAR (self->header = adw_header_bar_new ());
  g_autoptr(GMenuModel) menu = tutti_primary_menu_new ();

  self->back = icon_button ("go-previous-symbolic", "page.leave", _("Back to the Start (Ctrl+W)"));
  self->undo = icon_button ("edit-undo-symbolic", "jam.undo", _("Undo Mine (Ctrl+Z)"));
  self->redo = icon_button ("edit-redo-symbolic", "jam.redo", _("Redo Mine (Ctrl+Shift+Z)"));
  self->title = adw_view_switcher_title_new ();
  adw_view_switcher_title_set_stack (ADW_VIEW_SWITCHER_TITLE (self->title), ADW_VIEW_STACK (self->stack));
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (self->menu), TRUE);
  gtk_widget_set_tooltip_text (self->menu, _("Main Menu (F10)"));
  adw_header_bar_pack_start (header, self->back);
  adw_header_bar_pack_start (header, build_name (self));
  adw_header_bar_pack_start (header, self->undo);
  adw_header_bar_pack_start (header, self->redo);
  adw_header_bar_set_title_widget (header, self->title);
  adw_header_bar_set_centering_policy (header, ADW_CENTERING_POLICY_STRICT);
  adw_header_bar_pack_end (header, self->menu);
  self->share = icon_button ("tutti-share-symbolic", "page.share", _("Share"));
  adw_header_bar_pack_end (header, self->share);
  adw_header_bar_pack_end (header, build_people (self));
  return self->header;
}

static void
add_view (GtkWidget *stack, GtkWidget *page, const char *name, const char *title, const char *icon)
{
  AdwViewStackPage *view = adw_view_stack_add_titled (ADW_VIEW_STACK (stack), page, name, title);

  adw_view_stack_page_set_icon_name (view, icon);
}

static void
build_views (TuttiJamPage *self)
{
  self->stack = adw_view_stack_new ();
  /* Each view asks for its own room: the mixer is tall, and has no desk below it. */
  adw_view_stack_set_vhomogeneous (ADW_VIEW_STACK (self->stack), FALSE);
  adw_view_stack_set_hhomogeneous (ADW_VIEW_STACK (self->stack), FALSE);
  self->pattern = tutti_pattern_page_new (self->session);
  self->clips = tutti_clips_page_new (self->session);
  self->notes = tutti_notes_page_new (self->session);
  self->mixer = tutti_mixer_page_new (self->session);
  self->desk = tutti_desk_new (tutti_jam_page_grid (self));
  add_view (self->stack, self->pattern, "pattern", _("Pattern"), "tutti-pattern-symbolic");
  add_view (self->stack, self->clips, "clips", _("Clips"), "tutti-clips-symbolic");
  add_view (self->stack, self->notes, "notes", _("Notes"), "tutti-notes-symbolic");
  add_view (self->stack, self->mixer, "mixer", _("Mixer"), "tutti-mixer-symbolic");
  gtk_widget_set_vexpand (self->stack, TRUE);
}

/* A dot at the page and at the button that opens the panel. */
static void
on_unread (TuttiChatPage *chat, guint n, TuttiJamPage *self)
{
  AdwViewStackPage *page = adw_view_stack_get_page (ADW_VIEW_STACK (self->panel_stack), GTK_WIDGET (chat));
  g_autofree char *words = n == 0 ? g_strdup (_("People (F9)"))
                                  : g_strdup_printf (ngettext ("People (F9) · %u new message", "People (F9) · %u new messages", n), n);

  adw_view_stack_page_set_needs_attention (page, n > 0);
  adw_view_stack_page_set_badge_number (page, n);
  if (n > 0)
    gtk_widget_add_css_class (self->people, "unread");
  else
    gtk_widget_remove_css_class (self->people, "unread");
  if (g_strcmp0 (words, gtk_widget_get_tooltip_text (self->people)) != 0)
    gtk_widget_set_tooltip_text (self->people, words);
}

static void
on_show_track (TuttiChatPage *chat, const TuttiId *track, TuttiJamPage *self)
{
  guint row;

  tutti_jam_page_set_view (self, "pattern");
  if (tutti_jam_track (tutti_session_get_jam (self->session), *track, &row) != NULL)
    tutti_step_grid_focus_step (tutti_jam_page_grid (self), (int) row, 0, TRUE);
}

/* Long words do not make the panel wider than it is meant to be; over a narrow window it takes what there is. */
void
tutti_jam_page_fit_panel (TuttiJamPage *self)
{
  int width = self->narrow ? TUTTI_JAM_PAGE_NARROW : PANEL_WIDTH;

  adw_clamp_set_maximum_size (ADW_CLAMP (self->panel_clamp), width);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->panel_clamp), width);
}

static GtkWidget *
build_panel (TuttiJamPage *self)
{
  GtkWidget *panel = adw_bin_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *switcher = adw_view_switcher_new ();

  self->panel_stack = adw_view_stack_new ();
  self->people_page = tutti_people_page_new (self->session);
  self->chat_page = tutti_chat_page_new (self->session);
  g_signal_connect (self->chat_page, "unread", G_CALLBACK (on_unread), self);
  g_signal_connect (self->chat_page, "show-track", G_CALLBACK (on_show_track), self);
  self->timing_page = tutti_timing_page_new (self->session);
  add_view (self->panel_stack, self->people_page, "people", _("People"), "tutti-people-symbolic");
  add_view (self->panel_stack, self->chat_page, "chat", _("Chat"), "tutti-chat-symbolic");
  add_view (self->panel_stack, tutti_history_page_new (self->session), "history", _("History"), "tutti-history-symbolic");
  add_view (self->panel_stack, self->timing_page, "timing", _("Timing"), "tutti-timing-symbolic");
  adw_view_switcher_set_stack (ADW_VIEW_SWITCHER (switcher), ADW_VIEW_STACK (self->panel_stack));
  adw_view_switcher_set_policy (ADW_VIEW_SWITCHER (switcher), ADW_VIEW_SWITCHER_POLICY_NARROW);
  gtk_widget_add_css_class (switcher, "panel-header");
  gtk_widget_set_vexpand (self->panel_stack, TRUE);
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), self->panel_stack);
  self->panel_clamp = adw_clamp_new ();
  adw_clamp_set_child (ADW_CLAMP (self->panel_clamp), box);
  adw_bin_set_child (ADW_BIN (panel), self->panel_clamp);
  gtk_widget_set_size_request (panel, PANEL_WIDTH, -1);
  gtk_widget_add_css_class (panel, "background");
  return panel;
}

/* ---- the view and the desk below it ---- */

/* Its heights at @width (−1 any), which may be less than it can do with while the page is still getting narrow. */
static void
measure_height (GtkWidget *widget, int width, int *least, int *wanted)
{
  int narrowest = -1;

  if (width >= 0)
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &narrowest, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, MAX (width, narrowest), least, wanted, NULL, NULL);
}

static void
measure_content (GtkWidget *content, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                 int *natural_baseline)
{
  GtkWidget *view = gtk_widget_get_first_child (content), *desk = gtk_widget_get_last_child (content);
  int least[2], wanted[2];

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      measure_height (view, for_size, &least[0], &wanted[0]);
      measure_height (desk, for_size, &least[1], &wanted[1]);
      *minimum = least[0] + least[1];
      *natural = wanted[0] + wanted[1];
      return;
    }
  gtk_widget_measure (view, orientation, -1, &least[0], &wanted[0], NULL, NULL);
  gtk_widget_measure (desk, orientation, -1, &least[1], &wanted[1], NULL, NULL);
  *minimum = MAX (least[0], least[1]);
  *natural = MAX (wanted[0], wanted[1]);
}

/* The view has what it needs, then the desk what it wants, and the view what is left. */
static void
allocate_content (GtkWidget *content, int width, int height, int baseline)
{
  GtkWidget *view = gtk_widget_get_first_child (content), *desk = gtk_widget_get_last_child (content);
  int view_least, desk_least, desk_wanted, desk_height;

  measure_height (view, width, &view_least, NULL);
  measure_height (desk, width, &desk_least, &desk_wanted);
  desk_height = gtk_widget_get_visible (desk) ? CLAMP (height - view_least, desk_least, desk_wanted) : 0;
  gtk_widget_size_allocate (view, &(GtkAllocation) { 0, 0, width, height - desk_height }, -1);
  if (desk_height > 0)
    gtk_widget_size_allocate (desk, &(GtkAllocation) { 0, height - desk_height, width, desk_height }, -1);
}

static GtkWidget *
build_flap (TuttiJamPage *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  build_views (self);
  gtk_widget_set_layout_manager (content, gtk_custom_layout_new (NULL, measure_content, allocate_content));
  gtk_box_append (GTK_BOX (content), self->stack);
  gtk_box_append (GTK_BOX (content), self->desk);
  self->flap = adw_flap_new ();
  self->panel = build_panel (self);
  adw_flap_set_content (ADW_FLAP (self->flap), content);
  adw_flap_set_flap (ADW_FLAP (self->flap), self->panel);
  adw_flap_set_separator (ADW_FLAP (self->flap), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_flap_position (ADW_FLAP (self->flap), GTK_PACK_END);
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), FALSE);
  adw_flap_set_locked (ADW_FLAP (self->flap), TRUE);
  gtk_widget_set_vexpand (self->flap, TRUE);
  return self->flap;
}

static GtkWidget *
build_transport (TuttiJamPage *self)
{
  self->squeezer = adw_squeezer_new ();
  self->bars[0] = tutti_transport_bar_new (self->session, TUTTI_TRANSPORT_FULL);
  self->bars[1] = tutti_transport_bar_new (self->session, TUTTI_TRANSPORT_COMPACT);
  adw_squeezer_add (ADW_SQUEEZER (self->squeezer), self->bars[0]);
  adw_squeezer_add (ADW_SQUEEZER (self->squeezer), self->bars[1]);
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (self->squeezer), FALSE);
  adw_squeezer_set_allow_none (ADW_SQUEEZER (self->squeezer), TRUE);
  return self->squeezer;
}

void
tutti_jam_page_build (TuttiJamPage *self)
{
  GtkWidget *flap = build_flap (self);

  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->news = tutti_bar_new ();
  self->mini = tutti_transport_bar_new (self->session, TUTTI_TRANSPORT_MINI);
  self->switcher_bar = adw_view_switcher_bar_new ();
  adw_view_switcher_bar_set_stack (ADW_VIEW_SWITCHER_BAR (self->switcher_bar), ADW_VIEW_STACK (self->stack));
  gtk_box_append (GTK_BOX (self->root), build_header (self));
  gtk_box_append (GTK_BOX (self->root), build_transport (self));
  gtk_box_append (GTK_BOX (self->root), self->news);
  gtk_box_append (GTK_BOX (self->root), flap);
  tutti_jam_page_fit_panel (self);
  gtk_box_append (GTK_BOX (self->root), self->mini);
  gtk_box_append (GTK_BOX (self->root), self->switcher_bar);
  gtk_widget_set_visible (self->mini, FALSE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}
