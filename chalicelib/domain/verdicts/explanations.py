"""Verdicts in words for a sender: one sentence for the verdict, one phrase for each reason."""

from collections.abc import Sequence
from functools import lru_cache

from chalicelib.domain.events import Verdict, VerdictKind
from chalicelib.domain.words.sentences import Sentence, day, say

_SENTENCES = {
    VerdictKind.HUMAN: "A person did this on their own device",
    VerdictKind.PROXY_HUMAN: "A person looked, and their mail provider fetched the picture for them",
    VerdictKind.PREFETCH: "A mail program or provider loaded it in advance, without a person",
    VerdictKind.SCANNER: "A security system checked it",
    VerdictKind.BOT: "A program fetched it",
    VerdictKind.UNFURLER: "A chat or social network made a preview, so somebody shared the link",
    VerdictKind.SELF: "This was most likely you",
    VerdictKind.UNKNOWN: "There is too little evidence to say who this was",
}

# What came back by mail is not a hit: its first reason says what it was.
_RETURNED = {
    "reply": "They replied",
    "complaint": "They reported it as spam",
    "auto_reply": "Their mailbox replied automatically",
    "bounce": "It could not be delivered",
}

_PROGRAMS = {
    "gmail_proxy": "Gmail's image proxy",
    "gmail_prefetch": "Gmail's prefetcher",
    "yahoo_proxy": "Yahoo's image proxy",
    "hey_proxy": "HEY's image proxy",
    "outlook_proxy": "Outlook.com's image proxy",
    "front_proxy": "Front's image proxy",
    "superhuman_proxy": "Superhuman's image proxy",
    "shortwave_proxy": "Shortwave's image proxy",
    "rambler_proxy": "Rambler's image proxy",
    "ukr_net_proxy": "UKR.NET's image proxy",
    "seznam_proxy": "Seznam's image proxy",
    "fastmail_proxy": "Fastmail's image proxy",
    "yandex_proxy": "Yandex's image proxy",
    "open_xchange_proxy": "a webmail's image proxy",
    "duckduckgo_proxy": "DuckDuckGo's image proxy",
    "startmail_proxy": "StartMail's image proxy",
    "image_proxy": "an image proxy",
    "imessage_preview": "iMessage's link preview",
    "line_preview": "LINE's link preview",
    "kakao_preview": "KakaoTalk's link preview",
    "slack_preview": "Slack's link preview",
    "teams_preview": "the link preview of Teams and Skype",
    "microsoft_preview": "Microsoft's link preview",
    "telegram_preview": "Telegram's link preview",
    "discord_preview": "Discord's link preview",
    "facebook_preview": "Facebook's link preview",
    "twitter_preview": "the link preview of X",
    "linkedin_preview": "LinkedIn's link preview",
    "snapchat_preview": "Snapchat's link preview",
    "pinterest_preview": "Pinterest's link preview",
    "reddit_preview": "Reddit's link preview",
    "chat_preview": "a chat app's link preview",
    "barracuda": "Barracuda's scanner",
    "mail_scanner": "a mail security product",
    "url_scanner": "a service that checks links",
    "office_probe": "Microsoft Office's link check",
    "prefetch_proxy": "Chrome's prefetch proxy",
    "new_outlook": "the new Outlook for Windows",
    "outlook": "Outlook",
    "thunderbird": "Thunderbird or a relative of it",
    "mail_app": "a mail program",
    "http_library": "a programming library or tool",
    "automation": "an automated browser",
    "empty": "nothing at all",
    "apple_prefetch": "Apple Mail's privacy protection",
    "bare_webkit": "Apple Mail, Outlook for Mac or an Apple prefetcher",
    "app_library": "an app's own loader",
    "crawler": "a crawler",
    "browser": "an ordinary browser",
    "okhttp": "a library used by Android apps",
    "program": "a program that gives only its name",
    "other": "an unknown program",
}

