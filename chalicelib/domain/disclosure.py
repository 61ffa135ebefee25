"""What is kept of a hit, in words for the recipient: who is “you” in letters to the sender is the sender here."""

from datetime import UTC, datetime

from chalicelib.domain.events import EventKind, Evidence, VerdictKind
from chalicelib.domain.verdicts.explanations import PHRASES
from chalicelib.domain.verdicts.judging import Judgement

_DONE = {EventKind.OPEN: "the mail was opened", EventKind.CLICK: "a link was followed"}
_BY = {
    VerdictKind.HUMAN: "It is taken for you: {done}",
    VerdictKind.PROXY_HUMAN: "It is taken for you, by way of your mail provider: {done}",
    VerdictKind.PREFETCH: "A mail program or provider loaded it in advance; it does not count",
    VerdictKind.SCANNER: "A security system checked it; it does not count",
    VerdictKind.BOT: "A program fetched it; it does not count",
    VerdictKind.UNFURLER: "A chat or social network made a preview; it does not count",
    VerdictKind.SELF: "It was most likely the sender; it does not count",
    VerdictKind.UNKNOWN: "Nobody can say who it was; it does not count",
}
_OTHER = {
    EventKind.REPLY: "You answered",
    EventKind.AUTO_REPLY: "An automatic answer came back",
    EventKind.BOUNCE: "The mail could not be delivered",
    EventKind.COMPLAINT: "It was reported as spam",
}
_DEVICES = {"iphone": "an iPhone", "ipad": "an iPad", "mac": "a Mac", "windows": "Windows", "android": "Android"}


def happened(judgement: Judgement) -> str:
    """One event and whom it is taken for, in a few words."""
    kind = judgement.event.kind
    if kind in _OTHER:
        return _OTHER[kind]
    verdict = judgement.verdict
    said = _BY[verdict.kind].format(done=_DONE[kind])
    if judgement.forwarded:
        said = f"Perhaps somebody whom you passed it on to: {_DONE[kind]}"
    return f"{said} ({verdict.confidence:.0%} sure)." if verdict.kind is not VerdictKind.UNKNOWN else f"{said}."


def seen_as(evidence: Evidence) -> str:
    """What is kept of who asked, in a sentence; "" if that is nothing."""
    seen = [PHRASES.get(evidence.agent, ""), PHRASES.get(f"network_{evidence.network}", "")]
    if evidence.device:
        seen.append(f"the device runs {_DEVICES.get(evidence.device, evidence.device)}")
    sentence = "; ".join(filter(None, seen))
    return f"Kept with it: {sentence}." if sentence else ""


def moment(at: float) -> str:
    """A time as a person reads it. The recipient's clock is not known: it is given in UTC."""
    when = datetime.fromtimestamp(at, UTC)
    return f"{when:%A}, {when.day} {when:%B %Y}, {when:%H:%M} UTC"
