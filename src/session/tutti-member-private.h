/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

/* What only the session does with its members. */
TuttiMember *tutti_member_new         (guint number);
void         tutti_member_introduce   (TuttiMember *self, const TuttiPerson *person);
void         tutti_member_set_present (TuttiMember *self, gboolean present);
void         tutti_member_set_here    (TuttiMember *self, const TuttiHere *here);
void         tutti_member_set_role    (TuttiMember *self, gboolean is_me, gboolean is_host);

/* Before it is no longer present. */
void         tutti_member_set_removal (TuttiMember *self, const TuttiRemoval *removal);

/* They look otherwise than before. */
void         tutti_member_note_picture (TuttiMember *self);

/* @report: (nullable) not known, or not any more. */
void         tutti_member_set_report  (TuttiMember *self, const TuttiReport *report);
