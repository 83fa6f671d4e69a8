/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-effect-card.h"

#include "tutti-ask.h"
#include "tutti-curve-view.h"
#include "tutti-device-card.h"
#include "tutti-effect-scale.h"
#include "tutti-effect-words.h"
#include "tutti-knob-menu.h"
#include "tutti-knob.h"
#include "tutti-reduction-meter.h"
#include "tutti-rights-words.h"

#include <glib/gi18n.h>

struct _TuttiEffectCard
{
  GtkWidget       parent_instance;
  TuttiStepGrid  *grid;        /* borrowed */
  TuttiId         id, track;   /* track none: the master's */
  TuttiEffectKind kind;
  TuttiId         key;
  guint           place;
  gboolean        locking;
  gint16          values[TUTTI_EFFECT_VALUES_MAX]; /* as shown: of the effect, or of the focused step's locks */
  guint16         locked;      /* bits: which of them are locks */
  GtkWidget      *device, *curve, *reduction;    /* the last: NULL where nothing is pushed down */
};

G_DEFINE_FINAL_TYPE (TuttiEffectCard, tutti_effect_card, GTK_TYPE_WIDGET)

static guint dragged_signal;

/* In which order the knobs stand: the six that say most first. */
static const guint8 eq_order[] = { 0, 1, 2, 3, 5, 7, 4, 6 };

static guint
value_of_knob (TuttiEffectCard *self, guint knob)
{
  return self->kind == TUTTI_EFFECT_EQ ? eq_order[knob] : knob;
}

static guint
knob_of_value (TuttiEffectCard *self, guint index)
{
  for (guint knob = 0; self->kind == TUTTI_EFFECT_EQ && knob < G_N_ELEMENTS (eq_order); knob++)
    if (eq_order[knob] == index)
      return knob;
  return index;
}

static TuttiSession *
session_of (TuttiEffectCard *self)
{
  return tutti_step_grid_get_session (self->grid);
}

static const TuttiEffect *
effect_of (TuttiEffectCard *self, const TuttiTrack **track)
{
  return tutti_jam_effect (tutti_session_get_jam (session_of (self)), self->id, track);
}

static void
ask (TuttiEffectCard *self, TuttiOp *op)
{
  if (op != NULL)
    tutti_ask (GTK_WIDGET (self), session_of (self), op);
}

/* ---- locks ---- */

/* Sets (@value) or takes away (NULL) the lock of value @index on the selected steps. (transfer full) (nullable) */
static TuttiOp *
lock_op (TuttiEffectCard *self, guint index, const int *value)
{
  g_autoptr(GArray) refs = tutti_step_grid_dup_selection_of (self->grid, self->track);
  const TuttiEffect *effect = effect_of (self, NULL);
  TuttiOp *group;
  gint64 address;

  if (refs->len == 0 || effect == NULL)
    return NULL;
  address = tutti_address_of_effect (effect->slot, index);
  group = tutti_op_group_new ();
  for (guint i = 0; i < refs->len; i++)
    {
      const TuttiStepRef *ref = &g_array_index (refs, TuttiStepRef, i);

      if (value != NULL)
        tutti_op_group_add (group, tutti_op_new (TUTTI_OP_STEP_LOCK, ref->clip, TUTTI_N (ref->step), address, TUTTI_N (*value)));
      else
        tutti_op_group_add (group, tutti_op_new (TUTTI_OP_STEP_UNLOCK, ref->clip, TUTTI_N (ref->step), address));
    }
  return group;
}

/* The locks of the focused step over the effect's own values. */
static void
take_values (TuttiEffectCard *self, const TuttiEffect *effect)
{
  const TuttiJam *jam = tutti_session_get_jam (session_of (self));
  const TuttiStep *step;
  TuttiStepRef ref;

  memcpy (self->values, effect->values, sizeof self->values);
  self->locked = 0;
  if (tutti_id_is_none (self->track) || !tutti_step_grid_get_focus (self->grid, &ref) || !tutti_id_equal (ref.track, self->track))
    return;
  step = tutti_step_edit_look_up (jam, &ref);
  for (guint i = 0; i < step->n_locks; i++)
    {
      guint index = step->locks[i].address - tutti_address_of_effect (effect->slot, 0);

      if (step->locks[i].address < tutti_address_of_effect (effect->slot, 0) || index >= tutti_effect_count_values (effect->kind))
        continue;
      const TuttiEffectValueSpec *spec = tutti_effect_value_spec (effect->kind, index);

      self->values[index] = (gint16) CLAMP (step->locks[i].value, spec->min, spec->max);
      self->locked |= (guint16) (1u << index);
    }
}

