/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tools of the page of notes offer. */
#include "tutti-notes-page-private.h"

#include "tutti-harmony-words.h"

#include <glib/gi18n.h>

static void
append (GMenu *menu, const char *words, const char *action, GVariant *target)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (words, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static void
append_id (GMenu *menu, const char *words, const char *action, TuttiId id)
{
  char text[TUTTI_ID_TEXT_SIZE];

  append (menu, words, action, g_variant_new_string (tutti_id_print (id, text)));
}

static GMenu *
numbers (const char *action, const int *values, const char * const *words, guint n)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < n; i++)
    append (menu, _(words[i]), action, g_variant_new_int32 (values[i]));
  return menu;
}

GMenu *
tutti_notes_tracks_menu (const TuttiJam *jam, const char *action, gboolean with_none)
{
  GMenu *menu = g_menu_new ();

  if (with_none)
    append_id (menu, C_("ghost notes", "None"), action, tutti_id (0, 0));
  for (guint i = 0; i < jam->n_tracks; i++)
    append_id (menu, jam->tracks[i]->name, action, jam->tracks[i]->id);
  return menu;
}

/* A clip without a name goes by that of its scene. */
const char *
tutti_notes_clip_words (const TuttiJam *jam, const TuttiClip *clip)
{
  const TuttiScene *scene = tutti_jam_scene (jam, clip->scene, NULL);

  if (clip->name[0] != '\0')
    return clip->name;
  return scene != NULL && scene->name[0] != '\0' ? scene->name : _("Without a name");
}

GMenu *
tutti_notes_clips_menu (const TuttiJam *jam, const TuttiTrack *track)
{
  static const char * const bars[] = { N_("1 Bar"), N_("2 Bars"), N_("4 Bars"), N_("8 Bars"), N_("16 Bars") };
  static const int values[] = { 1, 2, 4, 8, 16 };
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) clips = g_menu_new (), more = g_menu_new (), lengths = numbers ("notes.bars", values, bars, G_N_ELEMENTS (values));

  for (guint s = 0; track != NULL && s < jam->n_scenes; s++)
    {
      const TuttiClip *clip = tutti_track_clip_at (track, jam->scenes[s].id);

      if (clip != NULL && clip->kind == TUTTI_CLIP_NOTES)
        append_id (clips, tutti_notes_clip_words (jam, clip), "notes.clip", clip->id);
    }
  g_menu_append (more, _("New Clip of Notes"), "notes.new-clip");
  g_menu_append_submenu (more, _("Length"), G_MENU_MODEL (lengths));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (clips));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  return menu;
}

GMenu *
tutti_notes_snap_menu (void)
{
  static const char * const words[] = { N_("1/4"), N_("1/8"), N_("1/8 Triplets"), N_("1/16"), N_("1/16 Triplets"), N_("1/32"), N_("Off") };
  static const int values[] = { 960, 480, 320, 240, 160, 120, 0 };

  return numbers ("notes.snap", values, words, G_N_ELEMENTS (values));
}

static const char * const scale_words[TUTTI_N_SCALES] = {
  N_("Chromatic"), N_("Major"), N_("Minor"), N_("Dorian"), N_("Phrygian"), N_("Lydian"), N_("Mixolydian"), N_("Harmonic Minor"),
  N_("Major Pentatonic"), N_("Minor Pentatonic"), N_("Blues")
};

/* The key of the jam is everybody's; the lock is mine. */
GMenu *
tutti_notes_scale_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) mine = g_menu_new (), keys = g_menu_new (), scales = g_menu_new (), all = g_menu_new ();

  g_menu_append (mine, _("Draw Only in the Scale"), "notes.lock");
  g_menu_append (mine, _("Draw Only Notes of the Chord Lane"), "notes.chord-lock");
  for (int i = 0; i < 12; i++)
    append (keys, tutti_harmony_root (i), "notes.key", g_variant_new_int32 (i));
  for (int i = 0; i < TUTTI_N_SCALES; i++)
    append (scales, _(scale_words[i]), "notes.scale", g_variant_new_int32 (i));
  g_menu_append_submenu (all, _("Key of the Jam"), G_MENU_MODEL (keys));
  g_menu_append_submenu (all, _("Scale of the Jam"), G_MENU_MODEL (scales));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (mine));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (all));
  return menu;
}

GMenu *
tutti_notes_stamps_menu (void)
{
  static const char * const words[] = { N_("As the Scale Has It"), N_("Of the Chord Lane"), N_("Octave") };
  static const int values[] = { TUTTI_STAMP_OF_SCALE, TUTTI_STAMP_OF_LANE, TUTTI_STAMP_OCTAVE };
  GMenu *menu = g_menu_new (), *others = numbers ("notes.chord", values, words, G_N_ELEMENTS (values)), *chords = g_menu_new ();

  for (int i = TUTTI_HARMONY_MAJOR; i < TUTTI_N_HARMONIES; i++)
    append (chords, tutti_words_harmony ((TuttiHarmony) i), "notes.chord", g_variant_new_int32 (i));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (others));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (chords));
  g_object_unref (others);
  g_object_unref (chords);
  return menu;
}

GMenu *
tutti_notes_commands_menu (void)
{
  static const struct { const char *words; int command; } commands[] = {
    { N_("Quantise"), TUTTI_NOTES_QUANTISE }, { N_("Quantise Half Way"), TUTTI_NOTES_QUANTISE_HALF },
    { N_("Humanise"), TUTTI_NOTES_HUMANISE }, { N_("Into the Scale"), TUTTI_NOTES_INTO_SCALE },
    { N_("Octave Up"), TUTTI_NOTES_OCTAVE_UP }, { N_("Octave Down"), TUTTI_NOTES_OCTAVE_DOWN },
    { N_("Mirror in Time"), TUTTI_NOTES_MIRROR }, { N_("Turn Upside Down"), TUTTI_NOTES_INVERT },
  };
  static const struct { const char *words; int command; } edits[] = {
    { N_("Cut"), TUTTI_NOTES_CUT }, { N_("Copy"), TUTTI_NOTES_COPY }, { N_("Paste"), TUTTI_NOTES_PASTE },
    { N_("Duplicate"), TUTTI_NOTES_DUPLICATE }, { N_("Delete"), TUTTI_NOTES_DELETE },
  };
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) first = g_menu_new (), second = g_menu_new (), third = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    append (first, _(edits[i].words), "notes.do", g_variant_new_int32 (edits[i].command));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    append (second, _(commands[i].words), "notes.do", g_variant_new_int32 (commands[i].command));
  g_menu_append (third, _("Select All"), "notes.select-all");
  g_menu_append (third, _("Note List"), "notes.list");
  g_menu_append (third, _("Only Scale Notes"), "notes.fold");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (third));
  return menu;
}
