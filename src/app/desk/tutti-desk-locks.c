/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-desk-locks.h"

#include "tutti-lock-words.h"

#include <glib/gi18n.h>

/* As many are the height of the desk; more go on to the right. */
#define ROWS 3

struct _TuttiDeskLocks
{
  GtkBox     parent_instance;
  GtkWidget *chips, *hint;     /* children: one of them is seen */
};

G_DEFINE_FINAL_TYPE (TuttiDeskLocks, tutti_desk_locks, GTK_TYPE_BOX)

static guint unlock_signal;

static void
on_remove (GtkButton *button, TuttiDeskLocks *self)
{
  g_signal_emit (self, unlock_signal, 0, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "tutti-address")));
}

static GtkWidget *
new_dot (void)
{
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (dot, "lock-dot");
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  return dot;
}

static GtkWidget *
new_remove (TuttiDeskLocks *self, const char *name, guint address)
{
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *tip = g_strdup_printf (_("Remove the Lock on %s"), name);

  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "circular");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, tip);
  g_object_set_data (G_OBJECT (remove), "tutti-address", GUINT_TO_POINTER (address));
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove), self);
  return remove;
}

static GtkWidget *
new_chip (TuttiDeskLocks *self, const TuttiTrack *track, const TuttiLock *lock)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *name, *value;
  g_autofree char *words = tutti_words_lock_name (track, lock->address);
  g_autofree char *amount = tutti_words_lock_value (track, lock->address, lock->value);

  name = gtk_label_new (words);
  value = gtk_label_new (amount);
  gtk_widget_add_css_class (chip, "lock-chip");
  gtk_widget_add_css_class (name, "dim-label");
  gtk_widget_add_css_class (value, "value");
  gtk_widget_add_css_class (value, "numeric");
  gtk_box_append (GTK_BOX (chip), new_dot ());
  gtk_box_append (GTK_BOX (chip), name);
  gtk_box_append (GTK_BOX (chip), value);
  gtk_box_append (GTK_BOX (chip), new_remove (self, words, lock->address));
  return chip;
}

void
tutti_desk_locks_show (TuttiDeskLocks *self, const TuttiTrack *track, const TuttiStep *step)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_grid_remove (GTK_GRID (self->chips), child);
  for (int i = 0; i < step->n_locks; i++)
    gtk_grid_attach (GTK_GRID (self->chips), new_chip (self, track, &step->locks[i]), i / ROWS, i % ROWS, 1, 1);
  gtk_widget_set_visible (self->chips, step->n_locks > 0);
  gtk_widget_set_visible (self->hint, step->n_locks == 0);
}

static void
tutti_desk_locks_class_init (TuttiDeskLocksClass *klass)
{
  unlock_signal = g_signal_new ("unlock", TUTTI_TYPE_DESK_LOCKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
tutti_desk_locks_init (TuttiDeskLocks *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->chips = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->chips), 6);
  gtk_grid_set_column_spacing (GTK_GRID (self->chips), 8);
  gtk_widget_set_halign (self->chips, GTK_ALIGN_START);
  self->hint = gtk_label_new (_("Sound › Lock to Selected Steps, then turn a knob."));
  gtk_widget_add_css_class (self->hint, "caption");
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0);
  gtk_box_append (GTK_BOX (self), self->chips);
  gtk_box_append (GTK_BOX (self), self->hint);
}

GtkWidget *
tutti_desk_locks_new (void)
{
  return g_object_new (TUTTI_TYPE_DESK_LOCKS, NULL);
}