/* ---- what is done here ---- */

static void
tell_held (TuttiEffectCard *self)
{
  if (!tutti_id_is_none (self->track))
    gtk_widget_activate_action (GTK_WIDGET (self), "presence.hold", "(uuu)", self->track.creator, self->track.counter,
                                (guint) TUTTI_HOLD_SOUND);
}

/* Whoever sees a lock in their hand turns the lock. */
static void
set_value (TuttiEffectCard *self, guint index, int value)
{
  if (value == self->values[index] && !self->locking)
    return;
  tell_held (self);
  if (self->locking || (self->locked & 1u << index) != 0)
    ask (self, lock_op (self, index, &value));
  else
    ask (self, tutti_op_new (TUTTI_OP_EFFECT_VALUE, self->id, TUTTI_N (index), TUTTI_N (value)));
}

static void
on_turned (TuttiDeviceCard *device, guint knob, double position, TuttiEffectCard *self)
{
  guint index = value_of_knob (self, knob);

  set_value (self, index, tutti_effect_scale_from_knob (self->kind, index, position));
}

static void
on_point_turned (TuttiCurveView *curve, guint index, int value, TuttiEffectCard *self)
{
  set_value (self, index, value);
}

static void
on_switched (TuttiDeviceCard *device, gboolean on, TuttiEffectCard *self)
{
  ask (self, tutti_op_new (TUTTI_OP_EFFECT_ON, self->id, TUTTI_N (on)));
}

static void
act_move (GtkWidget *widget, const char *name, GVariant *by)
{
  TuttiEffectCard *self = TUTTI_EFFECT_CARD (widget);
  gint64 place = (gint64) self->place + g_variant_get_int32 (by);

  if (place >= 0)
    ask (self, tutti_op_new (TUTTI_OP_EFFECT_MOVE, self->id, place));
}

static void
act_remove (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiEffectCard *self = TUTTI_EFFECT_CARD (widget);
  g_autofree char *words = NULL;

  /* The page outlives the card, and says it. */
  GtkWidget *page = GTK_WIDGET (self->grid);

  words = g_strdup_printf (_("%s removed"), tutti_words_effect (self->kind));
  if (tutti_ask (page, session_of (self), tutti_op_new (TUTTI_OP_EFFECT_DELETE, self->id)))
    tutti_say_with_action (page, words, _("Undo"), "jam.undo");
}

static void
act_reset (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiEffectCard *self = TUTTI_EFFECT_CARD (widget);
  const TuttiEffect *effect = effect_of (self, NULL);
  TuttiOp *group = tutti_op_group_new ();

  for (guint i = 0; effect != NULL && i < tutti_effect_count_values (self->kind); i++)
    if (effect->values[i] != tutti_effect_value_spec (self->kind, i)->initial)
      tutti_op_group_add (group, tutti_op_new (TUTTI_OP_EFFECT_VALUE, self->id, TUTTI_N (i),
                                               TUTTI_N (tutti_effect_value_spec (self->kind, i)->initial)));
  if (group->arg[0].ops->len > 0)
    ask (self, group);
  else
    tutti_op_free (group);
}

static void
act_key (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiEffectCard *self = TUTTI_EFFECT_CARD (widget);
  TuttiId key = { 0 };

  if (g_variant_get_string (parameter, NULL)[0] == '\0' || tutti_id_parse (g_variant_get_string (parameter, NULL), &key))
    ask (self, tutti_op_new (TUTTI_OP_EFFECT_KEY, self->id, key));
}

