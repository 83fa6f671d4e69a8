/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-personal-rack.h"

#include "tutti-ask.h"
#include "tutti-device-card.h"
#include "tutti-settings.h"
#include "tutti-share-effect.h"

#include <glib/gi18n.h>

struct _TuttiPersonalRack
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* owned */
  GPtrArray    *chain;         /* owned, of TuttiPersonalEffect */
  GtkWidget    *root, *cards, *add;
};

G_DEFINE_FINAL_TYPE (TuttiPersonalRack, tutti_personal_rack, GTK_TYPE_WIDGET)

static void build_cards (TuttiPersonalRack *self);

/* ---- what is heard and remembered ---- */

static GPtrArray *
remembered (void)
{
  g_autofree char *text = tutti_settings_dup_personal_effects ();

  return tutti_personal_chain_from_text (text);
}

void
tutti_personal_rack_apply (TuttiSession *session)
{
  g_autoptr(GPtrArray) chain = remembered ();
  TuttiOutput *output = tutti_session_get_output (session);

  if (output != NULL && chain->len > 0)
    tutti_output_set_personal (output, chain);
}

static void
keep (TuttiPersonalRack *self)
{
  g_autofree char *text = tutti_personal_chain_to_text (self->chain);

  if (tutti_session_get_output (self->session) != NULL)
    tutti_output_set_personal (tutti_session_get_output (self->session), self->chain);
  tutti_settings_set_personal_effects (text);
}

/* ---- words ---- */

/* Names of ours are in the catalogues; those of plug-ins are as their makers gave them. */
static const char *
name_words (const TuttiPersonalKind *kind, const char *name)
{
  return kind->chosen ? _(name) : name;
}

static char *
value_words (const TuttiPersonalKind *kind, const TuttiPersonalParam *param, double value)
{
  if (g_str_has_prefix (param->property, "band"))
    return g_strdup_printf (_("%+.1f dB"), value);
  if (g_str_equal (param->property, "delay"))
    return g_strdup_printf (_("%.0f ms"), value / 1e6);
  if (kind->chosen)
    return g_strdup_printf (_("%.0f %%"), value * 100);
  return g_strdup_printf ("%.4g", value);
}

/* ---- cards ---- */

static guint
place_of (GtkWidget *card)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (card), "tutti-place"));
}

static void
show_value (TuttiDeviceCard *card, const TuttiPersonalKind *kind, guint knob, double value)
{
  g_autofree char *words = value_words (kind, &kind->params[knob], value);

  tutti_device_card_show_knob (card, knob, value, words, FALSE);
}

static void
on_turned (TuttiDeviceCard *card, guint knob, double value, TuttiPersonalRack *self)
{
  TuttiPersonalEffect *effect = self->chain->pdata[place_of (GTK_WIDGET (card))];

  effect->values[knob] = value;
  show_value (card, tutti_personal_kind_find (effect->element), knob, value);
  keep (self);
}

static void
on_switched (TuttiDeviceCard *card, gboolean on, TuttiPersonalRack *self)
{
  ((TuttiPersonalEffect *) self->chain->pdata[place_of (GTK_WIDGET (card))])->on = on;
  tutti_device_card_show_on (card, on);
  keep (self);
}

static GMenuModel *
card_menu (guint place, guint n)
{
  GMenu *menu = g_menu_new ();
  g_autofree char *left = g_strdup_printf ("personal.move((uint32 %u, %d))", place, -1);
  g_autofree char *right = g_strdup_printf ("personal.move((uint32 %u, %d))", place, 1);
  g_autofree char *away = g_strdup_printf ("personal.remove(uint32 %u)", place);
  g_autofree char *share = g_strdup_printf ("personal.share(uint32 %u)", place);

  g_menu_append (menu, _("Share with Everyone"), share);
  if (place > 0)
    g_menu_append (menu, _("Move Left"), left);
  if (place + 1 < n)
    g_menu_append (menu, _("Move Right"), right);
  g_menu_append (menu, _("Remove"), away);
  return G_MENU_MODEL (menu);
}

static GtkWidget *
build_card (TuttiPersonalRack *self, guint place)
{
  const TuttiPersonalEffect *effect = self->chain->pdata[place];
  const TuttiPersonalKind *kind = tutti_personal_kind_find (effect->element);
  GtkWidget *card = tutti_device_card_new (name_words (kind, kind->name));
  g_autoptr(GMenuModel) menu = card_menu (place, self->chain->len);

  g_object_set_data (G_OBJECT (card), "tutti-place", GUINT_TO_POINTER (place));
  tutti_device_card_set_personal (TUTTI_DEVICE_CARD (card), _("Only you hear this. It is never sent and never exported."));
  tutti_device_card_set_menu (TUTTI_DEVICE_CARD (card), menu);
  for (guint i = 0; i < kind->n_params; i++)
    {
      const TuttiPersonalParam *param = &kind->params[i];

      tutti_device_card_add_knob (TUTTI_DEVICE_CARD (card), name_words (kind, param->name), param->min, param->max, param->initial, FALSE);
      show_value (TUTTI_DEVICE_CARD (card), kind, i, effect->values[i]);
    }
  tutti_device_card_set_colour (TUTTI_DEVICE_CARD (card), -1);
  tutti_device_card_show_on (TUTTI_DEVICE_CARD (card), effect->on);
  g_signal_connect (card, "turned", G_CALLBACK (on_turned), self);
  g_signal_connect (card, "switched", G_CALLBACK (on_switched), self);
  return card;
}

