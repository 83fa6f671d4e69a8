/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-chord-popover.h"

#include "tutti-harmony-words.h"
#include "tutti-passing-menu.h"

#include <glib/gi18n.h>

#define ROOTS 12
#define ROOTS_A_ROW 6
#define QUALITIES_A_ROW 5
#define DEGREES_MAX 12

typedef struct
{
  TuttiChordAsker asker;
  GtkWidget      *popover, *entry, *place;       /* borrowed: the first has the others, and this */
  GtkWidget      *roots[ROOTS], *qualities[TUTTI_N_HARMONIES];
  guint           root;
  TuttiHarmony    quality;
  gboolean        setting;     /* the buttons are told, not pressed */
} Asked;

/* ---- showing ---- */

/* The kinds are called with the root that is chosen: what one reads is what comes. */
static void
show_buttons (Asked *self)
{
  char text[TUTTI_CHORD_TEXT_SIZE];

  self->setting = TRUE;
  for (guint i = 0; i < ROOTS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->roots[i]), i == self->root);
  for (int i = TUTTI_HARMONY_MAJOR; i < TUTTI_N_HARMONIES; i++)
    {
      tutti_chord_print (self->root, (TuttiHarmony) i, text);
      gtk_button_set_label (GTK_BUTTON (self->qualities[i]), text);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->qualities[i]), i == (int) self->quality);
    }
  self->setting = FALSE;
}

static void
show_text (Asked *self)
{
  char text[TUTTI_CHORD_TEXT_SIZE];

  tutti_chord_print (self->root, self->quality, text);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/* ---- choosing ---- */

static void
choose (Asked *self, guint root, TuttiHarmony quality)
{
  self->root = root;
  self->quality = quality;
  show_text (self);
  show_buttons (self);
  self->asker.heard (root, quality, self->asker.user_data);
}

static void
on_root (GtkToggleButton *button, Asked *self)
{
  if (!self->setting)
    choose (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "tutti-index")), self->quality);
}

static void
on_quality (GtkToggleButton *button, Asked *self)
{
  if (!self->setting)
    choose (self, self->root, (TuttiHarmony) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "tutti-index")));
}

static void
on_suggested (GtkButton *button, Asked *self)
{
  guint root;
  TuttiHarmony quality;

  if (tutti_chord_parse (gtk_button_get_label (button), &root, &quality))
    choose (self, root, quality);
}

