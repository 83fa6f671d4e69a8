/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-miniature.h"

#include "tutti-draw.h"
#include "tutti-palette.h"

#include <json-glib/json-glib.h>

#define ROWS 4
#define STEPS 16
#define GAP 3.0f
#define CELL_HEIGHT 14
#define ROW_PITCH 19

struct _TuttiMiniature
{
  GtkWidget parent_instance;
  int       colours[ROWS];     /* TuttiColour */
  guint16   steps[ROWS];       /* bit i: step i sounds */
};

G_DEFINE_FINAL_TYPE (TuttiMiniature, tutti_miniature, GTK_TYPE_WIDGET)

static void
tutti_miniature_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = STEPS * 8;
      *natural = STEPS * 15;
    }
  else
    *minimum = *natural = (ROWS - 1) * ROW_PITCH + CELL_HEIGHT;
}

static void
tutti_miniature_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiMiniature *self = TUTTI_MINIATURE (widget);
  const TuttiPalette *palette = tutti_palette_get (widget);
  float pitch = ((float) gtk_widget_get_width (widget) + GAP) / STEPS;

  for (int row = 0; row < ROWS; row++)
    for (int step = 0; step < STEPS; step++)
      {
        gboolean on = (self->steps[row] >> step) & 1;

        tutti_draw_box (snapshot, (TuttiBox) { (float) step * pitch, (float) row * ROW_PITCH, pitch - GAP, CELL_HEIGHT }, 3,
                        on ? &palette->track[self->colours[row]] : &palette->off_beat);
      }
}

static void
tutti_miniature_class_init (TuttiMiniatureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = tutti_miniature_measure;
  widget_class->snapshot = tutti_miniature_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tutti_miniature_init (TuttiMiniature *self)
{
}

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
}

static void
read_row (TuttiMiniature *self, int row, JsonNode *node)
{
  const char *colour, *steps;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  colour = text_member (json_node_get_object (node), "c");
  steps = text_member (json_node_get_object (node), "s");
  for (int i = 0; i < TUTTI_N_COLOURS; i++)
    if (g_str_equal (tutti_colour_names[i], colour))
      self->colours[row] = i;
  for (int i = 0; i < STEPS && steps[i] != '\0'; i++)
    if (steps[i] != '.')
      self->steps[row] |= (guint16) (1u << i);
}

GtkWidget *
tutti_miniature_new (const char *text)
{
  TuttiMiniature *self = g_object_new (TUTTI_TYPE_MINIATURE, NULL);
  g_autoptr(JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonArray *rows = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows) && i < ROWS; i++)
    read_row (self, (int) i, json_array_get_element (rows, i));
  return GTK_WIDGET (self);
}
