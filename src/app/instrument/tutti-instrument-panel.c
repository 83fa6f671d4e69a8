/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-instrument-panel.h"

#include "tutti-ask.h"
#include "tutti-number-knob.h"
#include "tutti-plot.h"
#include "tutti-sound-chooser.h"
#include "tutti-words.h"
#include "tutti-zone-view.h"

#include <glib/gi18n.h>
#include <string.h>

#define HEIGHT 323             /* what is left of the desk below its head */
#define ASK_AGAIN_MS 500       /* for a sound that is on its way */

struct _TuttiInstrumentPanel
{
  GtkWidget       parent_instance;
  TuttiStepGrid  *grid;        /* borrowed: both belong to the jam page */
  GtkWidget      *root, *plots, *numbers, *tabs, *tab[TUTTI_PANEL_PAGES_MAX], *modes, *mode[TUTTI_N_PLAY_MODES], *lock;
  TuttiNumbers    values;
  TuttiOutline    outline;
  char           *sound;       /* owned (nullable): whose outline that is, and what the page was built for */
  TuttiInstrument instrument;  /* whose tabs are shown */
  guint           page[TUTTI_N_INSTRUMENTS];
  guint           again;       /* timeout */
  gboolean        showing;
};

G_DEFINE_FINAL_TYPE (TuttiInstrumentPanel, tutti_instrument_panel, GTK_TYPE_WIDGET)

static TuttiSession *
session_of (TuttiInstrumentPanel *self)
{
  return tutti_step_grid_get_session (self->grid);
}

static const TuttiTrack *
track_of (TuttiInstrumentPanel *self)
{
  const TuttiJam *jam = tutti_session_get_jam (session_of (self));

  return jam != NULL ? tutti_jam_track (jam, tutti_step_grid_get_track (self->grid), NULL) : NULL;
}

/* ---- what is turned ---- */

/* The same to every selected step that there is. */
static void
add_step_ops (TuttiInstrumentPanel *self, TuttiOp *group, TuttiOpKind kind, guint address, int value)
{
  g_autoptr(GArray) refs = tutti_step_grid_dup_selection_of (self->grid, tutti_step_grid_get_track (self->grid));

  for (guint i = 0; i < refs->len; i++)
    {
      const TuttiStepRef *ref = &g_array_index (refs, TuttiStepRef, i);

      tutti_op_group_add (group, tutti_op_new (kind, ref->clip, TUTTI_N (ref->step), TUTTI_N (address), TUTTI_N (value)));
    }
}

static gboolean
locks_now (TuttiInstrumentPanel *self, guint address)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->lock)) || self->values.locked[address];
}

static void
add_value (TuttiInstrumentPanel *self, TuttiOp *group, guint address, int value)
{
  if (address == TUTTI_NO_NUMBER)
    return;
  if (locks_now (self, address))
    add_step_ops (self, group, TUTTI_OP_STEP_LOCK, address, value);
  else
    tutti_op_group_add (group, tutti_numbers_set (tutti_step_grid_get_track (self->grid), address, value));
}

static void
ask_group (TuttiInstrumentPanel *self, TuttiOp *group)
{
  GPtrArray *ops = group->arg[0].ops;

  if (ops->len > 1)
    tutti_ask (GTK_WIDGET (self), session_of (self), group);
  else
    {
      if (ops->len == 1)
        tutti_ask (GTK_WIDGET (self), session_of (self), tutti_op_copy (ops->pdata[0]));
      tutti_op_free (group);
    }
}

static void
on_moved (TuttiPlot *plot, guint address, int value, guint other, int other_value, TuttiInstrumentPanel *self)
{
  TuttiOp *group = tutti_op_group_new ();

  if (track_of (self) != NULL)
    {
      add_value (self, group, address, value);
      add_value (self, group, other, other_value);
    }
  ask_group (self, group);
}

static void
on_turned (TuttiNumberKnob *knob, guint address, int value, TuttiInstrumentPanel *self)
{
  on_moved (NULL, address, value, TUTTI_NO_NUMBER, 0, self);
}

static void
on_reset (TuttiNumberKnob *knob, guint address, TuttiInstrumentPanel *self)
{
  const TuttiTrack *track = track_of (self);
  TuttiOp *group = tutti_op_group_new ();

  if (track != NULL && self->values.locked[address])
    add_step_ops (self, group, TUTTI_OP_STEP_UNLOCK, address, 0);
  else if (track != NULL && tutti_numbers_changed (&self->values, address))
    tutti_op_group_add (group, tutti_numbers_reset (&self->values, track->id, address));
  ask_group (self, group);
}

