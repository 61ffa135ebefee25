"""What is kept of a hit, in words for the recipient: who is “you” in letters to the sender is the sender here."""

from datetime import UTC, datetime

from chalicelib.domain.events import EventKind, Evidence, VerdictKind
from chalicelib.domain.verdicts.explanations import PHRASES
from chalicelib.domain.verdicts.judging import Judgement

_DONE = {EventKind.OPEN: "Opened", EventKind.CLICK: "Link followed"}
_BY = {
    VerdictKind.HUMAN: "{done}: counted as you",
    VerdictKind.PROXY_HUMAN: "{done}: counted as you, through your mail provider",
    VerdictKind.PREFETCH: "Loaded in advance by a mail program or provider: not counted",
    VerdictKind.SCANNER: "Checked by a security system: not counted",
    VerdictKind.BOT: "Fetched by a program: not counted",
    VerdictKind.UNFURLER: "Previewed by a chat or social network: not counted",
    VerdictKind.SELF: "Most likely the sender: not counted",
    VerdictKind.UNKNOWN: "Impossible to say who it was: not counted",
}
_OTHER = {
    EventKind.REPLY: "You replied",
    EventKind.AUTO_REPLY: "An automatic reply came back",
    EventKind.BOUNCE: "The mail could not be delivered",
    EventKind.COMPLAINT: "It was reported as spam",
}
_DEVICES = {"iphone": "an iPhone", "ipad": "an iPad", "mac": "a Mac", "windows": "one with Windows"}
_DEVICES |= {"android": "one with Android", "linux": "one with Linux", "chromebook": "a Chromebook"}
_DEVICES |= {"phone": "a phone", "tv": "a television"}


def happened(judgement: Judgement) -> str:
    """One event and whom it is taken for, in a few words."""
    kind = judgement.event.kind
    if kind in _OTHER:
        return _OTHER[kind]
    verdict = judgement.verdict
    said = _BY[verdict.kind].format(done=_DONE[kind])
    if judgement.forwarded:
        said = f"{_DONE[kind]}: perhaps by somebody you forwarded it to"
    return f"{said} ({verdict.confidence:.0%} sure)." if verdict.kind is not VerdictKind.UNKNOWN else f"{said}."


def seen_as(evidence: Evidence) -> str:
    """What is kept of who asked, in a sentence; "" if that is nothing."""
    seen = [PHRASES.get(evidence.agent, ""), PHRASES.get(f"network_{evidence.network}", "")]
    if evidence.device:
        seen.append(f"the device is {_DEVICES.get(evidence.device, evidence.device)}")
    sentence = "; ".join(filter(None, seen))
    return f"Kept with it: {sentence}." if sentence else ""


def moment(at: float) -> str:
    """A time as a person reads it. The recipient's clock is not known: it is given in UTC."""
    when = datetime.fromtimestamp(at, UTC)
    return f"{when:%A}, {when.day} {when:%B %Y}, {when:%H:%M} UTC"
