/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-people-page.h"

#include "tutti-ask.h"
#include "tutti-avatar.h"
#include "tutti-here-words.h"
#include "tutti-name.h"
#include "tutti-names.h"
#include "tutti-people-actions.h"
#include "tutti-qr.h"
#include "tutti-quality-words.h"
#include "tutti-rights-words.h"
#include "tutti-rules-card.h"

#include <glib/gi18n.h>

#define ROW "tutti-people-row"
#define QR_SIZE 132

struct _TuttiPeoplePage
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* owned */
  GtkWidget    *root, *column, *mark, *sentence, *figure, *count, *list, *rules, *invite, *invite_text, *invite_say, *invite_role,
               *qr;
  char         *link;
  TuttiQuality  quality;
};

G_DEFINE_FINAL_TYPE (TuttiPeoplePage, tutti_people_page, GTK_TYPE_WIDGET)

static GtkWidget *
text_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static const TuttiPerson *
person_of (TuttiPeoplePage *self, TuttiMember *member)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  return jam != NULL ? tutti_jam_person (jam, tutti_member_get_number (member)) : NULL;
}

/* Alone there is nothing to host; who is banned is nowhere. (transfer full) */
static char *
second_line (TuttiPeoplePage *self, TuttiMember *member)
{
  const TuttiPerson *person = person_of (self, member);
  g_autoptr(GString) words = g_string_new (person != NULL ? tutti_role_word ((TuttiRole) person->role) : "");
  gboolean banned = person != NULL && person->role == TUTTI_ROLE_BANNED;

  if (tutti_member_get_is_host (member) && tutti_session_get_state (self->session) != TUTTI_SESSION_SOLO)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", _("hosts"));
  if (person != NULL && tutti_member_get_present (member) && !tutti_member_get_is_me (member))
    {
      g_autofree char *does = tutti_here_words (tutti_session_get_jam (self->session), tutti_member_get_here (member));

      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", does);
    }
  if (!tutti_member_get_present (member) && !banned)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "",
                            tutti_member_get_removal (member) != NULL ? _("Removed · seat kept") : _("Left · seat kept"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* One person's row: made once, so that a menu that is open stays so while others come and go. */
typedef struct
{
  TuttiPeoplePage *page;       /* borrowed: the list is a part of it */
  TuttiMember     *member;     /* owned */
  GtkWidget       *avatar, *name, *baton, *second, *chip, *menu;
  char            *menu_for;   /* what the menu was made for */
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_object_unref (row->member);
  g_free (row->menu_for);
  g_free (row);
}

/* The menu follows who leads, who is what, and who sits here. */
static void
show_menu (Row *row)
{
  const TuttiJam *jam = tutti_session_get_jam (row->page->session);
  const TuttiPerson *person = person_of (row->page, row->member);
  guint number = tutti_member_get_number (row->member), me = tutti_session_get_me (row->page->session);
  const TuttiPerson *mine = jam != NULL ? tutti_jam_person (jam, me) : NULL;
  g_autofree char *made_for = g_strdup_printf ("%u %d %d %d %d", me, tutti_member_get_present (row->member),
                                               jam != NULL ? jam->leader : 0,
                                               person != NULL ? person->role : 0,
                                               mine != NULL ? mine->role : 0);
  /* Translators: %s is the name of a person */
  g_autofree char *words = g_strdup_printf (_("What to do about %s"), tutti_member_get_name (row->member));

  gtk_accessible_update_property (GTK_ACCESSIBLE (row->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (g_strcmp0 (made_for, row->menu_for) == 0)
    return;
  g_autoptr(GMenuModel) model = tutti_people_menu_new (row->page->session, number);

  g_free (row->menu_for);
  row->menu_for = g_steal_pointer (&made_for);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (row->menu), model);
  gtk_widget_set_visible (row->menu, model != NULL);
}

/* How others keep time is known to them, to the host and to admins; everyone knows of themself, and who is away. */
static void
show_chip (Row *row, gboolean present)
{
  const TuttiReport *report = present ? tutti_member_get_report (row->member) : NULL;
  gboolean me = tutti_member_get_is_me (row->member);
  TuttiQuality quality = me ? row->page->quality : report != NULL ? (TuttiQuality) (report->quality - 1) : TUTTI_QUALITY_AWAY;
  g_autofree char *words = NULL;

  tutti_quality_chip_show (row->chip, present ? quality : TUTTI_QUALITY_AWAY, NULL);
  gtk_widget_set_visible (row->chip, me || !present || report != NULL);
  if (report != NULL && !me)
    /* Translators: how long the way to the host takes, and how many edits came too late there */
    words = g_strdup_printf (_("Round trip %.1f ms, edits late: %u"), (double) report->round_trip_us / 1000, (guint) report->late);
  gtk_widget_set_tooltip_text (row->chip, words);
}

static void
show_row (Row *row)
{
  TuttiMember *member = row->member;
  const TuttiPerson *person = person_of (row->page, member);
  gboolean present = tutti_member_get_present (member);
  g_autofree char *second = second_line (row->page, member);
  g_autofree char *name = tutti_member_get_is_me (member) ? g_strdup_printf (_("You (%s)"), tutti_member_get_name (member))
                                                          : g_strdup (tutti_member_get_name (member));

  tutti_avatar_set_person (row->avatar, row->page->session, tutti_member_get_number (member), tutti_member_get_name (member),
                           tutti_member_get_colour (member));
  if (present)
    gtk_widget_remove_css_class (row->avatar, "away");
  else
    gtk_widget_add_css_class (row->avatar, "away");
  gtk_label_set_text (GTK_LABEL (row->name), name);
  gtk_label_set_text (GTK_LABEL (row->second), second);
  gtk_widget_set_visible (row->baton, person != NULL && tutti_session_get_jam (row->page->session)->leader == person->number);
  show_chip (row, present);
  show_menu (row);
}

static GtkWidget *
build_texts (Row *row)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  row->name = text_label (NULL, "strong");
  row->second = text_label (NULL, "caption");
  row->baton = gtk_image_new_from_icon_name ("tutti-baton-symbolic");
  tutti_name_control (row->baton, _("Leads"));
  /* Beside a chip there is no room for a role and what somebody does in one line. */
  gtk_label_set_wrap (GTK_LABEL (row->second), TRUE);
  gtk_label_set_lines (GTK_LABEL (row->second), 3);
  gtk_widget_add_css_class (row->second, "dim-label");
  gtk_box_append (GTK_BOX (line), row->name);
  gtk_box_append (GTK_BOX (line), row->baton);
  gtk_box_append (GTK_BOX (texts), line);
  gtk_box_append (GTK_BOX (texts), row->second);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  return texts;
}

/* A member is listed before its name and presence are known, and comes and goes later. */
static void
on_member (TuttiMember *member, GParamSpec *spec, GtkWidget *box)
{
  show_row (g_object_get_data (G_OBJECT (box), ROW));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  Row *row = g_new0 (Row, 1);

  row->page = user_data;
  row->member = g_object_ref (item);
  g_object_set_data_full (G_OBJECT (box), ROW, row, row_free);
  row->avatar = tutti_avatar_new ("large");
  row->chip = tutti_quality_chip_new (NULL);
  row->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (row->menu), "view-more-symbolic");
  gtk_widget_set_valign (row->menu, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (row->menu, _("Lead, Role and More"));
  gtk_widget_set_visible (row->menu, FALSE);
  gtk_widget_add_css_class (row->menu, "flat");
  gtk_widget_add_css_class (box, "row-card");
  gtk_box_append (GTK_BOX (box), row->avatar);
  gtk_box_append (GTK_BOX (box), build_texts (row));
  gtk_box_append (GTK_BOX (box), row->chip);
  gtk_box_append (GTK_BOX (box), row->menu);
  show_row (row);
  g_signal_connect_object (item, "notify", G_CALLBACK (on_member), box, 0);
  return box;
}

static void
show_rows (TuttiPeoplePage *self)
{
  for (GtkWidget *each = gtk_widget_get_first_child (self->list); each != NULL; each = gtk_widget_get_next_sibling (each))
    show_row (g_object_get_data (G_OBJECT (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (each))), ROW));
}

static void
show_count (TuttiPeoplePage *self)
{
  GListModel *people = tutti_session_get_people (self->session);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (people, i);
      n += tutti_member_get_present (member);
    }
  g_autofree char *words = g_strdup_printf (ngettext ("%u person here", "%u people here", n), n);
  gtk_label_set_text (GTK_LABEL (self->count), words);
}

