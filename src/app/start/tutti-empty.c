/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-empty.h"

#include "tutti-demos.h"
#include "tutti-empty-art.h"
#include "tutti-own-address.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _TuttiEmpty
{
  GtkWidget           parent_instance;
  GtkWidget          *card, *page;
  GtkWidget          *card_icon, *card_title, *card_body, *card_help;
  GtkWidget          *art, *title, *body, *address, *address_text, *demo, *help;
  char               *own_address;    /* nullable */
  TuttiDiscoveryState state;
  gboolean            full;
};

G_DEFINE_FINAL_TYPE (TuttiEmpty, tutti_empty, GTK_TYPE_WIDGET)

typedef struct { const char *title, *body, *icon; } Words;

static const Words *
words_of (TuttiDiscoveryState state)
{
  static const Words none = { N_("No Jams Nearby"),
    N_("Jams on this network appear here by themselves. Be the first, and the others will see yours."), "tutti-people-symbolic" };
  static const Words no_avahi = { N_("Cannot Look for Jams"),
    N_("Avahi, the service that finds others on this network, is not running. You can still host, and join by address."),
    "dialog-warning-symbolic" };
  static const Words no_network = { N_("No Network"),
    N_("Connect to a network to find others. You can make a beat alone meanwhile."), "network-offline-symbolic" };

  return state == TUTTI_DISCOVERY_NO_AVAHI ? &no_avahi : state == TUTTI_DISCOVERY_NO_NETWORK ? &no_network : &none;
}

void
tutti_empty_show (TuttiEmpty *self, TuttiDiscoveryState state)
{
  const Words *words = words_of (state);
  gboolean no_avahi = state == TUTTI_DISCOVERY_NO_AVAHI;

  self->state = state;
  gtk_label_set_text (GTK_LABEL (self->title), _(words->title));
  gtk_label_set_text (GTK_LABEL (self->body), _(words->body));
  gtk_label_set_text (GTK_LABEL (self->card_title), _(words->title));
  gtk_label_set_text (GTK_LABEL (self->card_body), _(words->body));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->card_icon), words->icon);
  (no_avahi ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->card_icon, "warning");
  gtk_widget_set_visible (self->card_help, no_avahi);
  gtk_widget_set_visible (self->help, no_avahi);
  gtk_widget_set_visible (self->demo, !no_avahi);
  gtk_widget_set_visible (self->address, no_avahi && self->own_address != NULL);
  tutti_empty_art_set (TUTTI_EMPTY_ART (self->art), state);
  gtk_widget_set_visible (self->card, !self->full);
  gtk_widget_set_visible (self->page, self->full);
}

void
tutti_empty_set_full (TuttiEmpty *self, gboolean full)
{
  self->full = full;
  tutti_empty_show (self, self->state);
}

static GtkWidget *
wrapped (const char *class_name, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_justify (GTK_LABEL (label), xalign == 0.5f ? GTK_JUSTIFY_CENTER : GTK_JUSTIFY_LEFT);
  gtk_widget_add_css_class (label, class_name);
  return label;
}

static GtkWidget *
link_new (const char *text, const char *icon, const char *action)
{
  GtkWidget *button = gtk_button_new (), *content = adw_button_content_new ();

  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), text);
  if (icon != NULL)
    adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon);
  gtk_button_set_child (GTK_BUTTON (button), icon != NULL ? content : gtk_label_new (text));
  if (icon == NULL)
    g_object_unref (g_object_ref_sink (content));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "link-button");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
pill_new (const char *text, const char *icon, const char *action)
{
  GtkWidget *button = gtk_button_new (), *content = adw_button_content_new ();

  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), text);
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon != NULL ? icon : "");
  gtk_button_set_child (GTK_BUTTON (button), icon != NULL ? content : gtk_label_new (text));
  if (icon == NULL)
    g_object_unref (g_object_ref_sink (content));
  gtk_widget_add_css_class (button, "pill-wide");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (button, 147, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
on_copy (GtkButton *button, TuttiEmpty *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), self->own_address);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", _("Copied"));
}

