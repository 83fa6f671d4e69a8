/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"
#include "tutti-schema.h"

/* Members of the schema that is open in @value, for whoever describes operations' values in another form: an argument as a schema
 * of its own; parameters, or settings of the mix, by name. */
void tutti_schema_put_arg (GString *value, const TuttiArgSpec *spec);
void tutti_schema_put_params (GString *value);
void tutti_schema_put_patch (GString *value);
void tutti_schema_put_settings (GString *value);