static void
act_lock (GtkWidget *widget, const char *name, GVariant *index)
{
  TuttiEffectCard *self = TUTTI_EFFECT_CARD (widget);
  int value = self->values[g_variant_get_uint32 (index)];

  ask (self, lock_op (self, g_variant_get_uint32 (index), &value));
}

static void
act_unlock (GtkWidget *widget, const char *name, GVariant *index)
{
  ask (TUTTI_EFFECT_CARD (widget), lock_op (TUTTI_EFFECT_CARD (widget), g_variant_get_uint32 (index), NULL));
}

static void
act_initial (GtkWidget *widget, const char *name, GVariant *index)
{
  TuttiEffectCard *self = TUTTI_EFFECT_CARD (widget);
  guint i = g_variant_get_uint32 (index);

  set_value (self, i, tutti_effect_value_spec (self->kind, i)->initial);
}

static void
act_type (GtkWidget *widget, const char *name, GVariant *index)
{
  TuttiEffectCard *self = TUTTI_EFFECT_CARD (widget);
  guint i = g_variant_get_uint32 (index);
  g_autofree char *words = tutti_words_effect_value (self->kind, i, self->values[i]);

  tutti_knob_menu_type (tutti_device_card_get_knob (TUTTI_DEVICE_CARD (self->device), knob_of_value (self, i)), widget, words,
                        "device.typed", i);
}

static void
act_typed (GtkWidget *widget, const char *name, GVariant *typed)
{
  TuttiEffectCard *self = TUTTI_EFFECT_CARD (widget);
  const char *text;
  guint index;
  int value;

  g_variant_get (typed, "(u&s)", &index, &text);
  if (tutti_effect_scale_parse (self->kind, index, text, &value))
    set_value (self, index, value);
  else
    tutti_say (widget, _("That is not a value it can have."));
}

/* ---- menus ---- */

static void
add_item (GMenu *menu, const char *words, const char *action, guint index)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (words, NULL);

  g_menu_item_set_action_and_target (item, action, "u", index);
  g_menu_append_item (menu, item);
}

static GMenuModel *
knob_menu (GtkWidget *knob, gpointer user_data)
{
  TuttiEffectCard *self = user_data;
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (knob), "tutti-value"));
  g_autoptr(GArray) steps = tutti_step_grid_dup_selection_of (self->grid, self->track);
  GMenu *menu = g_menu_new ();

  if (steps->len > 0)
    add_item (menu, _("Lock to Selected Steps"), "device.lock", index);
  if ((self->locked & 1u << index) != 0)
    add_item (menu, _("Remove the Lock"), "device.unlock", index);
  add_item (menu, _("Reset"), "device.initial", index);
  add_item (menu, _("Type Value…"), "device.type", index);
  return G_MENU_MODEL (menu);
}

static void
add_key (GMenu *menu, const char *words, const char *key, gboolean chosen)
{
  g_autofree char *marked = chosen ? g_strdup_printf ("✓ %s", words) : g_strdup (words);
  g_autoptr(GMenuItem) item = g_menu_item_new (marked, NULL);

  g_menu_item_set_action_and_target (item, "device.key", "s", key);
  g_menu_append_item (menu, item);
}

/* Which track steers it. */
static GMenuModel *
key_menu (TuttiEffectCard *self)
{
  const TuttiJam *jam = tutti_session_get_jam (session_of (self));
  GMenu *menu = g_menu_new ();

  add_key (menu, _("Its Own Sound"), "", tutti_id_is_none (self->key));
  for (guint i = 0; i < jam->n_tracks; i++)
    {
      char id[TUTTI_ID_TEXT_SIZE];

      if (!tutti_id_equal (jam->tracks[i]->id, self->track))
        add_key (menu, jam->tracks[i]->name, tutti_id_print (jam->tracks[i]->id, id), tutti_id_equal (jam->tracks[i]->id, self->key));
    }
  return G_MENU_MODEL (menu);
}