/* Everyone may pass on the link; only an admin's invitation gives a role. */
static void
show_invite (TuttiPeoplePage *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  TuttiVerdict verdict = { TUTTI_DENIED_STRANGER, 0, { 0, 0 } };

  if (jam != NULL)
    verdict = tutti_jam_judge_permission (jam, tutti_session_get_me (self->session), TUTTI_MAY_ADMIN);
  gtk_widget_set_visible (self->invite, self->link != NULL);
  gtk_widget_set_visible (gtk_widget_get_parent (self->invite_role), verdict.denial == TUTTI_DENIED_NOT);
}

/* All anew, as when the jam was opened to others. */
static void
show_people (TuttiPeoplePage *self)
{
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), tutti_session_get_people (self->session), create_row, self, NULL);
  show_count (self);
}

/* Roles, the lead and the rules are of the jam, not of the members that the list is made of. */
static void
on_changed (TuttiSession *session, const TuttiTarget *what, guint by, TuttiPeoplePage *self)
{
  if (what->scope != TUTTI_SCOPE_PEOPLE && what->scope != TUTTI_SCOPE_JAM && what->scope != TUTTI_SCOPE_ALL)
    return;
  show_rows (self);
  tutti_rules_card_refresh (self->rules);
  show_invite (self);
}

