/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-effect-rack.h"

#include "tutti-ask.h"
#include "tutti-draw.h"
#include "tutti-effect-card.h"
#include "tutti-effect-words.h"
#include "tutti-palette.h"
#include "tutti-rights-words.h"
#include "tutti-tips.h"

#include <glib/gi18n.h>
#include <math.h>

#define GAP 10

struct _TuttiEffectRack
{
  GtkWidget      parent_instance;
  TuttiStepGrid *grid;         /* borrowed */
  TuttiId        track;        /* none: the master's */
  gboolean       locking;
  int            drop_at;      /* where the card in somebody's hand would go, −1 nowhere */
  GtkWidget     *root, *cards, *add, *hint;
};

G_DEFINE_FINAL_TYPE (TuttiEffectRack, tutti_effect_rack, GTK_TYPE_WIDGET)

static const TuttiJam *
jam_of (TuttiEffectRack *self)
{
  return tutti_session_get_jam (tutti_step_grid_get_session (self->grid));
}

/* ---- the menu ---- */

static void
add_section (GMenu *menu, const char *words, const TuttiEffectKind *kinds, guint n)
{
  g_autoptr(GMenu) section = g_menu_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (tutti_words_effect (kinds[i]), NULL);

      g_menu_item_set_action_and_target (item, "rack.add", "s", tutti_effect_names[kinds[i]]);
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, words, G_MENU_MODEL (section));
}

GMenuModel *
tutti_effect_rack_menu (void)
{
  static const TuttiEffectKind tone[] = { TUTTI_EFFECT_EQ, TUTTI_EFFECT_FILTER, TUTTI_EFFECT_DRIVE, TUTTI_EFFECT_CRUSH };
  static const TuttiEffectKind level[] = { TUTTI_EFFECT_COMPRESSOR, TUTTI_EFFECT_LIMITER, TUTTI_EFFECT_GATE, TUTTI_EFFECT_TREMOLO };
  static const TuttiEffectKind modulation[] = { TUTTI_EFFECT_CHORUS, TUTTI_EFFECT_FLANGER, TUTTI_EFFECT_PHASER };
  static const TuttiEffectKind space[] = { TUTTI_EFFECT_DELAY, TUTTI_EFFECT_REVERB, TUTTI_EFFECT_WIDTH };
  GMenu *menu = g_menu_new ();

  add_section (menu, C_("kind of effects", "Tone"), tone, G_N_ELEMENTS (tone));
  add_section (menu, C_("kind of effects", "Level"), level, G_N_ELEMENTS (level));
  add_section (menu, C_("kind of effects", "Modulation"), modulation, G_N_ELEMENTS (modulation));
  add_section (menu, C_("kind of effects", "Space"), space, G_N_ELEMENTS (space));
  return G_MENU_MODEL (menu);
}

void
tutti_effect_rack_ask_add (GtkWidget *widget, TuttiSession *session, TuttiId track, const char *kind)
{
  for (int i = 0; i < TUTTI_N_EFFECTS; i++)
    if (g_str_equal (tutti_effect_names[i], kind))
      tutti_ask (widget, session, tutti_op_new (TUTTI_OP_EFFECT_ADD, tutti_session_new_id (session), track, TUTTI_N (i),
                                                TUTTI_N (TUTTI_EFFECTS_MAX - 1)));
}

static void
act_add (GtkWidget *widget, const char *name, GVariant *kind)
{
  TuttiEffectRack *self = TUTTI_EFFECT_RACK (widget);

  tutti_effect_rack_ask_add (widget, tutti_step_grid_get_session (self->grid), self->track, g_variant_get_string (kind, NULL));
}

/* ---- cards ---- */

static GtkWidget *
find_card (TuttiEffectRack *self, TuttiId id)
{
  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card != NULL; card = gtk_widget_get_next_sibling (card))
    if (tutti_id_equal (tutti_effect_card_get_id (TUTTI_EFFECT_CARD (card)), id))
      return card;
  return NULL;
}

