/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-keys.h"

#include "tutti-settings.h"

#include <string.h>

/* Letters go by symbol. */
static const struct { guint key; GdkModifierType modifiers; const char *action; } keys[] = {
  { GDK_KEY_space, GDK_SHIFT_MASK, "jam.play-from-start" }, { GDK_KEY_period, 0, "jam.stop" },
  { GDK_KEY_l, 0, "jam.loop" }, { GDK_KEY_c, 0, "jam.metronome" }, { GDK_KEY_t, 0, "jam.tap" }, { GDK_KEY_b, 0, "page.tempo" },
  { GDK_KEY_m, 0, "track.mute" }, { GDK_KEY_s, 0, "track.solo" }, { GDK_KEY_F2, 0, "track.rename" },
  { GDK_KEY_m, GDK_SHIFT_MASK, "track.clear-mute" }, { GDK_KEY_s, GDK_SHIFT_MASK, "track.clear-solo" },
  { GDK_KEY_Escape, 0, "page.escape" }, { GDK_KEY_k, 0, "page.keys" },
  { GDK_KEY_0, 0, "page.scene(-1)" },
};

/* These act everywhere, also while something is typed. */
static const struct { guint key; GdkModifierType modifiers; const char *action; } everywhere[] = {
  { GDK_KEY_F5, 0, "jam.play-pause" }, { GDK_KEY_AudioPlay, 0, "jam.play-pause" }, { GDK_KEY_AudioPause, 0, "jam.play-pause" },
  { GDK_KEY_AudioStop, 0, "jam.stop" }, { GDK_KEY_Escape, GDK_SHIFT_MASK, "jam.panic" },
  { GDK_KEY_z, GDK_CONTROL_MASK, "jam.undo" }, { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "jam.redo" },
  { GDK_KEY_1, GDK_ALT_MASK, "page.view::pattern" }, { GDK_KEY_2, GDK_ALT_MASK, "page.view::clips" },
  { GDK_KEY_3, GDK_ALT_MASK, "page.view::notes" },
  /* By where they stand in the switcher; 5 is where the mixer stands once there is a song before it. */
  { GDK_KEY_4, GDK_ALT_MASK, "page.view::mixer" }, { GDK_KEY_5, GDK_ALT_MASK, "page.view::mixer" }, { GDK_KEY_F9, 0, "page.panel::" },
  { GDK_KEY_F11, 0, "page.stage" },
  { GDK_KEY_p, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "page.panel::people" },
  { GDK_KEY_h, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "page.panel::history" },
  { GDK_KEY_m, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "page.panel::chat" },
  { GDK_KEY_t, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "page.panel::timing" },
  { GDK_KEY_Up, GDK_CONTROL_MASK, "page.desk(1)" }, { GDK_KEY_Down, GDK_CONTROL_MASK, "page.desk(-1)" },
  { GDK_KEY_F6, 0, "page.area(1)" }, { GDK_KEY_F6, GDK_SHIFT_MASK, "page.area(-1)" },
  { GDK_KEY_i, GDK_CONTROL_MASK, "jam.import" }, { GDK_KEY_e, GDK_CONTROL_MASK, "export.begin" },
  { GDK_KEY_w, GDK_CONTROL_MASK, "page.leave" },
};

static gboolean
activate (GtkWidget *page, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;

  if (!g_action_parse_detailed_name (detailed, &name, &target, NULL))
    return FALSE;
  /* Switches have no target of their own: their action turns them over. */
  gtk_widget_activate_action_variant (page, name, target);
  return TRUE;
}

gboolean
tutti_jam_keys_typing (GtkWidget *page)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (page));

  return focus != NULL && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus) || GTK_IS_TEXT (focus));
}

static gboolean
on_button (GtkWidget *page)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (page));

  return focus != NULL && (GTK_IS_BUTTON (focus) || GTK_IS_DROP_DOWN (focus) || GTK_IS_SWITCH (focus) ||
                           gtk_widget_get_ancestor (focus, GTK_TYPE_MENU_BUTTON) != NULL);
}

/* Digits go by the place of the key, so that keyboards with letters there launch scenes too. */
static int
digit_of (guint code)
{
  return code >= 10 && code <= 17 ? (int) code - 10 : -1;
}

static gboolean
on_key_everywhere (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, GtkWidget *page)
{
  GdkModifierType pressed = state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK);

  for (guint i = 0; i < G_N_ELEMENTS (everywhere); i++)
    if (gdk_keyval_to_lower (key) == everywhere[i].key && pressed == everywhere[i].modifiers)
      return activate (page, everywhere[i].action);
  return FALSE;
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, GtkWidget *page)
{
  GdkModifierType pressed = state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK);
  char scene[24];

  if (tutti_jam_keys_typing (page))
    return FALSE;
  if (key == GDK_KEY_space && pressed == 0 && !on_button (page))
    return activate (page, "jam.play-pause");
  if (tutti_settings_get_space_toggles () && key == GDK_KEY_Return && pressed == 0 && !on_button (page))
    return activate (page, "jam.play-pause");
  if ((pressed == 0 || pressed == GDK_SHIFT_MASK) && digit_of (code) >= 0)
    {
      g_snprintf (scene, sizeof scene, "page.scene(%d)", digit_of (code) + (pressed != 0 ? 8 : 0));
      return activate (page, scene);
    }
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (gdk_keyval_to_lower (key) == keys[i].key && pressed == keys[i].modifiers)
      return activate (page, keys[i].action);
  return FALSE;
}

void
tutti_jam_keys_attach (GtkWidget *page)
{
  GtkEventController *first = gtk_event_controller_key_new (), *last = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (first, GTK_PHASE_CAPTURE);
  g_signal_connect (first, "key-pressed", G_CALLBACK (on_key_everywhere), page);
  g_signal_connect (last, "key-pressed", G_CALLBACK (on_key), page);
  gtk_widget_add_controller (page, first);
  gtk_widget_add_controller (page, last);
}
