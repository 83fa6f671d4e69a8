/* SPDX-License-Identifier: GPL-3.0-or-later */

/* peer-tutti SONG OUT.wav: Tutti's part in comparing renderers. SONG is what song.py writes: "TRACKS ROUNDS", and for each track
 * "SOUND.wav PAN", then a line "VELOCITY PITCH" for each of 64 sixteenths. */
#include "tutti-mix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 256
#define ROWS 64
#define SOUND_FRAMES 24000
#define WAV_HEAD 44

static void
fail (const char *what)
{
  perror (what);
  exit (1);
}

static TuttiScoreSound *
read_sound (const char *path)
{
  static int16_t frames[SOUND_FRAMES];
  static float sound[SOUND_FRAMES];
  FILE *file = fopen (path, "rbe");

  if (file == NULL || fseek (file, WAV_HEAD, SEEK_SET) != 0 || fread (frames, sizeof *frames, SOUND_FRAMES, file) != SOUND_FRAMES)
    fail (path);
  fclose (file);
  for (unsigned i = 0; i < SOUND_FRAMES; i++)
    sound[i] = (float) frames[i] / 32768.0f;
  return tutti_score_sound_new (tutti_sample_new (sound, 1, SOUND_FRAMES));
}

static TuttiScoreTrack *
read_track (FILE *song, unsigned number)
{
  TuttiScoreTrack *track = tutti_score_track_new (number + 1);
  TuttiScoreClip *clip = tutti_score_clip_new (ROWS, 240);
  TuttiScoreSound *sound;
  char path[4096];
  int pan;

  if (fscanf (song, "%4095s %d", path, &pan) != 2)
    fail ("a track");
  for (unsigned row = 0; row < ROWS; row++)
    {
      int velocity, pitch;

      if (fscanf (song, "%d %d", &velocity, &pitch) != 2)
        fail ("a step");
      clip->steps[row].velocity = (uint8_t) velocity;
      clip->steps[row].pitch = (int8_t) pitch;
    }
  sound = read_sound (path);
  tutti_score_clip_seal (clip);
  tutti_score_track_set_sound (track, sound);
  tutti_score_sound_unref (sound);
  tutti_score_track_set_current (track, clip, 0);
  track->params[TUTTI_SCORE_PARAM_PAN] = (int16_t) pan;
  track->params[TUTTI_SCORE_PARAM_GAIN] = -900;
  return track;
}

static void
write_head (FILE *out, uint32_t n_frames)
{
  const uint32_t words[] = { 0x46464952, 36 + 4 * n_frames, 0x45564157, 0x20746d66, 16, 0x00020001, 48000, 192000, 0x00100004,
                             0x61746164, 4 * n_frames };

  if (fwrite (words, sizeof words, 1, out) != 1)
    fail ("the head");
}

static void
write_block (FILE *out, const float *stereo)
{
  int16_t samples[2 * BLOCK];

  for (unsigned i = 0; i < 2 * BLOCK; i++)
    {
      /* The limiter keeps it far from what an int could not hold; bounded as an int, many are at once. */
      int x = (int) (stereo[i] * 32767.0f);

      samples[i] = (int16_t) (x < -32768 ? -32768 : x > 32767 ? 32767 : x);
    }
  if (fwrite (samples, sizeof samples, 1, out) != 1)
    fail ("the sound");
}

int
main (int argc, char **argv)
{
  const TuttiMixOptions options = { .offline = true, .without_metronome = true, .without_prints = true };
  FILE *song = argc == 3 ? fopen (argv[1], "re") : NULL, *out = argc == 3 ? fopen (argv[2], "wbe") : NULL;
  TuttiScore *score = tutti_score_new ();
  TuttiMix *mix = tutti_mix_new (&options);
  unsigned n_tracks, n_rounds;
  float stereo[2 * BLOCK];

  if (song == NULL || out == NULL || fscanf (song, "%u %u", &n_tracks, &n_rounds) != 2)
    fail ("peer-tutti SONG OUT.wav");
  score->transport.segments[0].playing = true;
  for (unsigned i = 0; i < n_tracks; i++)
    tutti_score_add_track (score, read_track (song, i));
  if (!tutti_mix_push_score (mix, score))
    return 1;
  const int64_t end = (int64_t) n_rounds * ROWS * 6000 / BLOCK * BLOCK;

  setvbuf (out, NULL, _IOFBF, 1 << 16);
  write_head (out, (uint32_t) end);
  for (int64_t frame = 0; frame < end; frame += BLOCK)
    {
      tutti_mix_render (mix, frame, BLOCK, stereo);
      write_block (out, stereo);
    }
  tutti_mix_free (mix);
  fclose (song);
  return fclose (out) != 0;
}
