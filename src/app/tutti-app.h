/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Makes the templates, styles and icons that are compiled into this library known. Once, before any window. */
void tutti_app_init (void);
