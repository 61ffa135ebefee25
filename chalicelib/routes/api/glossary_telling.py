"""What the fields mean that are about telling: today, preferences, reminders, mutes. The rest of the glossary."""

TIME = "UTC, ISO 8601."

_UNUSUAL = {
    "reminder": "Something did not happen: no sign of opening, or no reply, in the time asked for.",
    "hot": "Several opens within some hours.",
    "revived": "An open after a long silence.",
    "shared": "A sign that the mail was passed on.",
    "away": "An automatic reply that says until when somebody is away.",
}
FIELDS = {
    # Today
    "CardShape.kind": "What happened: a kind of the preferences.",
    "what_now": "What to do about it, in words.",
    "action": "What to do about it: `reply`, `call`, `write`, `check_address`, `stop` or `wait`.",
    "CountsShape.read": "How many people read a mail.",
    "CountsShape.cannot_know": "Of how many people it cannot be known whether they read it.",
    "TodayShape.now": "What wants you now, the most urgent first; 7 at most.",
    "TodayShape.since": f"From when on things count as new. {TIME}",
    "TodayShape.summary": "What happened, in a sentence.",
    "TodayShape.latest": "One line a message, the newest first.",
    "TodayShape.cannot_know": "Mails of which it cannot be known whether they are read, and why.",
    "TodayShape.due": "The reminders to come.",
    "leave": "How many people are better left alone for now.",
    "LineShape.more": "How many more recipients this is true of.",
    "chosen": "Whether the reminder was set for this message, not by the preferences.",
    # Reminders and mutes
    "remind": (
        "When to be reminded: `tomorrow`, `two_business_days`, `week`, a date, a time, or null for none, the usual ones "
        "included."
    ),
    "remind_at": f"When you will be reminded of it; null if not. {TIME}",
    "thread_muted": "Whether nothing of its thread is told; it stands in the feed all the same.",
    # Preferences
    "language": "The language of mails and sentences: `en`, `hi` or `kn`.",
    "tell_push": "Of what to tell by push: for each kind `first`, `each`, `every` or `never`.",
    "sound": "For each kind, whether a push may sound.",
    "group": "Mails to more people than this tell of the first open only.",
    "top_people_only": "Whether only people who are worth an effort are told of.",
    "own_replies": "Whether a reply is mailed about even where it is handed on to you itself.",
    "quiet": "When nothing is told; what waited comes in one summary at the end.",
    "QuietShape.from": "When quiet begins, as HH:MM on your clock; null if no hours are quiet.",
    "QuietShape.to": "When quiet ends, as HH:MM on your clock; null if no hours are quiet.",
    "QuietChange.from": "When quiet begins, as HH:MM on your clock.",
    "QuietChange.to": "When quiet ends, as HH:MM on your clock.",
    "days": "Days of the week that are quiet as a whole.",
    "unusual": "From when on something is unusual.",
    "hot_opens": "How many counted opens make a mail hot.",
    "hot_hours": "Within how many hours they come.",
    "revived_days": "After how many days of silence an open is a revival.",
    "PreferencesShape.remind": "The reminders of every mail, where none is chosen for it.",
    "PreferencesChange.remind": "The reminders of every mail, where none is chosen for it.",
    "whom": "Which mails remind by themselves: to `nobody`, to `one_recipient`, or `all`.",
    "not_opened": "After how long without a sign of opening; 0 for never.",
    "no_reply": "After how long read and not replied to; 0 for never.",
    "Patience.cannot_know": "After how long without a reply, where reading cannot show; 0 for never.",
    "PatienceChange.cannot_know": "After how long without a reply, where reading cannot show; 0 for never.",
    "unit": "The unit of these: `hours`, `days` or `business_days`.",
    "country": 'Whose holidays are no business days, as two letters; "" for none.',
    "digest": "The summary by mail.",
    "when": "How often: `never`, `daily` or `weekly`.",
    **{f"{shape}.{kind}": said for kind, said in _UNUSUAL.items() for shape in ("TellShape", "TellChange")},
    **{f"{shape}.{kind}": said for kind, said in _UNUSUAL.items() for shape in ("SoundShape", "SoundChange")},
}
