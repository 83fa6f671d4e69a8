/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-chat-line.h"

#include "tutti-avatar.h"
#include "tutti-chat-words.h"
#include "tutti-face.h"
#include "tutti-glyph.h"

#include <glib/gi18n.h>

#define WIDTH_CHARS 26

#define SPEAKER "tutti-speaker"
#define FACE "tutti-face"
#define NAME "tutti-name"
#define COLOUR "tutti-colour"

static gboolean
on_link (GtkLabel *label, const char *uri, gpointer user_data)
{
  gtk_widget_activate_action (GTK_WIDGET (label), "chat.link", "s", uri);
  return TRUE;
}

static GtkWidget *
build_text (const TuttiJam *jam, const TuttiLine *line)
{
  g_autofree char *markup = tutti_chat_markup (jam, line->text);
  GtkWidget *text = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (text), markup);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (text), WIDTH_CHARS);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  g_signal_connect (text, "activate-link", G_CALLBACK (on_link), NULL);
  return text;
}

static GtkWidget *
build_name (void)
{
  GtkWidget *name = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_halign (name, GTK_ALIGN_START);
  gtk_widget_add_css_class (name, "name-tag");
  return name;
}

static GtkWidget *
build_bubble (const TuttiJam *jam, const TuttiLine *line, gboolean mine, GtkWidget *name)
{
  GtkWidget *bubble = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *time = tutti_chat_time (line->at_ms, g_get_real_time () / 1000);
  GtkWidget *when = gtk_label_new (time);

  gtk_widget_add_css_class (bubble, "bubble");
  if (mine)
    gtk_widget_add_css_class (bubble, "own");
  if (name != NULL)
    gtk_box_append (GTK_BOX (bubble), name);
  gtk_box_append (GTK_BOX (bubble), build_text (jam, line));
  gtk_widget_add_css_class (when, "when");
  gtk_widget_add_css_class (when, "numeric");
  gtk_widget_set_halign (when, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (bubble), when);
  return bubble;
}

/* The room that the avatar takes beside the first line of a run is kept beside the others. */
static GtkWidget *
build_face (gboolean shown)
{
  GtkWidget *face = tutti_avatar_new (NULL);

  gtk_widget_set_valign (face, GTK_ALIGN_START);
  gtk_widget_set_opacity (face, shown ? 1 : 0);
  return face;
}

GtkWidget *
tutti_chat_line_new (TuttiSession *session, const TuttiLine *line, gboolean mine, gboolean names)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *face = mine ? NULL : build_face (names), *name = names && !mine ? build_name () : NULL;

  if (face != NULL)
    gtk_box_append (GTK_BOX (box), face);
  gtk_box_append (GTK_BOX (box), build_bubble (jam, line, mine, name));
  gtk_widget_set_halign (box, mine ? GTK_ALIGN_END : GTK_ALIGN_START);
  g_object_set_data (G_OBJECT (box), SPEAKER, GUINT_TO_POINTER (line->by));
  g_object_set_data (G_OBJECT (box), FACE, face);
  g_object_set_data (G_OBJECT (box), NAME, name);
  tutti_chat_line_update (box, session);
  return box;
}

/* FALSE: @face shows that name and colour (−1: nobody's) already, as it does in nearly all lines nearly always. */
static gboolean
becomes (GtkWidget *face, const char *name, int colour)
{
  gpointer stored = GINT_TO_POINTER (colour + 2);

  if (g_object_get_data (G_OBJECT (face), COLOUR) == stored && g_strcmp0 (gtk_widget_get_tooltip_text (face), name) == 0)
    return FALSE;
  g_object_set_data (G_OBJECT (face), COLOUR, stored);
  tutti_avatar_set (face, name, MAX (colour, 0));
  return TRUE;
}

void
tutti_chat_line_update (GtkWidget *line, TuttiSession *session)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  guint by = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (line), SPEAKER));
  GtkWidget *face = g_object_get_data (G_OBJECT (line), FACE), *name = g_object_get_data (G_OBJECT (line), NAME);
  const TuttiPerson *person = jam != NULL ? tutti_jam_person (jam, by) : NULL;

  /* My own lines have neither. */
  if (face == NULL)
    return;
  gboolean other = becomes (face, person != NULL ? person->name : "?", person != NULL ? person->colour : -1);

  tutti_avatar_set_face (face, person != NULL ? tutti_face_of (session, by) : NULL);
  if (!other || name == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (name), person != NULL ? person->name : _("Somebody"));
  tutti_set_colour_class (name, "person", tutti_person_colour_names, person != NULL ? person->colour : -1);
}