static void
on_lock (TuttiNumberKnob *knob, guint address, int value, TuttiInstrumentPanel *self)
{
  TuttiOp *group = tutti_op_group_new ();

  add_step_ops (self, group, TUTTI_OP_STEP_LOCK, address, value);
  ask_group (self, group);
}

/* Dialogs are answered here: a view may be gone by then, because the track has another sound. */
static void
on_zone_sound (const char *sound, gpointer user_data)
{
  TuttiInstrumentPanel *self = user_data;
  const TuttiTrack *track = track_of (self);

  if (track == NULL || !tutti_sound_is_sample (track->sound))
    return;
  if (!tutti_sound_is_sample (sound))
    {
      tutti_say (GTK_WIDGET (self), _("Zones are made of sounds that were recorded; this one is a synthesiser's."));
      return;
    }
  tutti_ask (GTK_WIDGET (self), session_of (self),
             tutti_zone_view_add_op (track, tutti_session_new_id (session_of (self)), tutti_session_new_id (session_of (self)), sound));
}

static void
on_add_zone (TuttiZoneView *view, TuttiInstrumentPanel *self)
{
  if (track_of (self) == NULL || !tutti_zone_view_has_room (GTK_WIDGET (self), track_of (self), 1))
    return;
  tutti_sound_chooser_open (GTK_WIDGET (self), session_of (self), _("Add Zone"), tutti_id (0, 0), on_zone_sound, self);
}

static void
on_mode (GtkToggleButton *button, TuttiInstrumentPanel *self)
{
  const TuttiTrack *track = track_of (self);

  if (self->showing || track == NULL || !gtk_toggle_button_get_active (button))
    return;
  for (int i = 0; i < TUTTI_N_PLAY_MODES; i++)
    if (GTK_WIDGET (button) == self->mode[i])
      tutti_ask (GTK_WIDGET (self), session_of (self), tutti_op_new (TUTTI_OP_TRACK_PLAY_MODE, track->id, TUTTI_N (i)));
}

/* ---- pages ---- */

static void
empty (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_widget_unparent (child);
}

/* The page where the most handles of that picture are. */
static void
on_chosen (TuttiPlot *plot, TuttiInstrumentPanel *self)
{
  TuttiPlotKind kind = (TuttiPlotKind) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (plot), "tutti-plot"));
  const TuttiPanelPage *pages = tutti_panel_pages (self->instrument);

  for (guint i = 1; pages[i].name != NULL; i++)
    for (guint j = 0; j < TUTTI_PAGE_PLOTS; j++)
      if (pages[i].plots[j] == kind)
        {
          tutti_instrument_panel_set_page (self, i);
          return;
        }
}

static void
build_plots (TuttiInstrumentPanel *self, const TuttiPanelPage *page)
{
  for (guint i = 0; i < TUTTI_PAGE_PLOTS && page->plots[i] != TUTTI_PLOT_NONE; i++)
    {
      GtkWidget *plot;

      if (page->plots[i] == TUTTI_PLOT_ZONES)
        {
          plot = tutti_zone_view_new (self->grid);
          g_signal_connect (plot, "add", G_CALLBACK (on_add_zone), self);
          gtk_box_append (GTK_BOX (self->plots), plot);
          continue;
        }
      plot = tutti_plot_new (page->plots[i]);
      g_object_set_data (G_OBJECT (plot), "tutti-plot", GINT_TO_POINTER ((int) page->plots[i]));
      g_signal_connect (plot, "moved", G_CALLBACK (on_moved), self);
      g_signal_connect (plot, "chosen", G_CALLBACK (on_chosen), self);
      gtk_box_append (GTK_BOX (self->plots), plot);
    }
}

static guint
count_columns (const guint16 *numbers)
{
  guint n = 0;

  for (; *numbers != TUTTI_NO_NUMBER; numbers++)
    n += tutti_number_is_choice (*numbers) ? 2 : 1;
  return n;
}

static void
build_numbers (TuttiInstrumentPanel *self, const guint16 *numbers)
{
  int size = count_columns (numbers) > TUTTI_PAGE_COLUMNS ? TUTTI_NUMBER_KNOB_SMALL : TUTTI_NUMBER_KNOB_SIZE;
  guint at = 0;

  for (; *numbers != TUTTI_NO_NUMBER; numbers++)
    {
      GtkWidget *knob = tutti_number_knob_new (*numbers, size);
      guint columns = tutti_number_is_choice (*numbers) ? 2 : 1;

      /* What is two wide is not broken. */
      if (at % TUTTI_PAGE_COLUMNS + columns > TUTTI_PAGE_COLUMNS)
        at += TUTTI_PAGE_COLUMNS - at % TUTTI_PAGE_COLUMNS;
      g_signal_connect (knob, "turned", G_CALLBACK (on_turned), self);
      g_signal_connect (knob, "reset", G_CALLBACK (on_reset), self);
      g_signal_connect (knob, "lock", G_CALLBACK (on_lock), self);
      gtk_grid_attach (GTK_GRID (self->numbers), knob, (int) (at % TUTTI_PAGE_COLUMNS), (int) (at / TUTTI_PAGE_COLUMNS), (int) columns, 1);
      at += columns;
    }
  /* All columns, so that few knobs stand as far apart as many. */
  for (guint i = 0; i < TUTTI_PAGE_COLUMNS; i++)
    if (gtk_grid_get_child_at (GTK_GRID (self->numbers), (int) i, 0) == NULL)
      gtk_grid_attach (GTK_GRID (self->numbers), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), (int) i, 0, 1, 1);
}

