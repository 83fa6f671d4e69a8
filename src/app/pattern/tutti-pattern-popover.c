/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-pattern-popover.h"

#include "tutti-ask.h"
#include "tutti-passing-menu.h"
#include "tutti-pattern.h"
#include "tutti-step-edit.h"

#include <glib/gi18n.h>

typedef struct
{
  TuttiStepGrid   *grid;       /* owned */
  TuttiId          clip;
  TuttiPatternTool tool;
  guint32          seed;
  GtkWidget       *popover, *amounts[2], *seed_words;
} Tool;

/* As far as the clip is long. */
#define ITS_LENGTH 0

/* What each tool is set by, and where it begins. @use: what the button says, alone; NULL: that everyone gets it, beside Discard. */
static const struct
{
  const char *words[2];
  int         from[2], to[2], first[2];
  gboolean    by_chance;
  const char *use;
} tools[] = {
  [TUTTI_PATTERN_RANDOM] = { { N_("_Density in percent"), NULL }, { 0, 0 }, { 100, 0 }, { 40, 0 }, TRUE },
  [TUTTI_PATTERN_HUMAN] = { { N_("_Timing in ticks"), N_("_Velocity") }, { 0, 0 }, { 60, 40 }, { 12, 10 }, TRUE },
  [TUTTI_PATTERN_HIGHER] = { { N_("_Semitones"), NULL }, { -24, 0 }, { 24, 0 }, { 12, 0 }, FALSE },
  [TUTTI_PATTERN_EUCLID] = { { N_("_Hits"), N_("_From step") }, { 0, 1 }, { ITS_LENGTH, ITS_LENGTH }, { 0, 1 }, FALSE,
                             N_("Spread Evenly") },
};

static void
tool_free (Tool *self)
{
  g_object_unref (self->grid);
  g_free (self);
}

static int
amount (Tool *self, guint i)
{
  return self->amounts[i] != NULL ? gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->amounts[i])) : 0;
}

/* (nullable): it is gone. */
static const TuttiClip *
get_clip (Tool *self)
{
  return tutti_jam_clip (tutti_session_get_jam (tutti_step_grid_get_session (self->grid)), self->clip, NULL);
}

/* (nullable): nothing would change */
static TuttiOp *
make_op (Tool *self)
{
  const TuttiClip *clip = get_clip (self);

  if (clip == NULL || clip->kind != TUTTI_CLIP_STEPS)
    return NULL;
  switch (self->tool)
    {
    case TUTTI_PATTERN_RANDOM:
      return tutti_pattern_randomise (clip, 0, clip->length, (guint) amount (self, 0), self->seed);
    case TUTTI_PATTERN_HUMAN:
      return tutti_pattern_humanise (clip, 0, clip->length, amount (self, 0), amount (self, 1), self->seed);
    case TUTTI_PATTERN_EUCLID:
      return tutti_pattern_euclid (clip, 0, clip->length, (guint) amount (self, 0), amount (self, 1) - 1, TUTTI_STEP_NORMAL);
    case TUTTI_PATTERN_HIGHER:
    default:
      return tutti_pattern_transpose (clip, 0, clip->length, amount (self, 0));
    }
}

static void
show (Tool *self)
{
  g_autoptr(TuttiOp) op = make_op (self);
  g_autofree char *words = g_strdup_printf (_("Seed %u"), self->seed);

  tutti_step_grid_preview (self->grid, op);
  if (self->seed_words != NULL)
    gtk_label_set_text (GTK_LABEL (self->seed_words), words);
}

static void
on_again (GtkButton *button, Tool *self)
{
  self->seed = g_random_int_range (1, 10000);
  show (self);
}

