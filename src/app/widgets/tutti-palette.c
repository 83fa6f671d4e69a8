/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-palette.h"

#include <adwaita.h>

static TuttiPalette palette;
static gboolean     palette_valid;

static GdkRGBA
look_up (GtkStyleContext *style, const char *name)
{
  GdkRGBA colour = { 0.5f, 0.5f, 0.5f, 1.0f };

  if (!gtk_style_context_lookup_color (style, name, &colour))
    g_warning ("The style sheet does not define %s", name);
  return colour;
}

/* Of a family of colours, each named between @before and @after. */
static GdkRGBA
look_up_one (GtkStyleContext *style, const char *before, const char *name, const char *after)
{
  g_autofree char *full = g_strconcat (before, name, after, NULL);

  return look_up (style, full);
}

static void
read_named (GtkStyleContext *style)
{
  const struct { const char *name; GdkRGBA *colour; } named[] = {
    { "window_bg_color", &palette.window }, { "accent_color", &palette.accent },
    { "tutti_fg", &palette.fg }, { "tutti_dim", &palette.dim }, { "tutti_ink", &palette.ink },
    { "tutti_off", &palette.off }, { "tutti_off_beat", &palette.off_beat }, { "tutti_edge", &palette.edge },
    { "tutti_trough", &palette.trough }, { "tutti_mark", &palette.mark }, { "tutti_outline", &palette.outline },
    { "tutti_cap", &palette.cap }, { "tutti_cap_edge", &palette.cap_edge },
    { "tutti_playhead", &palette.playhead }, { "tutti_queued", &palette.queued }, { "tutti_late", &palette.late },
    { "tutti_conflict", &palette.conflict }, { "tutti_record", &palette.record }, { "tutti_refused", &palette.refused },
    { "tutti_mine", &palette.mine }, { "tutti_ok", &palette.ok }, { "tutti_warn", &palette.warn },
  };

  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    *named[i].colour = look_up (style, named[i].name);
}

static void
read_all (GtkStyleContext *style)
{
  for (guint i = 0; i < TUTTI_N_COLOURS; i++)
    palette.track[i] = look_up_one (style, "tutti_track_", tutti_colour_names[i], "");
  for (guint i = 0; i < TUTTI_N_PERSON_COLOURS; i++)
    {
      palette.person[i] = look_up_one (style, "tutti_person_", tutti_person_colour_names[i], "");
      palette.person_ink[i] = look_up_one (style, "tutti_person_", tutti_person_colour_names[i], "_ink");
    }
  read_named (style);

  /* A style sheet can define colours only, so numbers travel in their alpha: tenths of a pixel for the width. */
  palette.back_alpha = look_up (style, "tutti_cell_back_alpha").alpha;
  palette.clip_alpha = look_up (style, "tutti_clip_alpha").alpha;
  palette.ring_width = look_up (style, "tutti_ring_width").alpha * 10.0f;
}

static void
on_style_changed (void)
{
  palette_valid = FALSE;
}

static void
watch_style (void)
{
  static gsize watching;

  if (g_once_init_enter (&watching))
    {
      AdwStyleManager *manager = adw_style_manager_get_default ();
      g_signal_connect (manager, "notify::dark", G_CALLBACK (on_style_changed), NULL);
      g_signal_connect (manager, "notify::high-contrast", G_CALLBACK (on_style_changed), NULL);
      g_once_init_leave (&watching, 1);
    }
}

const TuttiPalette *
tutti_palette_get (GtkWidget *widget)
{
  if (G_UNLIKELY (!palette_valid))
    {
      watch_style ();
      read_all (gtk_widget_get_style_context (widget));
      palette_valid = TRUE;
    }
  return &palette;
}

GdkRGBA
tutti_rgba_fade (const GdkRGBA *colour, float alpha)
{
  return (GdkRGBA) { colour->red, colour->green, colour->blue, colour->alpha * alpha };
}

GdkRGBA
tutti_rgba_mix (const GdkRGBA *a, const GdkRGBA *b, float share)
{
  return (GdkRGBA) { a->red + (b->red - a->red) * share, a->green + (b->green - a->green) * share,
                     a->blue + (b->blue - a->blue) * share, a->alpha + (b->alpha - a->alpha) * share };
}