static void
build_page (TuttiInstrumentPanel *self)
{
  const TuttiPanelPage *page = &tutti_panel_pages (self->instrument)[self->page[self->instrument]];
  const guint16 *numbers = page->numbers;

  if (*numbers == TUTTI_NO_NUMBER && self->values.preset >= 0)
    numbers = tutti_panel_macros (tutti_preset_get ((unsigned) self->values.preset)->category);
  empty (self->plots);
  empty (self->numbers);
  build_plots (self, page);
  build_numbers (self, numbers);
  gtk_widget_set_visible (self->numbers, *numbers != TUTTI_NO_NUMBER);
}

static void
on_tab (GtkToggleButton *button, TuttiInstrumentPanel *self)
{
  guint page = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "tutti-page"));

  if (self->showing || !gtk_toggle_button_get_active (button) || self->page[self->instrument] == page)
    return;
  self->page[self->instrument] = page;
  build_page (self);
  tutti_instrument_panel_refresh (self);
}

GtkWidget *
tutti_instrument_panel_get_lock (TuttiInstrumentPanel *self)
{
  return self->lock;
}

void
tutti_instrument_panel_set_page (TuttiInstrumentPanel *self, guint page)
{
  if (self->tab[page] != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tab[page]), TRUE);
}

static void
build_tabs (TuttiInstrumentPanel *self)
{
  const TuttiPanelPage *pages = tutti_panel_pages (self->instrument);

  empty (self->tabs);
  memset (self->tab, 0, sizeof self->tab);
  for (guint i = 0; pages[i].name != NULL; i++)
    {
      self->tab[i] = gtk_toggle_button_new_with_label (_(pages[i].name));
      gtk_widget_add_css_class (self->tab[i], "word");
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->tab[i]), i > 0 ? GTK_TOGGLE_BUTTON (self->tab[0]) : NULL);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tab[i]), i == self->page[self->instrument]);
      g_object_set_data (G_OBJECT (self->tab[i]), "tutti-page", GUINT_TO_POINTER (i));
      g_signal_connect (self->tab[i], "toggled", G_CALLBACK (on_tab), self);
      gtk_box_append (GTK_BOX (self->tabs), self->tab[i]);
    }
}

/* ---- showing ---- */

static gboolean
ask_again (gpointer user_data)
{
  TuttiInstrumentPanel *self = user_data;

  self->again = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    tutti_instrument_panel_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
read_outline (TuttiInstrumentPanel *self, const TuttiTrack *track)
{
  if (self->values.instrument != TUTTI_INSTRUMENT_SAMPLER || self->outline.ms > 0)
    return;
  tutti_outline_read (&self->outline, tutti_session_look_up_sound (session_of (self), track->sound));
  if (self->outline.ms <= 0 && self->again == 0)
    self->again = g_timeout_add (ASK_AGAIN_MS, ask_again, self);
}

/* Another sound may have other pages, and other knobs on them. */
static void
follow_sound (TuttiInstrumentPanel *self, const TuttiTrack *track)
{
  if (self->sound != NULL && g_str_equal (self->sound, track->sound))
    return;
  if (self->sound == NULL || self->instrument != self->values.instrument)
    {
      self->instrument = self->values.instrument;
      build_tabs (self);
    }
  g_free (self->sound);
  self->sound = g_strdup (track->sound);
  self->outline.ms = 0;
  build_page (self);
}

/* Who may not turn anything may still look at every page. */
static void
show_rights (TuttiInstrumentPanel *self, const TuttiTrack *track)
{
  GtkWidget *parts[] = { self->plots, self->numbers, self->modes, self->lock };
  g_autoptr(TuttiOp) any = tutti_numbers_set (track->id, TUTTI_PARAM_TUNE, 0);
  g_autofree char *denied = tutti_denied_words (session_of (self), any);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_widget_set_sensitive (parts[i], denied == NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), denied);
}

