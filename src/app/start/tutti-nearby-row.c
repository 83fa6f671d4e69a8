/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-nearby-row.h"

#include "tutti-jam-tile.h"
#include "tutti-people-dots.h"

#include <glib/gi18n.h>

struct _TuttiNearbyRow
{
  GtkListBoxRow   parent_instance;
  TuttiNearbyJam *jam;         /* owned */
  GtkWidget      *revealer, *name, *lock, *full, *caption, *dots, *tempo, *join, *join_stack, *spinner;
  gboolean        narrow, joining;
};

G_DEFINE_FINAL_TYPE (TuttiNearbyRow, tutti_nearby_row, GTK_TYPE_LIST_BOX_ROW)

const char *
tutti_nearby_row_get_id (TuttiNearbyRow *self)
{
  return tutti_nearby_jam_get_ad (self->jam)->id;
}

const char *
tutti_nearby_row_get_name (TuttiNearbyRow *self)
{
  return tutti_nearby_jam_get_name (self->jam);
}

/* "124 BPM", "92.5 BPM": as many decimals as there are. */
static char *
tempo_text (guint cbpm)
{
  g_autofree char *number = cbpm % 100 == 0  ? g_strdup_printf ("%u", cbpm / 100)
                            : cbpm % 10 == 0 ? g_strdup_printf ("%.1f", cbpm / 100.0)
                                             : g_strdup_printf ("%.2f", cbpm / 100.0);

  /* Translators: tempo in beats a minute */
  return g_strdup_printf (_("%s BPM"), number);
}

static char *
people_text (const TuttiJamAd *ad)
{
  return g_strdup_printf (ngettext ("%u of %u person", "%u of %u people", ad->people_max), ad->people, ad->people_max);
}

static void
append (GString *text, const char *more)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, more);
}

static char *
caption_text (TuttiNearbyRow *self, const TuttiJamAd *ad)
{
  GString *text = g_string_new (NULL);
  g_autofree char *people = people_text (ad), *tempo = tempo_text (ad->tempo_cbpm);
  g_autofree char *host = ad->local ? g_strdup (_("on this computer")) : g_strdup_printf (_("on %s"), ad->host);

  append (text, people);
  if (!self->narrow && (ad->local || ad->host[0] != '\0'))
    append (text, host);
  if (self->narrow)
    append (text, tempo);
  if (ad->locked)
    append (text, _("passcode"));
  if (self->narrow && tutti_jam_ad_is_full (ad))
    append (text, _("full"));
  return g_string_free (text, FALSE);
}

static void
show (TuttiNearbyRow *self)
{
  const TuttiJamAd *ad = tutti_nearby_jam_get_ad (self->jam);
  gboolean full = tutti_jam_ad_is_full (ad);
  g_autofree char *caption = caption_text (self, ad), *tempo = tempo_text (ad->tempo_cbpm);
  /* Translators: %s is the name of a jam */
  g_autofree char *label = g_strdup_printf (_("Join %s"), ad->name);

  gtk_label_set_text (GTK_LABEL (self->name), ad->name);
  gtk_label_set_text (GTK_LABEL (self->caption), caption);
  gtk_label_set_text (GTK_LABEL (self->tempo), tempo);
  gtk_widget_set_visible (self->lock, ad->locked);
  gtk_widget_set_visible (self->full, full && !self->narrow);
  gtk_widget_set_visible (self->dots, !self->narrow && ad->people_max <= TUTTI_PEOPLE_DOTS_MAX);
  gtk_widget_set_visible (self->tempo, !self->narrow);
  tutti_people_dots_set (TUTTI_PEOPLE_DOTS (self->dots), ad->people, ad->people_max, tutti_jam_tile_colour (ad->id));
  gtk_widget_set_sensitive (self->join, !full && !self->joining);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->join), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
tutti_nearby_row_set_narrow (TuttiNearbyRow *self, gboolean narrow)
{
  self->narrow = narrow;
  show (self);
}

void
tutti_nearby_row_set_suggested (TuttiNearbyRow *self, gboolean suggested)
{
  (suggested ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->join, "suggested-action");
}

void
tutti_nearby_row_set_joining (TuttiNearbyRow *self, gboolean joining)
{
  self->joining = joining;
  gtk_stack_set_visible_child (GTK_STACK (self->join_stack), joining ? self->spinner : self->join);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), joining);
  show (self);
}

