/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-command.h"

#include "tutti-replica.h"
#include "tutti-wire.h"

#include <string.h>

/* As long as the host may take to answer. */
#define PATIENCE_S 10

typedef struct
{
  GMainLoop *loop;
  TuttiWire *wire;
  GPtrArray *ops;                  /* of TuttiOp, NULL where the text is none … */
  GPtrArray *reasons;              /* … and why, as text */
  char     **texts;                /* as they were given */
  const char *invite;              /* nullable */
  gint64     seq;                  /* the host's newest operation when we came in */
  guint      answered, refused;
  gint64     number;               /* of the newest edit that was sent */
  int        exit_code;
} Sending;

static void
finish (Sending *sending, int exit_code)
{
  sending->exit_code = exit_code;
  g_main_loop_quit (sending->loop);
}

static void
say (Sending *sending, const TuttiMessage *message)
{
  g_autofree char *text = tutti_message_write (message);

  tutti_wire_send (sending->wire, text);
}

static void
on_opened (gpointer user)
{
  TuttiMessage hello = { .kind = TUTTI_MESSAGE_HELLO, .hello = { .protocol = TUTTI_PROTOCOL_VERSION, .name = "tuttictl",
                                                                  .passing = TRUE } };

  g_strlcpy (hello.hello.passcode, tutti_command_passcode (), sizeof hello.hello.passcode);
  if (((Sending *) user)->invite != NULL)
    g_strlcpy (hello.hello.invite, ((Sending *) user)->invite, sizeof hello.hello.invite);
  say (user, &hello);
}

static void
skip_unreadable (Sending *sending)
{
  for (; sending->answered < sending->ops->len && sending->ops->pdata[sending->answered] == NULL; sending->answered++)
    {
      g_print ("refused %s: %s\n", sending->texts[sending->answered], (const char *) sending->reasons->pdata[sending->answered]);
      sending->refused++;
    }
}

/* One after the other, each when the one before was answered: they happen in this order. */
static void
send_next (Sending *sending)
{
  TuttiMessage edit = { .kind = TUTTI_MESSAGE_EDIT, .base = sending->seq };

  skip_unreadable (sending);
  if (sending->answered == sending->ops->len)
    {
      finish (sending, sending->refused == 0 ? TUTTI_EXIT_OK : TUTTI_EXIT_FAILED);
      return;
    }
  edit.number = ++sending->number;
  edit.op = sending->ops->pdata[sending->answered];
  say (sending, &edit);
}

static void
print_answer (Sending *sending, const TuttiMessage *message)
{
  g_autofree char *op = tutti_op_to_text (sending->ops->pdata[sending->answered]);

  sending->answered++;
  if (message->kind == TUTTI_MESSAGE_ANSWER)
    {
      sending->seq = message->stamp.seq;
      g_print ("stamped [%" G_GINT64_FORMAT ",%u,%" G_GINT64_FORMAT ",%s]\n", message->stamp.seq, message->stamp.by,
               message->stamp.at, op);
    }
  else
    {
      sending->refused++;
      g_print ("refused %s: %s\n", op, message->reason);
    }
  send_next (sending);
}

static void
on_received (gpointer user, const char *text, gsize length)
{
  Sending *sending = user;
  g_auto(TuttiMessage) message = { 0 };
  g_autoptr(GError) error = NULL;

  if (!tutti_message_read (text, length, &message, &error))
    {
      tutti_command_fail (error);
      finish (sending, TUTTI_EXIT_FAILED);
    }
  else if (message.kind == TUTTI_MESSAGE_LIVE)
    {
      sending->seq = message.stamp.seq;
      send_next (sending);
    }
  else if ((message.kind == TUTTI_MESSAGE_ANSWER || message.kind == TUTTI_MESSAGE_NO) &&
           message.number == sending->number)
    print_answer (sending, &message);
}

static void
on_failed (gpointer user, const GError *error)
{
  tutti_command_fail (error);
  finish (user, TUTTI_EXIT_FAILED);
}

static void
on_closed (gpointer user, TuttiClose code, const char *words)
{
  g_printerr ("tuttictl: the host closed the connection: %s\n", words);
  finish (user, TUTTI_EXIT_FAILED);
}

static void
on_patience (gpointer user)
{
  g_printerr ("tuttictl: the host does not answer\n");
  finish (user, TUTTI_EXIT_FAILED);
}

/* Whether there is anything to send. */
static gboolean
read_ops (Sending *sending, int n)
{
  gboolean any = FALSE;

  for (int i = 0; i < n; i++)
    {
      g_autoptr(GError) error = NULL;
      TuttiOp *op = tutti_op_from_text (sending->texts[i], -1, &error);

      g_ptr_array_add (sending->ops, op);
      g_ptr_array_add (sending->reasons, op == NULL ? g_strdup (error->message) : NULL);
      any |= op != NULL;
    }
  return any;
}

int
tutti_command_send (int argc, char **argv)
{
  g_autofree char *fingerprint = NULL;
  g_autoptr(GError) error = NULL;
  GOptionEntry entries[] = {
    { "fp", 0, 0, G_OPTION_ARG_STRING, &fingerprint, "The fingerprint that the host must show", "SHA256" },
    G_OPTION_ENTRY_NULL
  };

  if (!tutti_command_parse ("ADDRESS JSON-OP… - make edits", "An edit is a JSON array, such as '[\"tempo\",12400]'.", entries,
                            &argc, &argv))
    return TUTTI_EXIT_USAGE;
  g_autoptr(TuttiAddress) address = argc >= 3 ? tutti_address_parse (argv[1], &error) : NULL;

  if (address == NULL)
    {
      g_printerr ("tuttictl: %s\n", error != NULL ? error->message : "send takes an address and at least one edit");
      return TUTTI_EXIT_USAGE;
    }
  g_autoptr(GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);
  g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Sending sending = { .loop = loop, .ops = ops, .reasons = reasons, .texts = argv + 2, .invite = address->invite,
                      .exit_code = TUTTI_EXIT_FAILED };

  if (!read_ops (&sending, argc - 2))
    {
      skip_unreadable (&sending);
      return TUTTI_EXIT_FAILED;
    }
  sending.wire = tutti_wire_new_outside (address, fingerprint != NULL ? fingerprint : address->fingerprint,
                                         &(TuttiWireCalls) { &sending, on_opened, on_received, on_failed, on_closed });
  guint patience = g_timeout_add_once (PATIENCE_S * 1000, on_patience, &sending);

  g_main_loop_run (loop);
  if (g_main_context_find_source_by_id (NULL, patience) != NULL)
    g_source_remove (patience);
  tutti_wire_free (sending.wire);
  return sending.exit_code;
}
