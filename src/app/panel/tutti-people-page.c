/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-people-page.h"

#include "tutti-ask.h"
#include "tutti-glyph.h"
#include "tutti-people-actions.h"
#include "tutti-quality-words.h"
#include "tutti-rights-words.h"
#include "tutti-rules-card.h"

#include <glib/gi18n.h>

struct _TuttiPeoplePage
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* owned */
  GtkWidget    *root, *column, *mark, *sentence, *figure, *count, *list, *rules, *invite, *invite_text, *invite_role;
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

static const char *
where (TuttiMember *member)
{
  if (!tutti_member_get_present (member))
    return _("Left · seat kept");
  return tutti_member_get_is_me (member) ? _("This computer") : _("Here");
}

static const TuttiPerson *
person_of (TuttiPeoplePage *self, TuttiMember *member)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  return jam != NULL ? tutti_jam_person (jam, tutti_member_get_number (member)) : NULL;
}

/* Who is banned is nowhere. (transfer full) */
static char *
second_line (TuttiPeoplePage *self, TuttiMember *member)
{
  const TuttiPerson *person = person_of (self, member);

  if (person == NULL)
    return g_strdup (where (member));
  if (person->role == TUTTI_ROLE_BANNED)
    return g_strdup (tutti_role_word (TUTTI_ROLE_BANNED));
  return g_strdup_printf ("%s · %s", tutti_role_word ((TuttiRole) person->role), where (member));
}

static void
add_baton (TuttiPeoplePage *self, TuttiMember *member, GtkWidget *line)
{
  const TuttiPerson *person = person_of (self, member);
  GtkWidget *baton;

  if (person == NULL || tutti_session_get_jam (self->session)->leader != person->number)
    return;
  baton = gtk_image_new_from_icon_name ("tutti-baton-symbolic");
  gtk_widget_set_tooltip_text (baton, _("Leads"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (baton), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Leads"), -1);
  gtk_box_append (GTK_BOX (line), baton);
}

static void
add_menu (TuttiPeoplePage *self, TuttiMember *member, GtkWidget *row)
{
  g_autoptr(GMenuModel) model = tutti_people_menu_new (self->session, tutti_member_get_number (member));
  GtkWidget *button;

  if (model == NULL)
    return;
  /* Translators: %s is the name of a person */
  g_autofree char *words = g_strdup_printf (_("What to do about %s"), tutti_member_get_name (member));

  button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), model);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_box_append (GTK_BOX (row), button);
}

static void
fill_row (TuttiPeoplePage *self, TuttiMember *member, GtkWidget *row)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *avatar = tutti_avatar_new ("large"), *chip;
  g_autofree char *name = tutti_member_get_is_me (member) ? g_strdup_printf (_("You (%s)"), tutti_member_get_name (member))
                                                          : g_strdup (tutti_member_get_name (member));

  tutti_avatar_set (avatar, tutti_member_get_name (member), tutti_member_get_colour (member));
  if (!tutti_member_get_present (member))
    gtk_widget_add_css_class (avatar, "away");
  gtk_box_append (GTK_BOX (line), text_label (name, "strong"));
  /* Alone there is nothing to host. */
  if (tutti_member_get_is_host (member) && tutti_session_get_state (self->session) != TUTTI_SESSION_SOLO)
    {
      gtk_box_append (GTK_BOX (line), text_label (_("hosts"), "caption"));
      gtk_widget_add_css_class (gtk_widget_get_last_child (line), "dim-label");
    }
  add_baton (self, member, line);
  g_autofree char *second = second_line (self, member);

  gtk_box_append (GTK_BOX (texts), line);
  gtk_box_append (GTK_BOX (texts), text_label (second, "caption"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (texts), "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  /* How others keep time is known to them and to the host; here one knows of oneself, and who is away. */
  chip = tutti_quality_chip_new (NULL);
  tutti_quality_chip_show (chip, tutti_member_get_present (member) ? self->quality : TUTTI_QUALITY_AWAY, NULL);
  gtk_widget_set_visible (chip, tutti_member_get_is_me (member) || !tutti_member_get_present (member));
  gtk_box_append (GTK_BOX (row), avatar);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), chip);
  add_menu (self, member, row);
}

/* A member is listed before its name and presence are known, and comes and goes later. */
static void
on_member (TuttiMember *member, GParamSpec *spec, GtkWidget *row)
{
  GtkWidget *page = gtk_widget_get_ancestor (row, TUTTI_TYPE_PEOPLE_PAGE), *child;

  if (page == NULL)
    return;
  while ((child = gtk_widget_get_first_child (row)) != NULL)
    gtk_box_remove (GTK_BOX (row), child);
  fill_row (TUTTI_PEOPLE_PAGE (page), member, row);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_add_css_class (row, "row-card");
  fill_row (user_data, item, row);
  g_signal_connect_object (item, "notify", G_CALLBACK (on_member), row, 0);
  return row;
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
  show_people (self);
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

  self->quality = timing->quality;
  words = *figure != '\0' ? g_strdup_printf ("%s · %s", figure, late) : g_strdup (late);
  gtk_label_set_text (GTK_LABEL (self->sentence), sentence);
  gtk_label_set_text (GTK_LABEL (self->figure), words);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->mark), tutti_quality_icon (timing->quality));
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

void
tutti_people_page_set_link (TuttiPeoplePage *self, const char *link)
{
  g_free (self->link);
  self->link = g_strdup (link);
  tutti_people_actions_set_link (GTK_WIDGET (self), link);
  show_invite (self);
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

static GtkWidget *
build_invite (TuttiPeoplePage *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Copy Link"));

  self->invite = card (GTK_ORIENTATION_VERTICAL, 8);
  self->invite_text = text_label (NULL, "numeric");
  gtk_label_set_selectable (GTK_LABEL (self->invite_text), TRUE);
  gtk_box_append (GTK_BOX (self->invite), text_label (_("Invite"), "strong"));
  gtk_box_append (GTK_BOX (self->invite), text_label (_("Others on this network see the jam by themselves, or join at"), "caption"));
  gtk_label_set_wrap (GTK_LABEL (gtk_widget_get_last_child (self->invite)), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_widget_get_last_child (self->invite)), PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (self->invite), self->invite_text);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect (button, "clicked", G_CALLBACK (on_copy_link), self);
  gtk_box_append (GTK_BOX (self->invite), button);
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