_NETWORKS = {
    "abnormal": "Abnormal Security", "akamai": "Akamai", "apple": "Apple", "apple_relay": "Apple's Private Relay",
    "aws": "Amazon's cloud", "barracuda": "Barracuda", "basecamp": "Basecamp", "bitdefender": "Bitdefender",
    "check_point": "Check Point", "cisco": "Cisco's mail security", "cloudflare": "Cloudflare", "cyren": "Cyren",
    "eset": "ESET", "fastly": "Fastly", "fastmail": "Fastmail", "forcepoint": "Forcepoint", "fortinet": "Fortinet",
    "google": "Google", "google_cloud": "Google's cloud", "hornetsecurity": "Hornetsecurity", "hosting": "a hosting company",
    "internet_scanner": "a company that scans the internet", "kakao": "Kakao", "kaspersky": "Kaspersky",
    "linkedin": "LinkedIn", "meta": "Meta", "microsoft": "Microsoft's cloud", "microsoft_mail": "Microsoft's mail security",
    "mimecast": "Mimecast", "naver": "Naver", "oracle_cloud": "Oracle's cloud",
    "proofpoint": "Proofpoint", "proton": "Proton", "rambler": "Rambler", "retarus": "Retarus", "salesforce": "Salesforce",
    "sophos": "Sophos", "symantec": "Symantec", "telegram": "Telegram", "tencent": "Tencent", "trellix": "Trellix",
    "trend_micro": "Trend Micro", "trustwave": "Trustwave", "twitter": "X", "vk": "VK", "vpn": "a VPN",
    "web_gateway": "a company's web gateway", "withsecure": "WithSecure", "yahoo": "Yahoo", "yandex": "Yandex",
    "zix": "Zix", "zoho": "Zoho",
}  # fmt: skip

HANDED_ON = "handed_on"
"""The reason that says that a reply was sent on to the sender."""
WAITS = "reply_waits"
"""The reason that says that a reply will be sent on to the sender once SES has room."""
KEPT = "reply_kept"
"""The reason that says that a reply was not sent on to the sender, and where it is."""
AWAY_UNTIL = "away_until_"
"""Begins the reason that states a date: until then the person is away."""

SAID = "said_"
"""Begins the reason that repeats what a mail system gave as its own."""

PHRASES: dict[str, str] = {
    "reply": "they replied",
    "complaint": "they reported it as spam",
    "auto_reply": "an automatic reply came back",
    "reported_by_client": "your mail program reported it",
    "reported_by_relay": "your own mail server would not take it",
    "bounce": "the mail could not be delivered",
    HANDED_ON: "their reply was sent on to you",
    WAITS: "their reply is sent on to you as soon as the mail service takes it",
    KEPT: "their reply was not sent on to you: it is kept for 14 days, where incoming mail is",
    "other_address": "they wrote from a different address than the one you wrote to",
    "quotes_mail": "their reply quotes your mail",
    "auto_submitted": "its header says that no person wrote it",
    "auto_field": "an autoresponder has marked it",
    "precedence_auto": "it is labelled as an automatic reply",
    "null_sender": "it has no return address, as only automatic mail does",
    "auto_subject": "its subject is that of an automatic reply",
    "auto_text": "its text says that it is automatic",
    "perhaps_automatic": "it reads like a note of absence, so it may be automatic",
    "wants_no_more": "they asked, by a button of their mail program, to be written to no more",
    "delivery_report": "a mail system reported it",
    "from_daemon": "a mail system wrote it",
    "failed_recipients": "its header names who could not be reached",
    "automatic": "its header says that no person wrote it",
    "failure_subject": "its subject says that a mail failed",
    "failure_text": "it says that a mail failed",
    "names_address": "it names an address or an error code",
    "returned_mail": "it gives your mail back",
    "refused": "their mailbox refused it",
    "no_code": "it gives no error code",
    "reported_by_ses": "Amazon SES reported it",
    "never_sent": "Amazon SES did not send it: the address is on its suppression list",
    "feedback_report": "their mail provider reported it",
    "before_sending": "it was before the mail was sent",
    "own_device": "the device is one of yours",
    "own_address": "it came from an IP address that you use",
    "own_neighbourhood": "it came from a network near yours",
    "altered_link": "the link's address had been altered",
    "prefetch_header": "the request says that it is a prefetch",
    "native_host": "the new Outlook was checking the link before anybody followed it",
    "method_head": "only the headers were asked for, not the content",
    "method_options": "the request only asked what is allowed",
    "method_post": "a form was sent, which the mail does not have",
    "soon": "it was very soon after the mail was sent",
    "early": "it was so soon that it may have been automatic",
    "fossil": "the browser claims to be years old",
    "impossible": "the browser it claims to be does not exist",
    "language": "the browser said which language it prefers",
    "navigated": "the browser said that a person followed the link",
    "privacy": "the browser asked not to be tracked, a setting that people choose",
    "trap_link": "it followed a link that no person can see",
    "near_trap_link": "it came with a click on a link that no person can see",
    "burst": "several links were followed faster than a person can",
    "pixel_before_burst": "many links were followed right afterwards",
    "same_machine": "the same machine was caught scanning",
    "many_recipients": "the same machine fetched several recipients' copies at once",
    "twin": "the same link had just been followed from elsewhere",
    "reader_there": "a mail program at the same address had just shown the mail",
    "after_prefetch": "Gmail had just loaded it in advance, so somebody had their mailbox open",
    "second_fetch": "it was fetched more than once",
    "same_reader": "the same program was used by a person later",
    "confirmed_by_click": "a person followed a link later",
    "confirmed_by_reply": "they replied later",
    "bounced": "the mail came back as undeliverable",
    "after_bounce": "the mail had already come back, so this was the notice being read",
}
_WORDED = dict(PHRASES)
PHRASES |= {name: f"the agent is {words}" for name, words in _PROGRAMS.items() if name != "empty"}
PHRASES |= {"empty": "it did not say what program it was"}
PHRASES |= {f"network_{name}": f"it came from the network of {words}" for name, words in _NETWORKS.items()}


