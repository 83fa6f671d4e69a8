/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sound-bank.h"

#include "tutti-kit.h"
#include "tutti-preset.h"
#include "tutti-sound-library.h"

#include <gio/gio.h>
#include <string.h>

/* A note of an imported sound that rings out is cut by this fade, ms. */
#define IMPORTED_RELEASE_MS 30
#define IMPORTED_ROOT_NOTE 60

typedef struct
{
  TuttiScoreSound *sound;      /* owned; NULL while it is on its way */
  gboolean         asked;      /* a worker or the library is at it */
} Entry;

struct _TuttiSoundBank
{
  GObject            parent_instance;
  TuttiSoundLibrary *library;  /* owned (nullable) */
  GHashTable        *entries;  /* of Entry by name */
  guint              n_asked;  /* jobs under way; each holds a reference of the bank */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (TuttiSoundBank, tutti_sound_bank, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  tutti_score_sound_unref (entry->sound);
  g_free (entry);
}

static int
kit_index (const char *name)
{
  return g_str_has_prefix (name, "kit:") ? tutti_kit_find (name + strlen ("kit:")) : -1;
}

int
tutti_preset_of_sound (const char *name)
{
  if (g_str_has_prefix (name, "synth:"))
    return tutti_preset_find (TUTTI_INSTRUMENT_SYNTH, name + strlen ("synth:"));
  return g_str_has_prefix (name, "drum:") ? tutti_preset_find (TUTTI_INSTRUMENT_DRUM, name + strlen ("drum:")) : -1;
}

/* NULL for a name that nothing can ever come of: such names cost no memory, however many a peer invents. */
static Entry *
get_entry (TuttiSoundBank *self, const char *name)
{
  Entry *entry = g_hash_table_lookup (self->entries, name);
  gboolean imported = self->library != NULL && g_str_has_prefix (name, "sha:");

  if (entry == NULL && (imported || kit_index (name) >= 0 || tutti_preset_of_sound (name) >= 0))
    {
      entry = g_new0 (Entry, 1);
      g_hash_table_insert (self->entries, g_strdup (name), entry);
    }
  return entry;
}

/* ---- making, on a worker ---- */

/* What a worker turns into a sample: a kit sound by its index, or decoded frames. */
typedef struct
{
  char              *name;
  int                kit;
  TuttiSound *decoded;  /* owned (nullable) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->name);
  g_clear_object (&job->decoded);
  g_free (job);
}

static TuttiScoreSound *
make (const Job *job)
{
  TuttiSample *sample;

  if (job->decoded == NULL)
    sample = tutti_kit_make ((unsigned) job->kit);
  else
    sample = tutti_sample_new (tutti_sound_get_frames (job->decoded), tutti_sound_get_n_channels (job->decoded),
                               (uint32_t) tutti_sound_get_n_frames (job->decoded));
  return sample != NULL ? tutti_score_sound_new (sample) : NULL;
}

static void
make_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  /* Asked of the task, because that is where the thread sanitizer sees the order. */
  g_task_return_pointer (task, make (g_task_get_task_data (task)), (GDestroyNotify) tutti_score_sound_unref);
}

static void
begin_asking (TuttiSoundBank *self, const char *name)
{
  Entry *entry = g_hash_table_lookup (self->entries, name);

  self->n_asked++;
  if (entry != NULL)
    entry->asked = TRUE;
}

static void
end_asking (TuttiSoundBank *self, const char *name)
{
  Entry *entry = g_hash_table_lookup (self->entries, name);

  self->n_asked--;
  if (entry != NULL)
    entry->asked = FALSE;
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TuttiSoundBank *self = TUTTI_SOUND_BANK (source);
  const Job *job = g_task_get_task_data (G_TASK (result));
  TuttiScoreSound *sound = g_task_propagate_pointer (G_TASK (result), NULL);
  Entry *entry = g_hash_table_lookup (self->entries, job->name);

  end_asking (self, job->name);
  /* Nobody wants it any more, or it was made here and now in between. */
  if (sound == NULL || entry == NULL || entry->sound != NULL)
    {
      tutti_score_sound_unref (sound);
      return;
    }
  entry->sound = sound;
  g_signal_emit (self, signals[CHANGED], 0, job->name);
}

static void
make_async (TuttiSoundBank *self, const char *name, int kit, TuttiSound *decoded)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, on_made, NULL);
  Job *job = g_new0 (Job, 1);

  job->name = g_strdup (name);
  job->kit = kit;
  job->decoded = decoded != NULL ? g_object_ref (decoded) : NULL;
  begin_asking (self, name);
  g_task_set_source_tag (task, make_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, make_in_thread);
}

/* ---- imported sounds ---- */

typedef struct
{
  TuttiSoundBank *bank;        /* owned */
  char           *name;
} Loading;

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Loading *loading = user_data;
  g_autoptr(TuttiSound) decoded =
    tutti_sound_library_load_finish (TUTTI_SOUND_LIBRARY (source), result, NULL);

  end_asking (loading->bank, loading->name);
  /* Not here: the library says "changed" when it comes. */
  if (decoded != NULL && g_hash_table_contains (loading->bank->entries, loading->name))
    make_async (loading->bank, loading->name, -1, decoded);
  g_object_unref (loading->bank);
  g_free (loading->name);
  g_free (loading);
}

