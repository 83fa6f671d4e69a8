/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-quality-words.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *word, *css_class, *icon, *sentence;
} Look;

static const Look qualities[] = {
  [TUTTI_QUALITY_IN_TIME]     = { N_("In time"), "ok", "tutti-check-symbolic", N_("You are in time") },
  [TUTTI_QUALITY_SETTLING]    = { N_("Settling …"), "warn", "tutti-clock-symbolic",
                                  N_("Your clock is settling, the beat may drift for some seconds") },
  [TUTTI_QUALITY_SLOW_LINK]   = { N_("Slow link"), "warn", "tutti-clock-symbolic", N_("Your link is slow") },
  [TUTTI_QUALITY_LATE_EDITS]  = { N_("Late edits"), "late", "tutti-clock-symbolic", N_("Some edits come late") },
  [TUTTI_QUALITY_OUT_OF_TIME] = { N_("Out of time"), "bad", "tutti-clock-symbolic", N_("This machine cannot keep up with the sound") },
  [TUTTI_QUALITY_AWAY]        = { N_("Away"), "plain", "tutti-host-symbolic", N_("You are offline. The music goes on") },
};

/* Of this machine alone: what others are told of it are the words above. Their sentences have figures. */
static const Look dropping = { N_("Drop-outs"), "late", "tutti-sound-symbolic" };
static const Look unanswered = { N_("No clock"), "bad", "tutti-clock-symbolic" };

/* The worst that holds is said. */
static const Look *
look_now (const TuttiTiming *timing)
{
  if (timing->silent_clock != 0 && timing->quality == TUTTI_QUALITY_SETTLING)
    return &unanswered;
  if (timing->drop_outs_lately > 0 && timing->quality < TUTTI_QUALITY_OUT_OF_TIME)
    return &dropping;
  return &qualities[timing->quality];
}

const char *
tutti_quality_word_now (const TuttiTiming *timing)
{
  return _(look_now (timing)->word);
}

char *
tutti_quality_figure (const TuttiTiming *timing)
{
  if (look_now (timing) == &dropping)
    return g_strdup_printf ("%u", timing->drop_outs_lately);
  if (timing->quality != TUTTI_QUALITY_IN_TIME && timing->quality != TUTTI_QUALITY_OUT_OF_TIME)
    return g_strdup ("");
  return g_strdup_printf (_("±%.1f ms"), MAX (timing->clock_error_us / 1000.0, 0.1));
}

char *
tutti_quality_sentence (const TuttiTiming *timing)
{
  const Look *look = look_now (timing);

  if (look == &unanswered)
    return g_strdup_printf (_("The host’s clock does not answer, so nothing sounds here yet. A firewall may be in the way (UDP port %u)"),
                            timing->silent_clock);
  if (look == &dropping)
    return g_strdup_printf (ngettext ("The sound of this machine dropped out %u time lately. Others hear it whole.",
                                      "The sound of this machine dropped out %u times lately. Others hear it whole.",
                                      timing->drop_outs_lately), timing->drop_outs_lately);
  if (timing->quality == TUTTI_QUALITY_SLOW_LINK)
    return g_strdup_printf (_("Your link is slow, edits arrive %.0f ms later"), timing->round_trip_ms);
  return g_strdup (_(look->sentence));
}

/* The figure may be empty. */
char *
tutti_quality_title (const TuttiTiming *timing)
{
  g_autofree char *figure = tutti_quality_figure (timing);

  return g_strconcat (tutti_quality_word_now (timing), *figure != '\0' ? " " : "", figure, NULL);
}

char *
tutti_quality_tooltip (const TuttiTiming *timing)
{
  g_autofree char *title = tutti_quality_title (timing);

  if (look_now (timing)->sentence == NULL)
    return tutti_quality_sentence (timing);
  /* Translators: %s is how well one is in time, like "In time ±0.1 ms" */
  return g_strdup_printf (_("%s · round trip %.1f ms"), title, timing->round_trip_ms);
}

GtkWidget *
tutti_quality_chip_new (const char *action)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *chip = box;

  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "figure");
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "numeric");
  if (action != NULL)
    {
      chip = gtk_button_new ();
      gtk_button_set_child (GTK_BUTTON (chip), box);
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (chip), action);
    }
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (chip, GTK_ALIGN_END);
  g_object_set_data (G_OBJECT (chip), "tutti-box", box);
  return chip;
}

static void
show_class (GtkWidget *widget, const char *css_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (qualities); i++)
    if (strcmp (qualities[i].css_class, css_class) != 0)
      gtk_widget_remove_css_class (widget, qualities[i].css_class);
  gtk_widget_add_css_class (widget, css_class);
}

static void
show_chip (GtkWidget *chip, const Look *look, const char *figure)
{
  GtkWidget *box = g_object_get_data (G_OBJECT (chip), "tutti-box");
  GtkWidget *image = gtk_widget_get_first_child (box), *word = gtk_widget_get_next_sibling (image);

  show_class (chip, look->css_class);
  gtk_image_set_from_icon_name (GTK_IMAGE (image), look->icon);
  gtk_label_set_text (GTK_LABEL (word), _(look->word));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), figure != NULL ? figure : "");
  gtk_widget_set_visible (gtk_widget_get_last_child (box), figure != NULL && *figure != '\0');
}

void
tutti_quality_chip_show (GtkWidget *chip, TuttiQuality quality, const char *figure)
{
  show_chip (chip, &qualities[quality], figure);
}

void
tutti_quality_chip_show_now (GtkWidget *chip, const TuttiTiming *timing, gboolean with_figure)
{
  g_autofree char *figure = with_figure ? tutti_quality_figure (timing) : NULL;

  show_chip (chip, look_now (timing), figure);
}

void
tutti_quality_mark_show (GtkWidget *mark, const TuttiTiming *timing)
{
  const Look *look = look_now (timing);

  show_class (mark, look->css_class);
  gtk_image_set_from_icon_name (GTK_IMAGE (mark), look->icon);
}