static guint
place_at (TuttiEffectRack *self, double x)
{
  guint place = 0;

  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card != NULL; card = gtk_widget_get_next_sibling (card))
    {
      graphene_rect_t box;

      if (gtk_widget_compute_bounds (card, self->cards, &box) && x > box.origin.x + box.size.width / 2)
        place++;
    }
  return place;
}

static void
on_dragged (TuttiEffectCard *card, double x, gboolean done, TuttiEffectRack *self)
{
  double in_cards = 0, y = 0;
  guint from = 0, to;

  gtk_widget_translate_coordinates (GTK_WIDGET (card), self->cards, x, 0, &in_cards, &y);
  for (GtkWidget *before = gtk_widget_get_prev_sibling (GTK_WIDGET (card)); before != NULL; before = gtk_widget_get_prev_sibling (before))
    from++;
  to = place_at (self, in_cards);
  self->drop_at = done || to == from || to == from + 1 ? -1 : (int) to;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (done && to != from && to != from + 1)
    tutti_ask (GTK_WIDGET (self), tutti_step_grid_get_session (self->grid),
               tutti_op_new (TUTTI_OP_EFFECT_MOVE, tutti_effect_card_get_id (card), TUTTI_N (to > from ? to - 1 : to)));
}

static gboolean
has_effect (const TuttiEffect *effects, guint n, TuttiId id)
{
  for (guint i = 0; i < n; i++)
    if (tutti_id_equal (effects[i].id, id))
      return TRUE;
  return FALSE;
}

/* The keyboard goes on at the neighbour of a card that is gone. */
static void
drop_cards (TuttiEffectRack *self, const TuttiEffect *effects, guint n)
{
  GtkWidget *next, *beside;

  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card != NULL; card = next)
    {
      GtkRoot *root = gtk_widget_get_root (card);
      GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

      next = gtk_widget_get_next_sibling (card);
      if (has_effect (effects, n, tutti_effect_card_get_id (TUTTI_EFFECT_CARD (card))))
        continue;
      beside = next != NULL ? next : gtk_widget_get_prev_sibling (card);
      if (focus != NULL && gtk_widget_is_ancestor (focus, card))
        gtk_widget_child_focus (beside != NULL ? beside : self->add, GTK_DIR_TAB_FORWARD);
      gtk_box_remove (GTK_BOX (self->cards), card);
    }
}

static char *
dup_reason (TuttiEffectRack *self, const TuttiJam *jam, const TuttiTrack *track)
{
  guint me = tutti_session_get_me (tutti_step_grid_get_session (self->grid));
  TuttiVerdict verdict = track != NULL ? tutti_jam_judge_track (jam, me, track)
                                       : tutti_jam_judge_permission (jam, me, TUTTI_MAY_EDIT);

  return tutti_rights_words (jam, &verdict);
}

static void
show_add (TuttiEffectRack *self, const TuttiTrack *track, guint n, const char *reason)
{
  g_autofree char *full = g_strdup_printf (ngettext ("A chain holds at most %d effect", "A chain holds at most %d effects",
                                                     TUTTI_EFFECTS_MAX), TUTTI_EFFECTS_MAX);

  tutti_allow (self->add, reason != NULL ? reason : n == TUTTI_EFFECTS_MAX ? full : NULL);
  gtk_widget_set_visible (self->hint, n == 0);
  gtk_label_set_text (GTK_LABEL (self->hint), track != NULL ? _("No effects yet.\nWhat you add here, everyone hears.")
                                                            : _("No effects on the whole yet.\nWhat you add here, everyone hears."));
}

