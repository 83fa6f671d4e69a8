/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-member-private.h"

struct _TuttiMember
{
  GObject  parent_instance;
  guint    number;
  char    *name;
  int      colour;
  gboolean present, is_me, is_host, removed;
  TuttiRemoval removal;            /* when removed */
  guint    pictures;               /* that they had so far */
  TuttiHere here;
  TuttiReport report;              /* quality 0: not known */
};

G_DEFINE_FINAL_TYPE (TuttiMember, tutti_member, G_TYPE_OBJECT)

enum { PROP_NAME = 1, PROP_COLOUR, PROP_PRESENT, PROP_HERE, PROP_QUALITY, PROP_PICTURE, N_PROPS };
static GParamSpec *properties[N_PROPS];

static void
tutti_member_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  TuttiMember *self = TUTTI_MEMBER (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_COLOUR:
      g_value_set_int (value, self->colour);
      break;
    case PROP_PRESENT:
      g_value_set_boolean (value, self->present);
      break;
    case PROP_HERE:
      g_value_set_pointer (value, &self->here);
      break;
    case PROP_QUALITY:
      g_value_set_int (value, self->report.quality);
      break;
    case PROP_PICTURE:
      g_value_set_uint (value, self->pictures);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
tutti_member_finalize (GObject *object)
{
  g_free (TUTTI_MEMBER (object)->name);
  G_OBJECT_CLASS (tutti_member_parent_class)->finalize (object);
}

static void
tutti_member_class_init (TuttiMemberClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tutti_member_get_property;
  object_class->finalize = tutti_member_finalize;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COLOUR] = g_param_spec_int ("colour", NULL, NULL, 0, TUTTI_N_PERSON_COLOURS - 1, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PRESENT] = g_param_spec_boolean ("present", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HERE] = g_param_spec_pointer ("here", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_QUALITY] = g_param_spec_int ("quality", NULL, NULL, 0, TUTTI_N_QUALITIES, 0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PICTURE] = g_param_spec_uint ("picture", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tutti_member_init (TuttiMember *self)
{
}

TuttiMember *
tutti_member_new (guint number)
{
  TuttiMember *self = g_object_new (TUTTI_TYPE_MEMBER, NULL);

  self->number = number;
  self->name = g_strdup ("");
  return self;
}

void
tutti_member_introduce (TuttiMember *self, const TuttiPerson *person)
{
  if (g_strcmp0 (self->name, person->name) != 0)
    {
      g_free (self->name);
      self->name = g_strdup (person->name);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
    }
  if (self->colour != person->colour)
    {
      self->colour = person->colour;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOUR]);
    }
}

void
tutti_member_set_present (TuttiMember *self, gboolean present)
{
  if (self->present == present)
    return;
  self->present = present;
  if (present)
    self->removed = FALSE;
  else
    self->here = (TuttiHere) { 0 };
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRESENT]);
}

void
tutti_member_set_removal (TuttiMember *self, const TuttiRemoval *removal)
{
  self->removed = TRUE;
  self->removal = *removal;
}

const TuttiRemoval *
tutti_member_get_removal (TuttiMember *self)
{
  return self->removed ? &self->removal : NULL;
}

void
tutti_member_set_here (TuttiMember *self, const TuttiHere *here)
{
  if (tutti_here_equal (&self->here, here))
    return;
  self->here = *here;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HERE]);
}

void
tutti_member_note_picture (TuttiMember *self)
{
  self->pictures++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PICTURE]);
}

const TuttiHere *
tutti_member_get_here (TuttiMember *self)
{
  return &self->here;
}

void
tutti_member_set_report (TuttiMember *self, const TuttiReport *report)
{
  TuttiReport now = report != NULL ? *report : (TuttiReport) { 0 };
  gboolean same = now.quality == self->report.quality && now.round_trip_us == self->report.round_trip_us && now.late == self->report.late;

  self->report = now;
  if (!same)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUALITY]);
}

const TuttiReport *
tutti_member_get_report (TuttiMember *self)
{
  return self->report.quality != 0 ? &self->report : NULL;
}

void
tutti_member_set_role (TuttiMember *self, gboolean is_me, gboolean is_host)
{
  self->is_me = is_me;
  self->is_host = is_host;
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
  return self->is_me;
}

gboolean
tutti_member_get_is_host (TuttiMember *self)
{
  return self->is_host;
}