static GtkWidget *
build_address (TuttiEmpty *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *copy = gtk_button_new (), *content = adw_button_content_new ();
  GtkWidget *hint = gtk_label_new (_("When you host, others can join at"));

  self->own_address = tutti_own_address_dup_text ();
  self->address = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->address_text = gtk_label_new (self->own_address);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_label_set_xalign (GTK_LABEL (self->address_text), 0);
  gtk_label_set_selectable (GTK_LABEL (self->address_text), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (self->address_text), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_add_css_class (self->address_text, "title-4");
  gtk_widget_add_css_class (self->address_text, "numeric");
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "tutti-share-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("Copy"));
  gtk_button_set_child (GTK_BUTTON (copy), content);
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_set_valign (copy, GTK_ALIGN_END);
  g_signal_connect (copy, "clicked", G_CALLBACK (on_copy), self);
  gtk_box_append (GTK_BOX (words), hint);
  gtk_box_append (GTK_BOX (words), self->address_text);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (self->address), words);
  gtk_box_append (GTK_BOX (self->address), copy);
  gtk_widget_add_css_class (self->address, "card");
  gtk_widget_add_css_class (self->address, "address-card");
  gtk_widget_set_size_request (self->address, 300, -1);
  gtk_widget_set_margin_top (self->address, 12);
  return self->address;
}

/* The beat at once; the jams behind a menu. */
static GtkWidget *
build_demos (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *others = gtk_menu_button_new ();
  g_autoptr(GMenu) menu = g_menu_new ();

  for (guint i = 1; i < tutti_demos_count (); i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (tutti_demos_get_title (i), NULL);

      g_menu_item_set_action_and_target (item, "win.demo-jam", "s", tutti_demos_get_name (i));
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_label (GTK_MENU_BUTTON (others), _("Other Demos"));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (others), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (others, "flat");
  gtk_widget_add_css_class (others, "link-button");
  gtk_widget_set_valign (others, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), link_new (_("Try the Demo Beat Alone"), "media-playback-start-symbolic", "win.demo-beat"));
  gtk_box_append (GTK_BOX (box), others);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
build_page (TuttiEmpty *self)
{
  GtkWidget *host = pill_new (_("Host a Jam"), "tutti-host-symbolic", "win.host");
  GtkWidget *clamp = adw_clamp_new ();

  self->page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->art = tutti_empty_art_new ();
  self->title = wrapped ("title-1", 0.5f);
  self->body = wrapped ("body", 0.5f);
  self->demo = build_demos ();
  self->help = link_new (_("How to Start Avahi"), NULL, "win.how-to-avahi");
  gtk_label_set_max_width_chars (GTK_LABEL (self->body), 52);
  gtk_widget_add_css_class (host, "suggested-action");
  gtk_widget_set_margin_top (self->title, 36);
  gtk_widget_set_margin_bottom (self->body, 18);
  gtk_widget_set_margin_top (self->demo, 12);
  gtk_box_append (GTK_BOX (self->page), self->art);
  gtk_box_append (GTK_BOX (self->page), self->title);
  gtk_box_append (GTK_BOX (self->page), self->body);
  gtk_box_append (GTK_BOX (self->page), host);
  gtk_box_append (GTK_BOX (self->page), pill_new (_("Enter Address"), NULL, "win.join-address"));
  gtk_box_append (GTK_BOX (self->page), build_address (self));
  gtk_box_append (GTK_BOX (self->page), self->demo);
  gtk_box_append (GTK_BOX (self->page), self->help);
  gtk_widget_set_margin_top (self->page, 70);
  gtk_widget_set_margin_bottom (self->page, 24);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 440);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 440);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->page);
  return clamp;
}

static GtkWidget *
build_card (TuttiEmpty *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  self->card_icon = gtk_image_new ();
  self->card_title = wrapped ("heading", 0);
  self->card_body = wrapped ("dim-label", 0);
  self->card_help = link_new (_("How to Start Avahi"), NULL, "win.how-to-avahi");
  gtk_widget_add_css_class (self->card_icon, "empty-icon");
  gtk_widget_set_valign (self->card_icon, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), self->card_title);
  gtk_box_append (GTK_BOX (words), self->card_body);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (self->card_help, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (words), self->card_help);
  gtk_box_append (GTK_BOX (self->card), self->card_icon);
  gtk_box_append (GTK_BOX (self->card), words);
  gtk_widget_add_css_class (self->card, "card");
  gtk_widget_add_css_class (self->card, "empty-card");
  return self->card;
}

static void
tutti_empty_dispose (GObject *object)
{
  TuttiEmpty *self = TUTTI_EMPTY (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->own_address, g_free);
  G_OBJECT_CLASS (tutti_empty_parent_class)->dispose (object);
}

static void
tutti_empty_class_init (TuttiEmptyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_empty_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_empty_init (TuttiEmpty *self)
{
  gtk_widget_set_parent (build_card (self), GTK_WIDGET (self));
  gtk_widget_set_parent (build_page (self), GTK_WIDGET (self));
  tutti_empty_show (self, TUTTI_DISCOVERY_STARTING);
}

GtkWidget *
tutti_empty_new (void)
{
  return g_object_new (TUTTI_TYPE_EMPTY, NULL);
}
