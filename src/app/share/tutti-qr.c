/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-qr.h"

#include <glib/gi18n.h>

#ifdef TUTTI_HAVE_QRENCODE
#include <errno.h>
#include <qrencode.h>
#endif

/* Squares that stay white on each side: less, and cameras do not find it. */
#define QUIET 4

struct _TuttiQr
{
  GtkWidget parent_instance;
  int       size, side;
  guint8   *squares;           /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (TuttiQr, tutti_qr, GTK_TYPE_WIDGET)

#ifdef TUTTI_HAVE_QRENCODE

gboolean
tutti_qr_is_available (void)
{
  return TRUE;
}

/* The least error correction: on a screen nothing is torn or smudged, and larger squares are read from further away. */
guint8 *
tutti_qr_squares (const char *text, int *side)
{
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_L);
  guint8 *squares;

  if (code == NULL)
    {
      g_warning ("No QR code: %s", g_strerror (errno));
      return NULL;
    }
  *side = code->width;
  squares = g_malloc ((gsize) code->width * (gsize) code->width);
  for (int i = 0; i < code->width * code->width; i++)
    squares[i] = code->data[i] & 1;
  QRcode_free (code);
  return squares;
}

#else

gboolean
tutti_qr_is_available (void)
{
  return FALSE;
}

guint8 *
tutti_qr_squares (const char *text, int *side)
{
  return NULL;
}

#endif

/* Whole pixels a square: no grey between them. What is left over becomes quiet edge. */
void
tutti_qr_draw (cairo_t *cr, const guint8 *squares, int side, int size)
{
  int each = MAX (size / (side + 2 * QUIET), 1), edge = (size - each * side) / 2;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, size, size);
  cairo_fill (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      if (squares[y * side + x])
        cairo_rectangle (cr, edge + x * each, edge + y * each, each, each);
  cairo_fill (cr);
}

void
tutti_qr_set_text (TuttiQr *self, const char *text)
{
  g_clear_pointer (&self->squares, g_free);
  if (text != NULL)
    self->squares = tutti_qr_squares (text, &self->side);
  gtk_widget_set_visible (GTK_WIDGET (self), self->squares != NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
tutti_qr_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiQr *self = TUTTI_QR (widget);
  graphene_rect_t place = GRAPHENE_RECT_INIT (0, 0, (float) self->size, (float) self->size);

  if (self->squares == NULL)
    return;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &place);

  tutti_qr_draw (cr, self->squares, self->side, self->size);
  cairo_destroy (cr);
}

static void
tutti_qr_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                  int *natural_baseline)
{
  *minimum = *natural = TUTTI_QR (widget)->size;
}

static void
tutti_qr_finalize (GObject *object)
{
  g_free (TUTTI_QR (object)->squares);
  G_OBJECT_CLASS (tutti_qr_parent_class)->finalize (object);
}

static void
tutti_qr_class_init (TuttiQrClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_qr_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = tutti_qr_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = tutti_qr_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tutti_qr_init (TuttiQr *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "qr");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("QR code of the link"), -1);
}

GtkWidget *
tutti_qr_new (int size)
{
  TuttiQr *self = g_object_new (TUTTI_TYPE_QR, NULL);

  self->size = size;
  return GTK_WIDGET (self);
}
