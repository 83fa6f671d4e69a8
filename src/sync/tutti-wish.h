/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What somebody may ask those for who can give it. */
typedef enum
{
  TUTTI_WISH_EDIT = 1,             /* a viewer would contribute */
  TUTTI_WISH_LEAD                  /* the lead */
} TuttiWish;
