/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-studio.h"

#include "tutti-jam.h"
#include "tutti-picture.h"
#include "tutti-store-sqlite.h"

/* Decoded sounds held although no jam uses them. */
#define LIBRARY_MEMORY (64 * 1024 * 1024)

struct _TuttiStudio
{
  GObject            parent_instance;
  TuttiStore        *store;
  TuttiIdentity     *identity;
  TuttiPins         *pins;
  TuttiSoundLibrary *library;
  TuttiSoundBank    *bank;
  TuttiDiscovery    *discovery;    /* (nullable) */
  char              *name, *picture;
  int                colour;
  gboolean           passing, watching, heir;
};

G_DEFINE_FINAL_TYPE (TuttiStudio, tutti_studio, G_TYPE_OBJECT)

static guint heir_changed, picture_changed;

static void
tutti_studio_dispose (GObject *object)
{
  TuttiStudio *self = TUTTI_STUDIO (object);

  g_clear_object (&self->bank);
  g_clear_object (&self->library);
  g_clear_object (&self->discovery);
  g_clear_object (&self->identity);
  g_clear_pointer (&self->pins, tutti_pins_free);
  if (self->store != NULL)
    tutti_store_close (self->store, NULL);
  g_clear_object (&self->store);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->picture, g_free);
  G_OBJECT_CLASS (tutti_studio_parent_class)->dispose (object);
}

static void
tutti_studio_class_init (TuttiStudioClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_studio_dispose;
  heir_changed = g_signal_new ("heir-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  picture_changed = g_signal_new ("picture-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_studio_init (TuttiStudio *self)
{
  self->name = g_strdup ("Mint Otter");
  self->colour = TUTTI_PERSON_MINT;
  self->picture = g_strdup ("");
}

static gboolean
make_directory (const char *directory, GError **error)
{
  if (g_mkdir_with_parents (directory, 0700) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "The folder “%s” cannot be made", directory);
  return FALSE;
}

TuttiStudio *
tutti_studio_new (const char *directory, TuttiDiscovery *discovery, GError **error)
{
  g_autoptr(TuttiStudio) self = g_object_new (TUTTI_TYPE_STUDIO, NULL);
  g_autofree char *pins = g_build_filename (directory, "hosts", NULL);
  g_autofree char *sounds = g_build_filename (directory, "samples", NULL);

  if (!make_directory (directory, error) ||
      (self->store = tutti_store_sqlite_open (directory, TUTTI_STORE_SQLITE_PATIENCE_MS, error)) == NULL ||
      (self->identity = tutti_identity_load_or_make (directory, error)) == NULL ||
      (self->pins = tutti_pins_open (pins, error)) == NULL)
    return NULL;
  self->library = tutti_sound_library_new (sounds, LIBRARY_MEMORY);
  self->bank = tutti_sound_bank_new (self->library);
  g_set_object (&self->discovery, discovery);
  return g_steal_pointer (&self);
}

TuttiStore *
tutti_studio_get_store (TuttiStudio *self)
{
  return self->store;
}

TuttiIdentity *
tutti_studio_get_identity (TuttiStudio *self)
{
  return self->identity;
}

TuttiPins *
tutti_studio_get_pins (TuttiStudio *self)
{
  return self->pins;
}

TuttiSoundLibrary *
tutti_studio_get_library (TuttiStudio *self)
{
  return self->library;
}

TuttiSoundBank *
tutti_studio_get_bank (TuttiStudio *self)
{
  return self->bank;
}

TuttiDiscovery *
tutti_studio_get_discovery (TuttiStudio *self)
{
  return self->discovery;
}

void
tutti_studio_set_person (TuttiStudio *self, const char *name, int colour)
{
  g_return_if_fail (name[0] != '\0' && colour >= 0 && colour < TUTTI_N_PERSON_COLOURS);
  g_free (self->name);
  self->name = g_strdup (name);
  self->colour = colour;
}

void
tutti_studio_set_picture (TuttiStudio *self, const char *picture)
{
  g_return_if_fail (tutti_picture_is_valid (picture));
  if (g_str_equal (self->picture, picture))
    return;
  g_free (self->picture);
  self->picture = g_strdup (picture);
  g_signal_emit (self, picture_changed, 0);
}

const char *
tutti_studio_get_picture (TuttiStudio *self)
{
  return self->picture;
}

void
tutti_studio_set_passing (TuttiStudio *self, gboolean passing)
{
  self->passing = passing;
}

void
tutti_studio_set_watching (TuttiStudio *self, gboolean watching)
{
  self->watching = watching;
}

gboolean
tutti_studio_is_watching (TuttiStudio *self)
{
  return self->watching;
}

gboolean
tutti_studio_is_passing (TuttiStudio *self)
{
  return self->passing;
}

const char *
tutti_studio_get_name (TuttiStudio *self)
{
  return self->name;
}

int
tutti_studio_get_colour (TuttiStudio *self)
{
  return self->colour;
}

char *
tutti_studio_dup_token (TuttiStudio *self, const char *jam)
{
  g_autofree char *key = g_strconcat ("token.", jam, NULL);

  return tutti_store_dup_setting (self->store, key, NULL);
}

void
tutti_studio_keep_token (TuttiStudio *self, const char *jam, const char *token)
{
  g_autofree char *key = g_strconcat ("token.", jam, NULL);
  g_autoptr(GError) error = NULL;

  if (!tutti_store_set_setting (self->store, key, token, &error))
    g_warning ("The way back into this jam cannot be kept: %s", error->message);
}

void
tutti_studio_set_heir (TuttiStudio *self, gboolean heir)
{
  if (self->heir == heir)
    return;
  self->heir = heir;
  g_signal_emit (self, heir_changed, 0);
}

gboolean
tutti_studio_is_heir (TuttiStudio *self)
{
  return self->heir;
}