void
tutti_people_page_show_timing (TuttiPeoplePage *self, const TuttiTiming *timing)
{
  g_autofree char *sentence = tutti_quality_sentence (timing), *figure = tutti_quality_figure (timing), *words = NULL;
  g_autofree char *late = timing->late == 0 ? g_strdup (_("no edit late"))
                                            : g_strdup_printf (ngettext ("%d edit late", "%d edits late", (int) timing->late),
                                                               (int) timing->late);

  if (self->quality != timing->quality)
    {
      self->quality = timing->quality;
      show_rows (self);
    }
  words = *figure != '\0' ? g_strdup_printf ("%s · %s", figure, late) : g_strdup (late);
  gtk_label_set_text (GTK_LABEL (self->sentence), sentence);
  gtk_label_set_text (GTK_LABEL (self->figure), words);
  tutti_quality_mark_show (self->mark, timing);
  show_count (self);
}

static void
on_copy_invite (GtkButton *button, TuttiPeoplePage *self)
{
  guint role = TUTTI_ROLE_VIEWER + gtk_drop_down_get_selected (GTK_DROP_DOWN (self->invite_role));

  gtk_widget_activate_action (GTK_WIDGET (self), "people.invite", "u", role);
}

static void
on_copy_link (GtkButton *button, TuttiPeoplePage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->link);
  tutti_say (GTK_WIDGET (self), _("Link copied"));
}

const char *
tutti_people_page_get_link (TuttiPeoplePage *self)
{
  return self->link;
}

/* Whoever is on this network types the short name; the code carries the link. No phone is promised anything: none runs Tutti. */
static void
say_how (TuttiPeoplePage *self)
{
  g_autofree char *code = tutti_names_code (tutti_session_get_jam_id (self->session));
  /* Translators: %s is the short name of the jam, like fuzzy-penguin-42 */
  g_autofree char *words = g_strdup_printf (_("Say “%s”, or pass on the link."), code);

  gtk_label_set_text (GTK_LABEL (self->invite_say), words);
}

void
tutti_people_page_set_link (TuttiPeoplePage *self, const char *link)
{
  g_free (self->link);
  self->link = g_strdup (link);
  tutti_people_actions_set_link (GTK_WIDGET (self), link);
  show_invite (self);
  say_how (self);
  tutti_qr_set_text (TUTTI_QR (self->qr), link);
  gtk_label_set_text (GTK_LABEL (self->invite_text), link != NULL ? link : "");
}

static GtkWidget *
card (GtkOrientation orientation, int spacing)
{
  GtkWidget *box = gtk_box_new (orientation, spacing);

  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "panel-card");
  return box;
}

static GtkWidget *
build_timing (TuttiPeoplePage *self)
{
  GtkWidget *box = card (GTK_ORIENTATION_HORIZONTAL, 14), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (NULL);

  self->mark = gtk_image_new_from_icon_name ("tutti-check-symbolic");
  gtk_image_set_pixel_size (GTK_IMAGE (self->mark), 32);
  gtk_widget_add_css_class (self->mark, "big-check");
  self->sentence = title;
  gtk_widget_add_css_class (title, "strong");
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  self->figure = text_label (NULL, "caption");
  gtk_widget_add_css_class (self->figure, "dim-label");
  gtk_box_append (GTK_BOX (texts), self->sentence);
  gtk_box_append (GTK_BOX (texts), self->figure);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), self->mark);
  gtk_box_append (GTK_BOX (box), texts);
  return box;
}

