"""Role addresses, behind which there is no one person: offices, and lists of people. They have no habit, and nobody to call.

The names of offices are those of RFC 2142 and those that companies use beside them; the hosts, those of mailing lists.
"""

_OFFICES = frozenset({
    "info", "sales", "support", "hello", "contact", "office", "admin", "administrator", "team", "all",
    "everyone", "staff", "marketing", "press", "media", "jobs", "careers", "hr", "recruiting", "billing",
    "accounts", "accounting", "invoices", "invoice", "finance", "orders", "order", "help", "helpdesk",
    "service", "services", "kontakt", "mail", "email", "enquiries", "inquiries", "webmaster", "hostmaster",
    "postmaster", "abuse", "noc", "security", "noreply", "no-reply", "donotreply", "do-not-reply", "newsletter",
    "news", "notifications", "subscribe", "list", "lists", "members", "board", "committee",
})  # fmt: skip
_HOSTS = ("googlegroups.com", "groups.io", "yahoogroups.com", "freelists.org")
_HOST = ("lists.", "list.", "groups.", "mailman.")


def is_role_address(email: str) -> bool:
    """Whether an address is one of several people: an office's or a list's."""
    local, _, domain = email.lower().partition("@")
    name = local.partition("+")[0]
    listed = name.endswith(("-list", "-all", "-team", "-announce", "-dev", "-users")) or name.startswith(
        ("all-", "team-")
    )
    return name in _OFFICES or listed or domain in _HOSTS or domain.startswith(_HOST)
