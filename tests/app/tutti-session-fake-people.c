/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is in the fake's jam, what they say, and its door. */
#include "tutti-session-fake-private.h"

G_DEFINE_FINAL_TYPE (TuttiMember, tutti_member, G_TYPE_OBJECT)

enum { PROP_PRESENT = 1 };

static void
member_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, TUTTI_MEMBER (object)->present);
}

static void
member_finalize (GObject *object)
{
  g_free (TUTTI_MEMBER (object)->name);
  G_OBJECT_CLASS (tutti_member_parent_class)->finalize (object);
}

static void
tutti_member_class_init (TuttiMemberClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = member_get_property;
  G_OBJECT_CLASS (klass)->finalize = member_finalize;
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_PRESENT,
                                   g_param_spec_boolean ("present", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
tutti_member_init (TuttiMember *self)
{
}

guint
tutti_member_get_number (TuttiMember *self)
{
  return self->number;
}

const char *
tutti_member_get_name (TuttiMember *self)
{
  return self->name;
}

int
tutti_member_get_colour (TuttiMember *self)
{
  return self->colour;
}

gboolean
tutti_member_get_present (TuttiMember *self)
{
  return self->present;
}

gboolean
tutti_member_get_is_me (TuttiMember *self)
{
  return self->number == 1;
}

gboolean
tutti_member_get_is_host (TuttiMember *self)
{
  return self->number == 2;
}

const TuttiRemoval *
tutti_member_get_removal (TuttiMember *self)
{
  return self->removed ? &self->removal : NULL;
}

void
tutti_session_fake_remove (TuttiSession *self, guint number, const TuttiRemoval *removal)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->people)); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      if (member->number != number)
        continue;
      member->removed = TRUE;
      member->removal = *removal;
      member->present = FALSE;
      g_object_notify (G_OBJECT (member), "present");
      g_signal_emit (self, fake_signals[LEFT], 0, member);
    }
}

const TuttiHere *
tutti_member_get_here (TuttiMember *self)
{
  return &self->here;
}

void
tutti_session_set_here (TuttiSession *self, const TuttiHere *place)
{
  if (place != NULL)
    self->here = *place;
}

TuttiHere
tutti_session_fake_get_here (TuttiSession *self)
{
  return self->here;
}

void
tutti_session_fake_move (TuttiSession *self, guint number, const TuttiHere *here)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->people)); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      if (member->number != number)
        continue;
      member->here = *here;
      g_object_notify (G_OBJECT (member), "present");
      g_signal_emit (self, fake_signals[MOVED], 0, member);
    }
}

void
tutti_session_fake_say (TuttiSession *self, guint by, gint64 at_ms, const char *text)
{
  TuttiLine *line = tutti_line_new (tutti_lines_get_newest (self->lines) + 1, by, at_ms, text);

  tutti_lines_put (self->lines, line);
  g_signal_emit (self, fake_signals[SAID], 0, line);
}

gboolean
tutti_session_chat (TuttiSession *self, const char *text, GError **error)
{
  tutti_session_fake_say (self, 1, g_get_real_time () / 1000, text);
  return TRUE;
}

guint
tutti_session_get_n_lines (TuttiSession *self)
{
  return tutti_lines_get_n (self->lines);
}

const TuttiLine *
tutti_session_get_line (TuttiSession *self, guint index)
{
  return tutti_lines_get (self->lines, index);
}

gboolean
tutti_session_has_older_lines (TuttiSession *self)
{
  return FALSE;
}

gboolean
tutti_session_ask_older_lines (TuttiSession *self)
{
  return FALSE;
}

guint
tutti_session_get_me (TuttiSession *self)
{
  return 1;
}

guint
tutti_session_get_host (TuttiSession *self)
{
  return 1;
}

gboolean
tutti_session_has_heirs (TuttiSession *self)
{
  return FALSE;
}

GListModel *
tutti_session_get_people (TuttiSession *self)
{
  return G_LIST_MODEL (self->people);
}

const char *
tutti_session_get_picture (TuttiSession *self, guint number)
{
  return number < G_N_ELEMENTS (self->picture) && self->picture[number] != NULL ? self->picture[number] : "";
}

void
tutti_session_fake_set_picture (TuttiSession *self, guint number, const char *picture)
{
  g_free (self->picture[number]);
  self->picture[number] = g_strdup (picture);
  g_signal_emit (self, fake_signals[PICTURED], 0, number);
}

gboolean
tutti_session_kick (TuttiSession *self, guint number, GError **error)
{
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING, "nobody is sent away here");
  return FALSE;
}

gboolean
tutti_session_set_passcode (TuttiSession *self, const char *passcode, GError **error)
{
  self->locked = passcode[0] != '\0';
  g_signal_emit (self, fake_signals[LOCKED], 0);
  return TRUE;
}

gboolean
tutti_session_invite (TuttiSession *self, TuttiRole role, guint uses, guint minutes, GError **error)
{
  g_signal_emit (self, fake_signals[INVITED], 0, "00112233445566778899aabbccddeeff", (int) role);
  return TRUE;
}

gboolean
tutti_session_is_locked (TuttiSession *self)
{
  return self->locked;
}

gboolean
tutti_session_wish (TuttiSession *self, TuttiWish what, GError **error)
{
  g_signal_emit (self, fake_signals[WISHED], 0, 1u, (int) what);
  return TRUE;
}

const TuttiReport *
tutti_member_get_report (TuttiMember *self)
{
  return self->report.quality != 0 ? &self->report : NULL;
}

void
tutti_session_fake_report (TuttiSession *self, const TuttiReport *report)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->people)); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      if (member->number != report->number)
        continue;
      member->report = *report;
      g_object_notify (G_OBJECT (member), "present");
    }
}

void
tutti_session_fake_add_member (TuttiSession *self, guint number, const char *name, int colour, gboolean present)
{
  g_autoptr(TuttiMember) member = g_object_new (TUTTI_TYPE_MEMBER, NULL);

  member->number = number;
  member->name = g_strdup (name);
  member->colour = colour;
  member->present = present;
  g_list_store_append (self->people, member);
  tutti_session_fake_receive (self, tutti_op_new (TUTTI_OP_PERSON, TUTTI_N (number), name, TUTTI_N (colour)), 0);
}