gboolean
tutti_nearby_row_get_joining (TuttiNearbyRow *self)
{
  return self->joining;
}

static void
on_faded (GtkRevealer *revealer, GParamSpec *pspec, TuttiNearbyRow *self)
{
  GtkWidget *list = gtk_widget_get_parent (GTK_WIDGET (self));

  if (list != NULL && !gtk_revealer_get_child_revealed (revealer))
    gtk_list_box_remove (GTK_LIST_BOX (list), GTK_WIDGET (self));
}

void
tutti_nearby_row_leave (TuttiNearbyRow *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self->revealer, "notify::child-revealed", G_CALLBACK (on_faded), self, 0);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
}

static GtkWidget *
label_new (const char *class_name, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_add_css_class (label, class_name);
  return label;
}

static GtkWidget *
build_words (TuttiNearbyRow *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->name = label_new ("heading", 0);
  self->lock = gtk_image_new_from_icon_name ("tutti-lock-symbolic");
  self->full = label_new ("full-chip", 0.5f);
  self->caption = label_new ("caption", 0);
  gtk_label_set_text (GTK_LABEL (self->full), _("Full"));
  gtk_widget_add_css_class (self->lock, "dim-label");
  gtk_widget_add_css_class (self->caption, "dim-label");
  gtk_widget_set_valign (self->full, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), self->name);
  gtk_box_append (GTK_BOX (line), self->lock);
  gtk_box_append (GTK_BOX (line), self->full);
  gtk_box_append (GTK_BOX (words), line);
  gtk_box_append (GTK_BOX (words), self->caption);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  return words;
}

static void
on_join (TuttiNearbyRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.join-nearby", "s", tutti_nearby_row_get_id (self));
}

static GtkWidget *
build_join (TuttiNearbyRow *self)
{
  self->join_stack = gtk_stack_new ();
  self->join = gtk_button_new_with_label (_("Join"));
  self->spinner = gtk_spinner_new ();
  gtk_widget_add_css_class (self->join, "join");
  /* Not as the button's own action: that would decide whether the button can be pressed. */
  g_signal_connect_object (self->join, "clicked", G_CALLBACK (on_join), self, G_CONNECT_SWAPPED);
  gtk_stack_add_child (GTK_STACK (self->join_stack), self->join);
  gtk_stack_add_child (GTK_STACK (self->join_stack), self->spinner);
  gtk_widget_set_valign (self->join_stack, GTK_ALIGN_CENTER);
  return self->join_stack;
}

static void
build (TuttiNearbyRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->dots = tutti_people_dots_new ();
  self->tempo = label_new ("tempo-text", 1);
  gtk_widget_add_css_class (self->tempo, "numeric");
  gtk_widget_set_size_request (self->tempo, 72, -1);
  gtk_widget_add_css_class (box, "start-row");
  gtk_box_append (GTK_BOX (box), tutti_jam_tile_new (tutti_nearby_jam_get_ad (self->jam)->id));
  gtk_box_append (GTK_BOX (box), build_words (self));
  gtk_box_append (GTK_BOX (box), self->dots);
  gtk_box_append (GTK_BOX (box), self->tempo);
  gtk_box_append (GTK_BOX (box), build_join (self));
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_transition_type (GTK_REVEALER (self->revealer), GTK_REVEALER_TRANSITION_TYPE_CROSSFADE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), box);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->revealer);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

static void
tutti_nearby_row_dispose (GObject *object)
{
  g_clear_object (&TUTTI_NEARBY_ROW (object)->jam);
  G_OBJECT_CLASS (tutti_nearby_row_parent_class)->dispose (object);
}

static void
tutti_nearby_row_class_init (TuttiNearbyRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_nearby_row_dispose;
}

static void
tutti_nearby_row_init (TuttiNearbyRow *self)
{
}

GtkWidget *
tutti_nearby_row_new (TuttiNearbyJam *jam)
{
  TuttiNearbyRow *self = g_object_new (TUTTI_TYPE_NEARBY_ROW, NULL);

  self->jam = g_object_ref (jam);
  build (self);
  g_signal_connect_object (jam, "notify::ad", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