static void
load_async (TuttiSoundBank *self, const char *name)
{
  const char *hash = name + strlen ("sha:");
  g_autoptr(TuttiSound) decoded = tutti_sound_library_lookup (self->library, hash);
  Loading *loading;

  if (decoded != NULL)
    {
      make_async (self, name, -1, decoded);
      return;
    }
  if (tutti_sound_library_get_state (self->library, hash, NULL) != TUTTI_SOUND_STATE_HERE)
    return;
  loading = g_new0 (Loading, 1);
  loading->bank = g_object_ref (self);
  loading->name = g_strdup (name);
  begin_asking (self, name);
  tutti_sound_library_load_async (self->library, hash, NULL, on_loaded, loading);
}

/* A patch is a table: it takes no worker. */
static TuttiScoreSound *
make_preset (int index)
{
  const TuttiPreset *preset = tutti_preset_get ((unsigned) index);
  int16_t patch[TUTTI_N_PATCH_PARAMS];

  tutti_preset_patch ((unsigned) index, patch);
  return tutti_score_sound_new_preset (preset->instrument, preset->model, (unsigned) preset->root_note, patch);
}

/* The sound; when it is not here yet, somebody is sent for it. */
static TuttiScoreSound *
ask_for (TuttiSoundBank *self, const char *name)
{
  Entry *entry = get_entry (self, name);
  int kit = kit_index (name), preset = tutti_preset_of_sound (name);

  if (entry == NULL)
    return NULL;
  if (entry->sound == NULL && preset >= 0)
    entry->sound = make_preset (preset);
  if (entry->sound == NULL && !entry->asked && kit >= 0)
    make_async (self, name, kit, NULL);
  else if (entry->sound == NULL && !entry->asked)
    load_async (self, name);
  return entry->sound;
}

static void
on_library_changed (TuttiSoundBank *self, const char *hash, TuttiSoundState state)
{
  g_autofree char *name = g_strconcat ("sha:", hash, NULL);

  if (state == TUTTI_SOUND_STATE_HERE && g_hash_table_contains (self->entries, name))
    ask_for (self, name);
}

/* ---- the public side ---- */

/* What is known of a sound before it has been made. */
static void
describe (const char *name, TuttiPlanSound *out)
{
  int kit = kit_index (name), preset = tutti_preset_of_sound (name);

  *out = (TuttiPlanSound) { .root_note = IMPORTED_ROOT_NOTE, .release_ms = IMPORTED_RELEASE_MS };
  if (kit >= 0)
    {
      const TuttiKitSound *sound = tutti_kit_get ((unsigned) kit);

      *out = (TuttiPlanSound) { NULL, sound->gate, sound->choke_group, sound->root_note, sound->level, sound->release_ms };
    }
  if (preset >= 0)
    {
      const TuttiPreset *found = tutti_preset_get ((unsigned) preset);

      out->gate = found->instrument == TUTTI_INSTRUMENT_SYNTH;
      out->root_note = found->root_note;
      out->choke_group = found->choke_group;
    }
}

void
tutti_sound_bank_resolve (const char *name, TuttiPlanSound *out, gpointer bank)
{
  describe (name, out);
  out->sound = ask_for (bank, name);
}

TuttiScoreSound *
tutti_sound_bank_get_now (TuttiSoundBank *self, const char *name)
{
  Entry *entry = get_entry (self, name);
  Job job = { .name = NULL, .kit = kit_index (name) };

  if (entry != NULL && entry->sound == NULL && job.kit >= 0)
    entry->sound = make (&job);
  return ask_for (self, name);
}

void
tutti_sound_bank_warm (TuttiSoundBank *self)
{
  for (unsigned i = 0; i < tutti_kit_count (); i++)
    {
      g_autofree char *name = g_strconcat ("kit:", tutti_kit_get (i)->id, NULL);

      ask_for (self, name);
    }
}

gboolean
tutti_sound_bank_is_busy (TuttiSoundBank *self)
{
  return self->n_asked > 0;
}

void
tutti_sound_bank_keep (TuttiSoundBank *self, const char * const *names)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, "sha:") && !g_strv_contains (names, name))
      g_hash_table_iter_remove (&iter);
}

static void
tutti_sound_bank_finalize (GObject *object)
{
  TuttiSoundBank *self = TUTTI_SOUND_BANK (object);

  g_clear_object (&self->library);
  g_hash_table_unref (self->entries);
  G_OBJECT_CLASS (tutti_sound_bank_parent_class)->finalize (object);
}

static void
tutti_sound_bank_class_init (TuttiSoundBankClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_sound_bank_finalize;
  signals[CHANGED] = g_signal_new ("changed", TUTTI_TYPE_SOUND_BANK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, G_TYPE_STRING);
}

static void
tutti_sound_bank_init (TuttiSoundBank *self)
{
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
}

TuttiSoundBank *
tutti_sound_bank_new (TuttiSoundLibrary *library)
{
  TuttiSoundBank *self = g_object_new (TUTTI_TYPE_SOUND_BANK, NULL);

  if (library != NULL)
    {
      self->library = g_object_ref (library);
      g_signal_connect_object (library, "changed", G_CALLBACK (on_library_changed), self, G_CONNECT_SWAPPED);
    }
  return self;
}
