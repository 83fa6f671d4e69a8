/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-picture.h"

/* Pictures of people, by their numbers: what a host or a participant has of them. */
typedef struct _TuttiPictures TuttiPictures;

TuttiPictures *tutti_pictures_new  (void);
void           tutti_pictures_free (TuttiPictures *pictures);

/* @text becomes the picture of person @number; empty: they have none. FALSE: it was so already. */
gboolean       tutti_pictures_set  (TuttiPictures *pictures, guint number, const char *text);

/* (transfer none), empty: there is none. */
const char    *tutti_pictures_get  (const TuttiPictures *pictures, guint number);
guint64        tutti_pictures_hash (const TuttiPictures *pictures, guint number);   /* 0: none */

/* The numbers of those who have one, in order; of guint, (transfer full). */
GArray        *tutti_pictures_list (const TuttiPictures *pictures);
