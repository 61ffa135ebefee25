"""Alerts: what somebody did to an account, to be mailed to its first address. The stream sees each, and mails it."""

from secrets import token_hex

from chalicelib.domain.accounts import Alert, Happened
from chalicelib.store import keys, table
from chalicelib.store.keys import Key

_KEPT = 14 * 86_400  # seconds: as long as SES may have no room


def of(alert: Alert) -> table.Write:
    """The write of an alert, to go with that of what it tells of: both or none."""
    pk, sk = keys.alert(alert.sender, alert.at, token_hex(4))
    kept = {"happened": alert.happened.value, "about": alert.about, "at": alert.at}
    return table.put_always({"pk": pk, "sk": sk, **kept, "expires": int(alert.at) + _KEPT})


def load(key: Key) -> Alert | None:
    """The alert with this key; None if its account was erased."""
    item = table.get(key)
    if item is None:
        return None
    return Alert(key.pk.removeprefix("s#"), Happened(item["happened"]), item["about"], item["at"])
