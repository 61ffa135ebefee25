"""What is kept of a hit, in words for the recipient: who is “you” in letters to the sender is the sender here."""

from chalicelib.domain.events import EventKind, Evidence, VerdictKind
from chalicelib.domain.habits import zones
from chalicelib.domain.verdicts.explanations import PHRASES, phrase
from chalicelib.domain.verdicts.judging import Judgement
from chalicelib.domain.words.sentences import Sentence, say

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


TRANSLATED = (_DONE, _BY, _OTHER, _DEVICES)
"""What the catalogue holds of this."""


def happened(judgement: Judgement) -> Sentence:
    """One event and whom it is taken for, in a few words."""
    kind = judgement.event.kind
    if kind in _OTHER:
        return say(_OTHER[kind])
    verdict = judgement.verdict
    done = say(_DONE[kind])
    told = say(_BY[verdict.kind], done=done)
    if judgement.forwarded:
        told = say("{done}: perhaps by somebody you forwarded it to", done=done)
    if verdict.kind is VerdictKind.UNKNOWN:
        return say("{what}.", what=told)
    return say("{what} ({sure:.0%} sure).", what=told, sure=verdict.confidence)


def seen_as(evidence: Evidence) -> Sentence | str:
    """What is kept of who asked, in a sentence; "" if that is nothing."""
    seen = [phrase(each) for each in (evidence.agent, f"network_{evidence.network}") if each in PHRASES]
    if evidence.device:
        seen.append(say("the device is {device}", device=say(_DEVICES.get(evidence.device, evidence.device))))
    whole: Sentence | str = ""
    for each in seen:
        whole = say("{some}; {more}", some=whole, more=each) if whole else each
    return say("Kept with it: {what}.", what=whole) if whole else ""


def moment(at: float) -> Sentence:
    """A time as a person reads it. The recipient's clock is not known: it is given in UTC."""
    return say("{when}", when=zones.moment(at, "UTC"))
