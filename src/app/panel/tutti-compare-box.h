/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* A button that asks whether everyone hears the same, and below it the answer in words. */
GtkWidget *tutti_compare_box_new (TuttiSession *session);
