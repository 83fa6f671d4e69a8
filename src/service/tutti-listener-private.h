/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-doorkeeper.h"
#include "tutti-listener.h"
#include "tutti-visitor.h"

/* A listener's parts, shared by its files alone. */

struct _TuttiListener
{
  GObject parent_instance;

  /* owned */
  TuttiIdentity *identity;
  GSocketService *service;
  SoupServer *server;
  TuttiSampleRoutes *samples;
  TuttiDoorkeeper *doorkeeper;
  GHashTable *visitors;            /* TuttiVisitor → whether somebody let it in */
  GHashTable *strangers;           /* TuttiLink not yet welcomed → the source of its clock */
  char **origins;                  /* (nullable) */

  /* borrowed: by contract of the setters */
  TuttiJamFind find_jam;
  gpointer find_jam_data;
  TuttiStatusText status_text;
  gpointer status_text_data;
  TuttiListenerWatch watch;
  gpointer watch_data;
  gboolean watch_for_everyone;
  TuttiListenerApi api;
  gpointer api_data;

  TuttiListenerLimits limits;
  TuttiListenerFigures figures;
  guint16 port;
  gboolean moved;
};

/* (nullable) Whose request @message is. */
TuttiVisitor *tutti_listener_visitor_of (TuttiListener *self, SoupServerMessage *message);

/* "101" was answered: the connection becomes a link to @jam (NULL: the default one). */
void tutti_listener_hand_over (TuttiListener *self, SoupServerMessage *message, const char *jam);

/* Requests as libsoup hands them over (tutti-listener-routes.c). */
void tutti_listener_add_routes (TuttiListener *self);