static void
show_values (TuttiInstrumentPanel *self, int colour, gboolean lockable)
{
  const TuttiOutline *outline = self->values.instrument == TUTTI_INSTRUMENT_SAMPLER ? &self->outline : NULL;
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (self->plots); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (TUTTI_IS_ZONE_VIEW (child))
      tutti_zone_view_refresh (TUTTI_ZONE_VIEW (child));
    else
      tutti_plot_show (TUTTI_PLOT (child), &self->values, colour, outline);
  for (child = gtk_widget_get_first_child (self->numbers); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (TUTTI_IS_NUMBER_KNOB (child))
      tutti_number_knob_show (TUTTI_NUMBER_KNOB (child), &self->values, colour, lockable);
}

void
tutti_instrument_panel_refresh (TuttiInstrumentPanel *self)
{
  const TuttiJam *jam = tutti_session_get_jam (session_of (self));
  const TuttiTrack *track = track_of (self);
  TuttiStepRef focus;
  gboolean step;

  gtk_widget_set_visible (self->root, track != NULL);
  if (track == NULL)
    return;
  step = tutti_step_grid_get_focus (self->grid, &focus) && !tutti_id_is_none (focus.clip);
  self->showing = TRUE;
  tutti_numbers_read (&self->values, track, step ? tutti_step_edit_look_up (jam, &focus) : NULL);
  follow_sound (self, track);
  read_outline (self, track);
  show_rights (self, track);
  gtk_widget_set_visible (self->modes, self->values.instrument == TUTTI_INSTRUMENT_SAMPLER);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->mode[track->play_mode]), TRUE);
  show_values (self, track->colour, step);
  self->showing = FALSE;
}

/* ---- building ---- */

static void
tutti_instrument_panel_dispose (GObject *object)
{
  TuttiInstrumentPanel *self = TUTTI_INSTRUMENT_PANEL (object);

  g_clear_handle_id (&self->again, g_source_remove);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_pointer (&self->sound, g_free);
  G_OBJECT_CLASS (tutti_instrument_panel_parent_class)->dispose (object);
}

static void
tutti_instrument_panel_class_init (TuttiInstrumentPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_instrument_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "instrument");
}

static void
build_modes (TuttiInstrumentPanel *self)
{
  static const char * const words[TUTTI_N_PLAY_MODES] = { N_("As Made"), N_("One Shot"), N_("Gate") };

  self->modes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->modes, "linked");
  gtk_widget_set_tooltip_text (self->modes, _("Whether a note's length ends the sound"));
  for (int i = 0; i < TUTTI_N_PLAY_MODES; i++)
    {
      self->mode[i] = gtk_toggle_button_new_with_label (_(words[i]));
      gtk_widget_add_css_class (self->mode[i], "word");
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->mode[i]), i > 0 ? GTK_TOGGLE_BUTTON (self->mode[0]) : NULL);
      g_signal_connect (self->mode[i], "toggled", G_CALLBACK (on_mode), self);
      gtk_box_append (GTK_BOX (self->modes), self->mode[i]);
    }
}

static GtkWidget *
build_bottom (TuttiInstrumentPanel *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *spring = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->tabs = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->tabs, "linked");
  gtk_widget_add_css_class (self->tabs, "panel-tabs");
  build_modes (self);
  self->lock = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->lock), "tutti-lock-symbolic");
  gtk_widget_set_tooltip_text (self->lock, _("Lock to Selected Steps: knobs change only these"));
  gtk_widget_set_hexpand (spring, TRUE);
  gtk_box_append (GTK_BOX (row), self->tabs);
  gtk_box_append (GTK_BOX (row), spring);
  gtk_box_append (GTK_BOX (row), self->modes);
  gtk_box_append (GTK_BOX (row), self->lock);
  return row;
}

static void
tutti_instrument_panel_init (TuttiInstrumentPanel *self)
{
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_size_request (self->root, TUTTI_INSTRUMENT_PANEL_WIDTH, HEIGHT);
  self->plots = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_set_homogeneous (GTK_BOX (self->plots), TRUE);
  self->numbers = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->numbers), TRUE);
  gtk_grid_set_row_spacing (GTK_GRID (self->numbers), 4);
  gtk_box_append (GTK_BOX (self->root), self->plots);
  gtk_box_append (GTK_BOX (self->root), self->numbers);
  gtk_box_append (GTK_BOX (self->root), build_bottom (self));
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_instrument_panel_new (TuttiStepGrid *grid)
{
  TuttiInstrumentPanel *self = g_object_new (TUTTI_TYPE_INSTRUMENT_PANEL, NULL);

  self->grid = grid;
  return GTK_WIDGET (self);
}
