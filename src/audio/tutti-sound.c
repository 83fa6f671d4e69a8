/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sound.h"

#include <string.h>

struct _TuttiSound
{
  GObject         parent_instance;

  float          *frames;      /* owned */
  gsize           n_frames;
  guint           n_channels;
  TuttiSoundNotes notes;
};

G_DEFINE_FINAL_TYPE (TuttiSound, tutti_sound, G_TYPE_OBJECT)
G_DEFINE_QUARK (tutti-sound-error-quark, tutti_sound_error)

TuttiSound *
tutti_sound_new (float *frames, guint n_channels, gsize n_frames, TuttiSoundNotes notes)
{
  TuttiSound *self = g_object_new (TUTTI_TYPE_SOUND, NULL);

  self->frames = frames;
  self->n_channels = n_channels;
  self->n_frames = n_frames;
  self->notes = notes;
  return self;
}

const float *
tutti_sound_get_frames (TuttiSound *self)
{
  return self->frames;
}

guint
tutti_sound_get_n_channels (TuttiSound *self)
{
  return self->n_channels;
}

gsize
tutti_sound_get_n_frames (TuttiSound *self)
{
  return self->n_frames;
}

gsize
tutti_sound_get_n_bytes (TuttiSound *self)
{
  return self->n_frames * self->n_channels * sizeof (float);
}

TuttiSoundNotes
tutti_sound_get_notes (TuttiSound *self)
{
  return self->notes;
}

gboolean
tutti_sound_is_hash (const char *hash)
{
  return hash != NULL && strnlen (hash, TUTTI_SOUND_HASH_LENGTH + 1) == TUTTI_SOUND_HASH_LENGTH &&
         strspn (hash, "0123456789abcdef") == TUTTI_SOUND_HASH_LENGTH;
}

static void
tutti_sound_finalize (GObject *object)
{
  g_free (TUTTI_SOUND (object)->frames);

  G_OBJECT_CLASS (tutti_sound_parent_class)->finalize (object);
}

static void
tutti_sound_class_init (TuttiSoundClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_sound_finalize;
}

static void
tutti_sound_init (TuttiSound *self)
{
}