# What speaks against a person where it stands in the verdict of one: shown apart, so that nobody takes it for a reason.
_AGAINST = frozenset(
    ("soon", "early", "fossil", "impossible", "own_address", "own_neighbourhood", "pixel_before_burst", "twin",
     "network_vpn", "network_hosting", "network_aws", "network_google_cloud", "network_oracle_cloud", "network_akamai",
     "network_cloudflare", "network_fastly", "network_tencent", "network_web_gateway", "network_internet_scanner")
)  # fmt: skip
_PEOPLE = (VerdictKind.HUMAN, VerdictKind.PROXY_HUMAN)


TRANSLATED = (_SENTENCES, _RETURNED, _PROGRAMS, _NETWORKS, _WORDED)
"""What the catalogue holds of this."""


@lru_cache(512)  # the events of one mail are mostly of a few kinds
def explain(verdict: Verdict) -> Sentence:
    """One plain sentence for the sender: who it was or what came back, how sure that is, why, and what speaks against it."""
    told, reasons = _SENTENCES[verdict.kind], verdict.reasons
    returned = next((reason for reason in reasons if reason in _RETURNED), None)
    if returned is not None:
        told, reasons = _RETURNED[returned], tuple(reason for reason in reasons if reason != returned)
    against = [reason for reason in reasons if verdict.kind in _PEOPLE and reason in _AGAINST]
    parts = {
        "what": say(told),
        "why": _together([reason for reason in reasons if reason not in against]),
        "against": _together(against),
        "sure": _sure(verdict.confidence),
    }
    if verdict.kind is VerdictKind.UNKNOWN and returned is None:
        return say("{what}: {why}.", **parts) if parts["why"] else say("{what}.", **parts)
    if parts["why"] and against:
        return say("{what} ({sure}): {why}. Against it: {against}.", **parts)
    if against:
        return say("{what} ({sure}). Against it: {against}.", **parts)
    return say("{what} ({sure}): {why}.", **parts) if parts["why"] else say("{what} ({sure}).", **parts)


def _sure(confidence: float) -> Sentence:
    if confidence >= 0.9:
        return say("almost surely")
    return say("probably") if confidence >= 0.7 else say("possibly")


def _together(reasons: Sequence[str]) -> Sentence | str:
    whole: Sentence | str = ""
    for reason in reasons:
        whole = say("{some}; {more}", some=whole, more=phrase(reason)) if whole else phrase(reason)
    return whole


def phrase(reason: str) -> Sentence:
    """A reason in words."""
    if reason.startswith(AWAY_UNTIL):
        return say("they are away until {date:day}", date=day(reason.removeprefix(AWAY_UNTIL)))
    if reason.startswith(SAID):
        return say("its words are “{words}”", words=reason.removeprefix(SAID))
    program, network = _PROGRAMS.get(reason), _NETWORKS.get(reason.removeprefix("network_"))
    if program is not None and reason != "empty":
        return say("the agent is {program}", program=say(program))
    if network is not None and reason.startswith("network_"):
        return say("it came from the network of {network}", network=say(network))
    # A stored verdict may carry a reason that a newer version no longer gives.
    return say(PHRASES[reason]) if reason in PHRASES else Sentence("{reason}", {"reason": reason.replace("_", " ")})