static void
fill_menu (GtkMenuButton *button, gpointer user_data)
{
  TuttiEffectCard *self = user_data;
  g_autoptr(GMenu) menu = g_menu_new (), places = g_menu_new (), rest = g_menu_new ();

  g_menu_append (places, _("Move Left"), "device.move(-1)");
  g_menu_append (places, _("Move Right"), "device.move(1)");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (places));
  if (tutti_effect_takes_key (self->kind))
    {
      g_autoptr(GMenuModel) keys = key_menu (self);

      g_menu_append_submenu (menu, _("Steered By"), keys);
    }
  g_menu_append (rest, _("Reset"), "device.reset");
  g_menu_append (rest, _("Remove"), "device.remove");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/* ---- showing ---- */

TuttiId
tutti_effect_card_get_id (TuttiEffectCard *self)
{
  return self->id;
}

static void
show_key (TuttiEffectCard *self, TuttiId key)
{
  const TuttiTrack *steering = tutti_jam_track (tutti_session_get_jam (session_of (self)), key, NULL);
  g_autofree char *words = NULL;

  self->key = key;
  if (steering != NULL)
    words = g_strdup_printf (_("Steered by %s"), steering->name);
  else if (!tutti_id_is_none (key))
    words = g_strdup (_("Steered by a track that is gone"));
  tutti_curve_view_set_words (TUTTI_CURVE_VIEW (self->curve), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words != NULL ? words : "", -1);
}

void
tutti_effect_card_show (TuttiEffectCard *self, const TuttiTrack *track, const TuttiEffect *effect, guint place, guint n,
                        const char *reason, gboolean locking)
{
  int colour = track != NULL ? track->colour : TUTTI_KNOB_ACCENT;

  self->track = track != NULL ? track->id : (TuttiId) { 0 };
  self->place = place;
  self->locking = locking;
  take_values (self, effect);
  for (guint knob = 0; knob < tutti_effect_count_values (self->kind); knob++)
    {
      guint index = value_of_knob (self, knob);
      g_autofree char *words = tutti_words_effect_value (self->kind, index, self->values[index]);

      tutti_device_card_show_knob (TUTTI_DEVICE_CARD (self->device), knob,
                                   tutti_effect_scale_to_knob (self->kind, index, self->values[index]), words,
                                   (self->locked & 1u << index) != 0);
    }
  tutti_device_card_set_colour (TUTTI_DEVICE_CARD (self->device), colour);
  tutti_device_card_show_on (TUTTI_DEVICE_CARD (self->device), effect->on);
  tutti_curve_view_show (TUTTI_CURVE_VIEW (self->curve), self->values, track != NULL ? track->colour : -1);
  show_key (self, effect->key);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "device.move", n > 1);
  tutti_allow (GTK_WIDGET (self), reason);
}

void
tutti_effect_card_beat (TuttiEffectCard *self, gint64 now_us)
{
  if (self->reduction != NULL && gtk_widget_get_mapped (self->reduction))
    tutti_reduction_meter_feed (TUTTI_REDUCTION_METER (self->reduction),
                                tutti_session_get_reduction (session_of (self), self->track, self->id), now_us);
}

/* ---- building ---- */

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, TuttiEffectCard *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_add_css_class (self->device, "dragged");
}

static void
tell_dragged (TuttiEffectCard *self, GtkGestureDrag *gesture, double dx, gboolean done)
{
  double from = 0, y = 0, x;

  gtk_gesture_drag_get_start_point (gesture, &from, &y);
  gtk_widget_translate_coordinates (tutti_device_card_get_handle (TUTTI_DEVICE_CARD (self->device)), GTK_WIDGET (self), from + dx, y, &x,
                                    &y);
  g_signal_emit (self, dragged_signal, 0, x, done);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, TuttiEffectCard *self)
{
  tell_dragged (self, gesture, dx, FALSE);
}

static void
on_drag_end (GtkGestureDrag *gesture, double dx, double dy, TuttiEffectCard *self)
{
  gtk_widget_remove_css_class (self->device, "dragged");
  tell_dragged (self, gesture, dx, TRUE);
}

static void
build_handle (TuttiEffectCard *self)
{
  GtkWidget *handle = tutti_device_card_get_handle (TUTTI_DEVICE_CARD (self->device));
  GtkGesture *drag = gtk_gesture_drag_new ();
  /* Translators: the handle of an effect's card, "Reverb: drag to another place" */
  g_autofree char *words = g_strdup_printf (_("%s: drag to another place"), tutti_words_effect (self->kind));

  gtk_widget_set_cursor_from_name (handle, "grab");
  gtk_widget_set_tooltip_text (handle, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (handle), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (drag));
}

