/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-euclid-popover.h"

#include "tutti-ask.h"
#include "tutti-passing-menu.h"
#include "tutti-pattern.h"
#include "tutti-step-edit.h"

#include <glib/gi18n.h>

typedef struct
{
  TuttiStepGrid *grid;         /* owned */
  TuttiId        clip;
  GtkWidget     *popover, *hits, *rotation;
} Euclid;

static void
euclid_free (Euclid *self)
{
  g_object_unref (self->grid);
  g_free (self);
}

/* (nullable): nothing would change */
static TuttiOp *
make_op (Euclid *self)
{
  TuttiSession *session = tutti_step_grid_get_session (self->grid);
  const TuttiClip *clip = tutti_jam_clip (tutti_session_get_jam (session), self->clip, NULL);

  if (clip == NULL || clip->kind != TUTTI_CLIP_STEPS)
    return NULL;
  return tutti_pattern_euclid (clip, 0, clip->length, (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->hits)),
                               gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->rotation)) - 1, TUTTI_STEP_NORMAL);
}

static void
show (Euclid *self)
{
  g_autoptr(TuttiOp) op = make_op (self);

  tutti_step_grid_preview (self->grid, op);
}

static void
on_apply (GtkButton *button, Euclid *self)
{
  TuttiOp *op = make_op (self);

  tutti_step_grid_preview (self->grid, NULL);
  if (op != NULL)
    tutti_ask (self->popover, tutti_step_grid_get_session (self->grid), op);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
on_closed (GtkPopover *popover, Euclid *self)
{
  tutti_step_grid_preview (self->grid, NULL);
}

static GtkWidget *
add_number (Euclid *self, GtkGrid *grid, int row, const char *words, int from, int to, int value)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (words), *spin = gtk_spin_button_new_with_range (from, to, 1);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), spin);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (show), self);
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

static GtkWidget *
build (Euclid *self, const TuttiClip *clip)
{
  GtkWidget *grid = gtk_grid_new (), *button = gtk_button_new_with_label (_("Spread Evenly"));
  GtkWidget *words = gtk_label_new (_("Preview. Only you see it."));

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_widget_add_css_class (words, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_grid_attach (GTK_GRID (grid), words, 0, 0, 2, 1);
  self->hits = add_number (self, GTK_GRID (grid), 1, _("_Hits"), 0, clip->length, MAX (count_hits (clip), 1));
  self->rotation = add_number (self, GTK_GRID (grid), 2, _("_From step"), 1, clip->length, 1);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_grid_attach (GTK_GRID (grid), button, 0, 3, 2, 1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_apply), self);
  gtk_popover_set_default_widget (GTK_POPOVER (self->popover), button);
  return grid;
}

void
tutti_euclid_popover_open (GtkWidget *anchor, TuttiStepGrid *grid, TuttiId id)
{
  const TuttiClip *clip = tutti_jam_clip (tutti_session_get_jam (tutti_step_grid_get_session (grid)), id, NULL);
  Euclid *self = g_new0 (Euclid, 1);

  self->grid = g_object_ref (grid);
  self->clip = id;
  self->popover = gtk_popover_new ();
  g_object_set_data_full (G_OBJECT (self->popover), "tutti-euclid", self, (GDestroyNotify) euclid_free);
  gtk_popover_set_child (GTK_POPOVER (self->popover), build (self, clip));
  tutti_passing_menu_point_to (self->popover, anchor);
  g_signal_connect (self->popover, "closed", G_CALLBACK (on_closed), self);
  tutti_passing_menu (self->popover);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  show (self);
}