static void
on_text (GtkEditable *entry, Asked *self)
{
  gboolean good = tutti_chord_parse (gtk_editable_get_text (entry), &self->root, &self->quality);

  gtk_widget_set_sensitive (self->place, good);
  if (good)
    {
      gtk_widget_remove_css_class (self->entry, "error");
      show_buttons (self);
    }
  else if (gtk_editable_get_text (entry)[0] != '\0')
    gtk_widget_add_css_class (self->entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               good ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

static void
on_place (GtkWidget *widget, Asked *self)
{
  guint root = self->root;
  TuttiHarmony quality = self->quality;

  if (!gtk_widget_get_sensitive (self->place))
    return;
  self->asker.chosen (root, quality, self->asker.user_data);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
on_remove (GtkWidget *widget, Asked *self)
{
  self->asker.chosen (0, TUTTI_HARMONY_NONE, self->asker.user_data);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* At once: while music plays the next key may come before anything idles, and it is an arrow in the lane. */
static void
on_closed (GtkPopover *popover, GtkWidget *page)
{
  if (gtk_widget_get_mapped (page))
    gtk_widget_grab_focus (page);
}

/* ---- building ---- */

static GtkWidget *
toggle (Asked *self, guint index, GCallback pressed)
{
  GtkWidget *button = gtk_toggle_button_new ();

  g_object_set_data (G_OBJECT (button), "tutti-index", GUINT_TO_POINTER (index));
  g_signal_connect (button, "toggled", pressed, self);
  gtk_widget_add_css_class (button, "chord-choice");
  return button;
}

static GtkWidget *
build_roots (Asked *self)
{
  GtkWidget *grid = gtk_grid_new ();
  char text[TUTTI_CHORD_TEXT_SIZE];

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 4);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  for (guint i = 0; i < ROOTS; i++)
    {
      self->roots[i] = toggle (self, i, G_CALLBACK (on_root));
      tutti_chord_print (i, TUTTI_HARMONY_MAJOR, text);
      gtk_button_set_label (GTK_BUTTON (self->roots[i]), text);
      gtk_grid_attach (GTK_GRID (grid), self->roots[i], (int) (i % ROOTS_A_ROW), (int) (i / ROOTS_A_ROW), 1, 1);
    }
  return grid;
}

static GtkWidget *
build_qualities (Asked *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 4);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  for (int i = TUTTI_HARMONY_MAJOR; i < TUTTI_N_HARMONIES; i++)
    {
      int place = i - TUTTI_HARMONY_MAJOR;

      self->qualities[i] = toggle (self, (guint) i, G_CALLBACK (on_quality));
      gtk_widget_set_tooltip_text (self->qualities[i], tutti_words_harmony ((TuttiHarmony) i));
      gtk_grid_attach (GTK_GRID (grid), self->qualities[i], place % QUALITIES_A_ROW, place / QUALITIES_A_ROW, 1, 1);
    }
  return grid;
}

/* (nullable) The chords that the jam's scale is made of. */
static GtkWidget *
build_suggestions (Asked *self, const TuttiJam *jam)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  char text[TUTTI_CHORD_TEXT_SIZE];

  for (guint degree = 0; degree < DEGREES_MAX; degree++)
    {
      guint root;
      TuttiHarmony quality = tutti_chord_of_scale (jam, degree, &root);
      GtkWidget *button;

      if (quality == TUTTI_HARMONY_AS_BEFORE)
        continue;
      tutti_chord_print (root, quality, text);
      button = gtk_button_new_with_label (text);
      gtk_widget_set_hexpand (button, TRUE);
      gtk_widget_add_css_class (button, "chord-choice");
      gtk_widget_set_tooltip_text (button, _("A chord of the jam’s scale"));
      g_signal_connect (button, "clicked", G_CALLBACK (on_suggested), self);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static GtkWidget *
caption (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
build_buttons (Asked *self, gboolean there)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *remove = gtk_button_new_with_label (_("Remove"));

  self->place = gtk_button_new_with_label (there ? _("Change") : _("Place"));
  gtk_widget_add_css_class (self->place, "suggested-action");
  gtk_widget_set_hexpand (self->place, TRUE);
  gtk_widget_set_visible (remove, there);
  gtk_widget_add_css_class (remove, "flat");
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove), self);
  g_signal_connect (self->place, "clicked", G_CALLBACK (on_place), self);
  gtk_box_append (GTK_BOX (box), remove);
  gtk_box_append (GTK_BOX (box), self->place);
  return box;
}

static GtkWidget *
build_content (Asked *self, const TuttiJam *jam, gboolean there)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *buttons = build_buttons (self, there), *suggestions;

  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Am7, F, B♭maj7 …"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Chord"), -1);
  gtk_box_append (GTK_BOX (box), self->entry);
  suggestions = build_suggestions (self, jam);
  if (gtk_widget_get_first_child (suggestions) != NULL)
    gtk_box_append (GTK_BOX (box), caption (_("Of the scale")));
  gtk_box_append (GTK_BOX (box), suggestions);
  gtk_widget_set_visible (suggestions, gtk_widget_get_first_child (suggestions) != NULL);
  gtk_box_append (GTK_BOX (box), caption (_("Root")));
  gtk_box_append (GTK_BOX (box), build_roots (self));
  gtk_box_append (GTK_BOX (box), caption (_("Kind")));
  gtk_box_append (GTK_BOX (box), build_qualities (self));
  gtk_box_append (GTK_BOX (box), buttons);
  return box;
}

GtkWidget *
tutti_chord_popover (GtkWidget *page, const GdkRectangle *at, const TuttiJam *jam, guint root, TuttiHarmony quality, gboolean there,
                     const char *typed, const TuttiChordAsker *asker)
{
  Asked *self = g_new0 (Asked, 1);

  self->asker = *asker;
  self->root = root;
  self->quality = quality;
  self->popover = gtk_popover_new ();
  g_object_set_data_full (G_OBJECT (self->popover), "tutti-asked", self, g_free);
  gtk_widget_add_css_class (self->popover, "chord-popover");
  gtk_popover_set_child (GTK_POPOVER (self->popover), build_content (self, jam, there));
  show_buttons (self);
  show_text (self);
  g_signal_connect (self->entry, "changed", G_CALLBACK (on_text), self);
  g_signal_connect (self->entry, "activate", G_CALLBACK (on_place), self);
  gtk_widget_set_parent (self->popover, page);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), at);
  tutti_passing_menu (self->popover);
  tutti_passing_menu_return_to (self->popover, page);
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (on_closed), page, 0);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (self->entry);
  if (typed != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), typed);
      gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
    }
  return self->popover;
}