static void
build_knob (TuttiEffectCard *self, guint knob)
{
  TuttiDeviceCard *device = TUTTI_DEVICE_CARD (self->device);
  guint index = value_of_knob (self, knob);
  TuttiKnobScale scale = tutti_effect_scale (self->kind, index);
  GtkWidget *widget;

  tutti_device_card_add_knob (device, tutti_words_effect_value_name (self->kind, index), scale.low, scale.high, scale.initial,
                              scale.step == 1);
  tutti_device_card_set_origin (device, knob, scale.origin);
  widget = tutti_device_card_get_knob (device, knob);
  g_object_set_data (G_OBJECT (widget), "tutti-value", GUINT_TO_POINTER (index));
  tutti_knob_menu_attach (widget, GTK_WIDGET (self), knob_menu, self);
}

/* The curve, and beside it how much is pushed down where that is what the effect does. */
static GtkWidget *
build_picture (TuttiEffectCard *self, const char *name)
{
  GtkWidget *row;

  self->curve = tutti_curve_view_new (self->kind);
  if (self->kind != TUTTI_EFFECT_COMPRESSOR && self->kind != TUTTI_EFFECT_GATE && self->kind != TUTTI_EFFECT_LIMITER)
    return self->curve;
  row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->reduction = tutti_reduction_meter_new (name);
  tutti_curve_view_make_room (TUTTI_CURVE_VIEW (self->curve), 32);
  gtk_widget_set_hexpand (self->curve, TRUE);
  gtk_box_append (GTK_BOX (row), self->curve);
  gtk_box_append (GTK_BOX (row), self->reduction);
  return row;
}

static void
tutti_effect_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (tutti_effect_card_parent_class)->dispose (object);
}

static void
tutti_effect_card_class_init (TuttiEffectCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_effect_card_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "device.move", "i", act_move);
  gtk_widget_class_install_action (widget_class, "device.remove", NULL, act_remove);
  gtk_widget_class_install_action (widget_class, "device.reset", NULL, act_reset);
  gtk_widget_class_install_action (widget_class, "device.key", "s", act_key);
  gtk_widget_class_install_action (widget_class, "device.lock", "u", act_lock);
  gtk_widget_class_install_action (widget_class, "device.unlock", "u", act_unlock);
  gtk_widget_class_install_action (widget_class, "device.initial", "u", act_initial);
  gtk_widget_class_install_action (widget_class, "device.type", "u", act_type);
  gtk_widget_class_install_action (widget_class, "device.typed", "(us)", act_typed);
  dragged_signal = g_signal_new ("dragged", TUTTI_TYPE_EFFECT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_DOUBLE, G_TYPE_BOOLEAN);
}

static void
tutti_effect_card_init (TuttiEffectCard *self)
{
}

GtkWidget *
tutti_effect_card_new (TuttiStepGrid *grid, const TuttiEffect *effect)
{
  TuttiEffectCard *self = g_object_new (TUTTI_TYPE_EFFECT_CARD, NULL);
  const char *name = tutti_words_effect (effect->kind);

  self->grid = grid;
  self->id = effect->id;
  self->kind = effect->kind;
  self->device = tutti_device_card_new (name);
  tutti_device_card_set_picture (TUTTI_DEVICE_CARD (self->device), build_picture (self, name));
  for (guint knob = 0; knob < tutti_effect_count_values (self->kind); knob++)
    build_knob (self, knob);
  build_handle (self);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (tutti_device_card_get_menu_button (TUTTI_DEVICE_CARD (self->device))),
                                         fill_menu, self, NULL);
  g_signal_connect (self->device, "turned", G_CALLBACK (on_turned), self);
  g_signal_connect (self->device, "switched", G_CALLBACK (on_switched), self);
  g_signal_connect (self->curve, "turned", G_CALLBACK (on_point_turned), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_parent (self->device, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