static void
build_cards (TuttiPersonalRack *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->cards)) != NULL)
    gtk_box_remove (GTK_BOX (self->cards), child);
  for (guint i = 0; i < self->chain->len; i++)
    gtk_box_append (GTK_BOX (self->cards), build_card (self, i));
  gtk_widget_set_visible (self->cards, self->chain->len > 0);
  gtk_widget_set_sensitive (self->add, self->chain->len < TUTTI_PERSONAL_EFFECTS_MAX);
}

/* ---- what the menus do ---- */

static void
act_add (GtkWidget *widget, const char *name, GVariant *element)
{
  TuttiPersonalRack *self = TUTTI_PERSONAL_RACK (widget);
  const TuttiPersonalKind *kind = tutti_personal_kind_find (g_variant_get_string (element, NULL));

  if (kind == NULL || !tutti_personal_chain_add (self->chain, kind))
    return;
  keep (self);
  build_cards (self);
}

static void
act_remove (GtkWidget *widget, const char *name, GVariant *place)
{
  TuttiPersonalRack *self = TUTTI_PERSONAL_RACK (widget);

  if (g_variant_get_uint32 (place) >= self->chain->len)
    return;
  g_ptr_array_remove_index (self->chain, g_variant_get_uint32 (place));
  keep (self);
  build_cards (self);
}

/* Everybody gets the shared effect that is like it, on the master's chain, where a personal one lies too. The personal one is switched
 * off, so that it is not heard twice, and stays: the host may say no, and the shared one may be undone. What nobody else could hear
 * stays as it is. */
static void
act_share (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiPersonalRack *self = TUTTI_PERSONAL_RACK (widget);
  guint place = g_variant_get_uint32 (parameter);
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  TuttiPersonalEffect *effect = place < self->chain->len ? self->chain->pdata[place] : NULL;
  const TuttiPersonalKind *kind = effect != NULL ? tutti_personal_kind_find (effect->element) : NULL;
  g_autofree char *words = NULL;
  TuttiOp *op;

  if (kind == NULL || jam == NULL)
    return;
  op = tutti_share_effect_op (effect, tutti_session_new_id (self->session), jam->transport.anchor.tempo_cbpm);
  if (op == NULL)
    {
      words = g_strdup_printf (_("Everybody’s effects have none like %s. It stays yours alone."), name_words (kind, kind->name));
      tutti_say (widget, words);
      return;
    }
  if (!tutti_ask (widget, self->session, op))
    return;
  /* Translators: an effect, "Equaliser goes on the master …" */
  words = g_strdup_printf (_("%s goes on the master for everybody. Yours is off."), name_words (kind, kind->name));
  tutti_say (widget, words);
  effect->on = FALSE;
  keep (self);
  build_cards (self);
}

static void
act_move (GtkWidget *widget, const char *name, GVariant *where)
{
  TuttiPersonalRack *self = TUTTI_PERSONAL_RACK (widget);
  guint place;
  int by;

  g_variant_get (where, "(ui)", &place, &by);
  if (place >= self->chain->len || (int) place + by < 0 || (int) place + by >= (int) self->chain->len)
    return;
  g_ptr_array_insert (self->chain, (int) place + by, g_ptr_array_steal_index (self->chain, place));
  keep (self);
  build_cards (self);
}

/* Only when somebody opens it: looking at all plug-ins takes its time. */
static void
fill_add_menu (GtkMenuButton *button, gpointer nothing)
{
  GPtrArray *kinds = tutti_personal_kinds ();
  GMenu *menu = g_menu_new (), *ours = g_menu_new (), *plugins = g_menu_new ();

  for (guint i = 0; i < kinds->len; i++)
    {
      const TuttiPersonalKind *kind = kinds->pdata[i];
      GMenuItem *item = g_menu_item_new (name_words (kind, kind->name), NULL);

      g_menu_item_set_action_and_target (item, "personal.add", "s", kind->element);
      g_menu_append_item (kind->chosen ? ours : plugins, item);
      g_object_unref (item);
    }
  g_menu_append_section (menu, _("Only for My Ears"), G_MENU_MODEL (ours));
  g_menu_append_section (menu, _("LV2 Plug-ins"), G_MENU_MODEL (plugins));
  g_object_unref (ours);
  g_object_unref (plugins);
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
  g_object_unref (menu);
}

/* ---- the widget ---- */

static void
tutti_personal_rack_dispose (GObject *object)
{
  TuttiPersonalRack *self = TUTTI_PERSONAL_RACK (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_pointer (&self->chain, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_personal_rack_parent_class)->dispose (object);
}

static void
tutti_personal_rack_class_init (TuttiPersonalRackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_personal_rack_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "personal.add", "s", act_add);
  gtk_widget_class_install_action (widget_class, "personal.remove", "u", act_remove);
  gtk_widget_class_install_action (widget_class, "personal.move", "(ui)", act_move);
  gtk_widget_class_install_action (widget_class, "personal.share", "u", act_share);
}

static void
tutti_personal_rack_init (TuttiPersonalRack *self)
{
  self->root = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  self->cards = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  self->add = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->add), "tutti-ears-symbolic");
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->add), GTK_ARROW_RIGHT);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->add), fill_add_menu, NULL, NULL);
  gtk_widget_set_tooltip_text (self->add, _("Add an Effect That Only You Hear"));
  gtk_widget_add_css_class (self->add, "device-add");
  gtk_widget_add_css_class (self->add, "personal");
  gtk_box_append (GTK_BOX (self->root), self->cards);
  gtk_box_append (GTK_BOX (self->root), self->add);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_personal_rack_new (TuttiSession *session)
{
  TuttiPersonalRack *self = g_object_new (TUTTI_TYPE_PERSONAL_RACK, NULL);

  self->session = g_object_ref (session);
  self->chain = remembered ();
  build_cards (self);
  return GTK_WIDGET (self);
}
