/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-euclid-popover.h"

#include "tutti-ask.h"
#include "tutti-pattern.h"
#include "tutti-step-edit.h"

#include <glib/gi18n.h>

typedef struct
{
  TuttiSession *session;       /* owned */
  TuttiId       clip;
  GtkWidget    *popover, *hits, *rotation;
} Euclid;

static void
euclid_free (Euclid *self)
{
  g_object_unref (self->session);
  g_free (self);
}

static void
on_apply (GtkButton *button, Euclid *self)
{
  const TuttiClip *clip = tutti_jam_clip (tutti_session_get_jam (self->session), self->clip, NULL);
  TuttiOp *op = NULL;

  if (clip != NULL)
    op = tutti_pattern_euclid (clip, 0, clip->length, (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->hits)),
                               gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->rotation)) - 1, TUTTI_STEP_NORMAL);
  if (op != NULL)
    tutti_ask (self->popover, self->session, op);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static GtkWidget *
add_number (GtkGrid *grid, int row, const char *words, int from, int to, int value)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (words), *spin = gtk_spin_button_new_with_range (from, to, 1);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), spin);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, spin, 1, row, 1, 1);
  return spin;
}

static int
count_hits (const TuttiClip *clip)
{
  int n = 0;

  for (int i = 0; i < clip->length; i++)
    n += clip->steps[i].velocity > 0;
  return n;
}

static void
on_closed (GtkPopover *popover, gpointer user_data)
{
  gtk_widget_unparent (GTK_WIDGET (popover));
}

void
tutti_euclid_popover_open (GtkWidget *anchor, TuttiSession *session, TuttiId id)
{
  const TuttiClip *clip = tutti_jam_clip (tutti_session_get_jam (session), id, NULL);
  Euclid *self = g_new0 (Euclid, 1);
  GtkWidget *grid = gtk_grid_new (), *button = gtk_button_new_with_label (_("Spread Evenly"));

  self->session = g_object_ref (session);
  self->clip = id;
  self->popover = gtk_popover_new ();
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  self->hits = add_number (GTK_GRID (grid), 0, _("_Hits"), 0, clip->length, MAX (count_hits (clip), 1));
  self->rotation = add_number (GTK_GRID (grid), 1, _("_From step"), 1, clip->length, 1);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_grid_attach (GTK_GRID (grid), button, 0, 2, 2, 1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_apply), self);
  g_object_set_data_full (G_OBJECT (self->popover), "tutti-euclid", self, (GDestroyNotify) euclid_free);
  gtk_popover_set_child (GTK_POPOVER (self->popover), grid);
  gtk_popover_set_default_widget (GTK_POPOVER (self->popover), button);
  gtk_widget_set_parent (self->popover, anchor);
  g_signal_connect_after (self->popover, "closed", G_CALLBACK (on_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}
