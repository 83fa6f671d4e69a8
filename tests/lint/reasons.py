#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every sentence in which an edit or a wish is refused is in the window's table of words (tutti-reason-words.c), and every row of
that is said somewhere."""
import re

import tree

SPOKEN = ["src/model/tutti-apply*.c", "src/model/tutti-jam-difference.c", "src/model/tutti-jam-moment.c", "src/model/tutti-rights.c",
          "src/sync/tutti-host*.c", "src/sync/tutti-replica*.c", "src/session/tutti-session*.c", "src/service/tutti-room-hooks.c"]
CALLS = re.compile(r"\b(tutti_apply_fail|tutti_apply_missing|names_contributor|g_set_error_literal|g_set_error|tutti_replica_fail|deny"
                   r"|not_allowed|refuse|g_strdup|g_strdup_printf|tutti_message_set_reason|\.reason =)\s*(\([^;{}]*?\);|\"[^\"]*\")", re.S)
TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
ROW = re.compile(r'\{ "((?:[^"\\]|\\.)*)",\s*N_\(')

# What no window shows: bounds that its controls keep, breaches of the protocol (those are ends of a connection), names and keys.
UNSPOKEN = re.compile(
    r"must be|of the protocol|cycle n of n cycles|a step lasts 960|is claimed by|^the host (left|answers|goes on|names|has another)|"
    r"a piece of a document|a document beyond|only a guest says|welcome comes first|the passcode is not kept as one is|^p\{n\}$|"
    r"^somebody$|^that track$|tries left|s to wait|^[^ ]*$")


def said(path):
    for call, rest in CALLS.findall(path.read_text()):
        for text in TEXT.findall(rest):
            if call == "tutti_apply_missing":
                yield f"there is no such {text} (any more)"
            else:
                yield re.sub(r"%[diu]", "{n}", text).replace("%s", "{who}")


paths = sorted(path for pattern in SPOKEN for path in tree.ROOT.glob(pattern))
sentences = {text for path in paths for text in said(path)}
sentences.discard("there is no such {who} (any more)")
literals = {re.sub(r"%[diu]", "{n}", text).replace("%s", "{who}") for path in paths for text in TEXT.findall(path.read_text())}
table = set(ROW.findall((tree.ROOT / "src/app/widgets/tutti-reason-words.c").read_text()))
tree.finish("reasons", [f"said, but the window has no words for it: {text}" for text in sorted(sentences - table) if not UNSPOKEN.search(text)] +
            [f"the window has words for it, but nobody says it: {text}" for text in sorted(table - sentences - literals)])
