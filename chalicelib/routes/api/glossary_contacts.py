"""What the fields mean that are about contacts: how to reach them, what they do, when to write. The rest of the glossary."""

from chalicelib.routes.api.glossary_telling import TIME

FIELDS = {
    # Follow-ups, and how to reach people
    "step": "`done`: they replied; `wait` until `at`; `remind` or `call` at `at`; `drop`: another try is not worth it.",
    "FollowUpShape.at": f"When to take the step; null if there is nothing to do. {TIME}",
    "outlook": "How best to reach them.",
    "approach": "Whether to write, to call, or to leave them alone.",
    "answers": "The expected share of your mails that they reply to, from 0 to 1.",
    # Contacts
    "consent": "Their consent to being tracked.",
    "consent_by": "Who recorded it: the recipient, on their page, or you; null if nobody did.",
    "consent_at": f"When consent was last recorded. {TIME}",
    "messages": "How many messages were sent to them.",
    "opened": "How many of them were opened.",
    "clicked": "How many of them had a link followed.",
    "replied": "How many of them were replied to.",
    "bounced": "How many of them bounced.",
    "last_at": f"When they last did anything, to the minute. {TIME}",
    "seconds_to_open": "The median time from sending to their first open; null if there is none.",
    "seconds_to_reply": "The median time from sending to their first reply; null if there is none.",
    "trackability": "Whether an open by them would show.",
    "reports": (
        "What their mail program reveals: it `shows` opens, `hides` them (they clicked or replied, and no open was "
        "seen), `masks` them (a machine fetches every picture), or that is `unknown`."
    ),
    "behaviour": "Their most certain habit; null if none is known.",
    "behaviours": "All their known habits, most certain first.",
    "label": "The habit.",
    "done": "Whether everything is done; if not, it continues on its own.",
    # Send times
    "send_time": "When to write to them.",
    "overall": "When your contacts read, taken together; null until you have sent a message.",
    "enough_data": "Whether it is based on this contact's own habits; if not, it is the hour that suits most people.",
    "weekday": "The day of the recommended hour: 0 is Monday, 6 is Sunday.",
    "hour": "The recommended hour, 0 to 23, in `time_zone`.",
    "time_zone_from": (
        "How the zone is known: `set` by you, from the offset in their `replies`, from the country of their `domain`, "
        "`inferred` from when they read; `unknown`: the hours are in UTC."
    ),
    "SendTimeShape.n": "The number of reading moments it is based on; older ones weigh less.",
    "weights": "How likely they are to read in each hour of the week: 168 shares of 1, Monday 00:00 first.",
    "counts": "How often they read in each hour of the week: 168 numbers, Monday 00:00 first.",
    "ContactQuery.weights": "Whether each contact comes with the `weights` and `counts` of all hours of the week.",
    "gain": (
        "How much likelier they are to read then than at the hour that suits most people, 0.25 is a quarter; null without "
        "`enough_data`, when it is that one."
    ),
    "gain_error": "The margin of error of `gain`, either way; null where `gain` is.",
    "next_at": f"When the recommended hour comes next; now, within it. {TIME}",
    "sentence": "The recommended hour and when it comes next, in words for people.",
    "computed_at": f"When it was computed. {TIME}",
    "by": "Whether to list the send times of contacts or of domains.",
    "domain": "The part after the @ of their addresses.",
    "free_mail": "Whether anybody may have an address there, so its users are not one organisation.",
    "people": "The number of contacts.",
    "readers": "How many of them were seen reading.",
    "of": "Whose send time it is.",
}