/* A link that gives a role, and needs no passcode. */
static GtkWidget *
build_invite_as (TuttiPeoplePage *self)
{
  const char *roles[] = { tutti_role_word (TUTTI_ROLE_VIEWER), tutti_role_word (TUTTI_ROLE_CONTRIBUTOR),
                          tutti_role_word (TUTTI_ROLE_ADMIN), NULL };
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *button = gtk_button_new_with_label (_("Copy Invitation"));

  self->invite_role = gtk_drop_down_new_from_strings (roles);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->invite_role), TUTTI_ROLE_CONTRIBUTOR - TUTTI_ROLE_VIEWER);
  gtk_widget_set_tooltip_text (self->invite_role, _("Who comes with the invitation is this"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->invite_role), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Role of the Invited"), -1);
  gtk_widget_set_hexpand (self->invite_role, TRUE);
  gtk_box_append (GTK_BOX (line), self->invite_role);
  gtk_box_append (GTK_BOX (line), button);
  g_signal_connect (button, "clicked", G_CALLBACK (on_copy_invite), self);
  return line;
}

/* What is said and what is pointed at, side by side. */
static GtkWidget *
build_invite_head (TuttiPeoplePage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *button = gtk_button_new_with_label (_("Copy Link"));

  self->qr = tutti_qr_new (QR_SIZE);
  self->invite_say = text_label (NULL, "caption");
  gtk_label_set_wrap (GTK_LABEL (self->invite_say), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (self->invite_say), PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect (button, "clicked", G_CALLBACK (on_copy_link), self);
  gtk_box_append (GTK_BOX (texts), text_label (_("Invite"), "strong"));
  gtk_box_append (GTK_BOX (texts), self->invite_say);
  gtk_box_append (GTK_BOX (texts), button);
  gtk_box_append (GTK_BOX (head), self->qr);
  gtk_box_append (GTK_BOX (head), texts);
  return head;
}

static GtkWidget *
build_invite (TuttiPeoplePage *self)
{
  self->invite = card (GTK_ORIENTATION_VERTICAL, 8);
  self->invite_text = text_label (NULL, "numeric");
  gtk_label_set_selectable (GTK_LABEL (self->invite_text), TRUE);
  gtk_box_append (GTK_BOX (self->invite), build_invite_head (self));
  gtk_box_append (GTK_BOX (self->invite), self->invite_text);
  gtk_box_append (GTK_BOX (self->invite), build_invite_as (self));
  gtk_widget_set_visible (self->invite, FALSE);
  return self->invite;
}

static void
tutti_people_page_dispose (GObject *object)
{
  TuttiPeoplePage *self = TUTTI_PEOPLE_PAGE (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_pointer (&self->link, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_people_page_parent_class)->dispose (object);
}

static void
tutti_people_page_class_init (TuttiPeoplePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_people_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_people_page_init (TuttiPeoplePage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->root = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->root), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_margin_start (column, 14);
  gtk_widget_set_margin_end (column, 14);
  gtk_widget_set_margin_top (column, 14);
  gtk_widget_set_margin_bottom (column, 14);
  self->count = text_label (NULL, "caption-heading");
  gtk_widget_add_css_class (self->count, "dim-label");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_box_append (GTK_BOX (column), build_timing (self));
  gtk_box_append (GTK_BOX (column), self->count);
  gtk_box_append (GTK_BOX (column), self->list);
  gtk_box_append (GTK_BOX (column), build_invite (self));
  self->column = column;
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->root), column);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_people_page_new (TuttiSession *session)
{
  TuttiPeoplePage *self = g_object_new (TUTTI_TYPE_PEOPLE_PAGE, NULL);

  self->session = g_object_ref (session);
  tutti_people_actions_attach (GTK_WIDGET (self), session);
  self->rules = tutti_rules_card_new (session);
  gtk_box_insert_child_after (GTK_BOX (self->column), self->rules, self->list);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (show_people), self, G_CONNECT_SWAPPED);
  show_people (self);
  return GTK_WIDGET (self);
}