static void
on_use (GtkButton *button, Tool *self)
{
  TuttiOp *op = make_op (self);

  tutti_step_grid_preview (self->grid, NULL);
  if (op != NULL)
    tutti_ask (self->popover, tutti_step_grid_get_session (self->grid), op);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
on_discard (GtkButton *button, Tool *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
on_closed (GtkPopover *popover, Tool *self)
{
  tutti_step_grid_preview (self->grid, NULL);
}

/* ---- building ---- */

static int
count_hits (const TuttiClip *clip)
{
  int n = 0;

  for (int i = 0; i < clip->length; i++)
    n += clip->steps[i].velocity > 0;
  return n;
}

/* Hits begin as many as there are. */
static int
first_amount (Tool *self, guint i)
{
  return self->tool == TUTTI_PATTERN_EUCLID && i == 0 ? MAX (count_hits (get_clip (self)), 1) : tools[self->tool].first[i];
}

static GtkWidget *
add_amount (Tool *self, GtkGrid *grid, guint i)
{
  GtkWidget *label, *spin;
  int to = tools[self->tool].to[i];

  if (tools[self->tool].words[i] == NULL)
    return NULL;
  label = gtk_label_new_with_mnemonic (_(tools[self->tool].words[i]));
  spin = gtk_spin_button_new_with_range (tools[self->tool].from[i], to != ITS_LENGTH ? to : get_clip (self)->length, 1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), spin);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), first_amount (self, i));
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (show), self);
  gtk_grid_attach (grid, label, 0, 1 + (int) i, 1, 1);
  gtk_grid_attach (grid, spin, 1, 1 + (int) i, 1, 1);
  return spin;
}

static GtkWidget *
button (const char *words, const char *css, GCallback callback, Tool *self)
{
  GtkWidget *made = gtk_button_new_with_label (words);

  if (css != NULL)
    gtk_widget_add_css_class (made, css);
  g_signal_connect (made, "clicked", callback, self);
  return made;
}

static GtkWidget *
build (Tool *self)
{
  GtkWidget *grid = gtk_grid_new (), *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *use;
  GtkWidget *words = gtk_label_new (_("Preview. Only you see it."));
  const char *only = tools[self->tool].use;

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_widget_add_css_class (words, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_grid_attach (GTK_GRID (grid), words, 0, 0, 2, 1);
  for (guint i = 0; i < G_N_ELEMENTS (self->amounts); i++)
    self->amounts[i] = add_amount (self, GTK_GRID (grid), i);
  if (tools[self->tool].by_chance)
    {
      self->seed_words = gtk_label_new (NULL);
      gtk_label_set_xalign (GTK_LABEL (self->seed_words), 0);
      gtk_widget_add_css_class (self->seed_words, "numeric");
      gtk_grid_attach (GTK_GRID (grid), self->seed_words, 0, 3, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), button (_("_Again"), NULL, G_CALLBACK (on_again), self), 1, 3, 1, 1);
      gtk_button_set_use_underline (GTK_BUTTON (gtk_grid_get_child_at (GTK_GRID (grid), 1, 3)), TRUE);
    }
  use = button (only != NULL ? _(only) : _("Use for Everyone"), "suggested-action", G_CALLBACK (on_use), self);
  gtk_widget_set_hexpand (use, TRUE);
  if (only == NULL)
    gtk_box_append (GTK_BOX (buttons), button (_("Discard"), NULL, G_CALLBACK (on_discard), self));
  gtk_box_append (GTK_BOX (buttons), use);
  gtk_grid_attach (GTK_GRID (grid), buttons, 0, 4, 2, 1);
  gtk_popover_set_default_widget (GTK_POPOVER (self->popover), use);
  return grid;
}

void
tutti_pattern_popover_open (GtkWidget *anchor, TuttiStepGrid *grid, TuttiId id, TuttiPatternTool tool)
{
  Tool *self = g_new0 (Tool, 1);

  self->grid = g_object_ref (grid);
  self->clip = id;
  self->tool = tool;
  self->seed = g_random_int_range (1, 10000);
  self->popover = gtk_popover_new ();
  g_object_set_data_full (G_OBJECT (self->popover), "tutti-pattern-tool", self, (GDestroyNotify) tool_free);
  gtk_popover_set_child (GTK_POPOVER (self->popover), build (self));
  tutti_passing_menu_point_to (self->popover, anchor);
  g_signal_connect (self->popover, "closed", G_CALLBACK (on_closed), self);
  tutti_passing_menu (self->popover);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  show (self);
}
