/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-message.h"

/* A valid message of @kind, made from the table alone: values anywhere in their range, often at its ends. @jam: what its
 * operation is about. */
void tutti_random_message (GRand *rand, TuttiMessageKind kind, const TuttiJam *jam, TuttiMessage *out);