void
tutti_effect_rack_show (TuttiEffectRack *self, const TuttiTrack *track)
{
  const TuttiJam *jam = jam_of (self);
  const TuttiEffect *effects = track != NULL ? track->effects : jam->master_effects;
  guint n = track != NULL ? track->n_effects : jam->n_master_effects;
  g_autofree char *reason = dup_reason (self, jam, track);
  GtkWidget *before = NULL;

  self->track = track != NULL ? track->id : (TuttiId) { 0 };
  drop_cards (self, effects, n);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *card = find_card (self, effects[i].id);

      if (card == NULL)
        {
          card = tutti_effect_card_new (self->grid, &effects[i]);
          g_signal_connect (card, "dragged", G_CALLBACK (on_dragged), self);
          gtk_box_append (GTK_BOX (self->cards), card);
        }
      if (gtk_widget_get_prev_sibling (card) != before)
        gtk_box_reorder_child_after (GTK_BOX (self->cards), card, before);
      tutti_effect_card_show (TUTTI_EFFECT_CARD (card), track, &effects[i], i, n, reason, self->locking);
      before = card;
    }
  gtk_widget_set_visible (self->cards, n > 0);
  show_add (self, track, n, reason);
}

void
tutti_effect_rack_beat (TuttiEffectRack *self, gint64 now_us)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card != NULL; card = gtk_widget_get_next_sibling (card))
    tutti_effect_card_beat (TUTTI_EFFECT_CARD (card), now_us);
}

void
tutti_effect_rack_set_locking (TuttiEffectRack *self, gboolean locking)
{
  self->locking = locking;
  if (jam_of (self) != NULL)
    tutti_effect_rack_show (self, tutti_jam_track (jam_of (self), self->track, NULL));
}

/* ---- the widget ---- */

/* A bar where the card in somebody's hand would go. */
static void
tutti_effect_rack_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiEffectRack *self = TUTTI_EFFECT_RACK (widget);
  GtkWidget *card = gtk_widget_get_first_child (self->cards);
  graphene_rect_t box;
  float x = 0;

  GTK_WIDGET_CLASS (tutti_effect_rack_parent_class)->snapshot (widget, snapshot);
  if (self->drop_at < 0)
    return;
  for (int i = 0; i < self->drop_at && gtk_widget_get_next_sibling (card) != NULL; i++)
    card = gtk_widget_get_next_sibling (card);
  if (!gtk_widget_compute_bounds (card, widget, &box))
    return;
  x = self->drop_at > (int) place_at (self, box.origin.x) ? box.origin.x + box.size.width + GAP / 2 : box.origin.x - GAP / 2;
  tutti_draw_box (snapshot, (TuttiBox) { x - 1.5f, box.origin.y, 3, box.size.height }, 1.5f, &tutti_palette_get (widget)->accent);
}

static void
tutti_effect_rack_dispose (GObject *object)
{
  g_clear_pointer (&TUTTI_EFFECT_RACK (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (tutti_effect_rack_parent_class)->dispose (object);
}

static void
tutti_effect_rack_class_init (TuttiEffectRackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_effect_rack_dispose;
  widget_class->snapshot = tutti_effect_rack_snapshot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "rack.add", "s", act_add);
}

static GtkWidget *
build_add (void)
{
  GtkWidget *add = gtk_menu_button_new ();
  g_autoptr(GMenuModel) menu = tutti_effect_rack_menu ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (add), "list-add-symbolic");
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (add), GTK_ARROW_RIGHT);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (add), menu);
  gtk_widget_set_tooltip_text (add, _("Add an Effect for Everyone"));
  tutti_tips_speak (add);
  gtk_widget_add_css_class (add, "device-add");
  return add;
}

static void
tutti_effect_rack_init (TuttiEffectRack *self)
{
  self->drop_at = -1;
  self->root = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  self->cards = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  self->add = build_add ();
  self->hint = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0);
  gtk_box_append (GTK_BOX (self->root), self->cards);
  gtk_box_append (GTK_BOX (self->root), self->add);
  gtk_box_append (GTK_BOX (self->root), self->hint);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_effect_rack_new (TuttiStepGrid *grid)
{
  TuttiEffectRack *self = g_object_new (TUTTI_TYPE_EFFECT_RACK, NULL);

  self->grid = grid;
  return GTK_WIDGET (self);
}
