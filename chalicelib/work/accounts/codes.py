"""Codes by mail: whoever can read one reads the mail of the address it went to.

Asking is one write, whoever asks for whatever address. Whether a mail goes out is decided behind it, where the stream
brings the request: so the answer, and the time it takes, can tell nobody who has an account.
"""

from secrets import token_hex

from chalicelib.config import config
from chalicelib.domain.errors import BadInput
from chalicelib.domain.limits import Limit
from chalicelib.domain.sign_in import GOOD_FOR, SIGN_IN, CodeRequest, code_of, is_code, is_named, spoken
from chalicelib.domain.webhooks import next_try
from chalicelib.domain.words.sentences import ENGLISH
from chalicelib.log import count, logger
from chalicelib.store.accounts import accounts, codes, quotas
from chalicelib.store.keys import Key
from chalicelib.store.telling import outbox
from chalicelib.work.accounts.limiting import spend

MOST_OF_DOMAIN = 30  # codes in a day to addresses of one domain that have no account yet
MOST_BOUNCED_OF_DOMAIN = 3  # of them that bounce in a day, and no more go to the domain
_EVERYBODY = ("@", 100, 10)  # the same for the whole deployment
_STRANGERS, _BOUNCED = "codes-to-strangers", "codes-bounced"
BY_ADDRESS = Limit("codes-by-address", 5, 3_600)


def ask(email: str, wanted_for: str, at: float, apart: str = "") -> None:
    """Ask for a code to be mailed to an address, which takes the place of all before it. Raises TooMany.

    `apart` names what has the address' limit to itself: strangers can use up what they can ask for.
    """
    spend(BY_ADDRESS, email, at, apart)
    codes.ask(CodeRequest(email, wanted_for, at, token_hex(16)))


def deliver(key: Key, by: str, now: float) -> None:
    """Mail the code that was asked for, if whoever asked may have it. `by` names the stream's record that brought it."""
    request = codes.of_key(key)
    account = accounts.load(request.wanted_for) if request.wanted_for != SIGN_IN else None
    if account is None and not may_sign_in(request.email):
        return
    sent = outbox.claim(key, by)
    if sent is not None and "email" not in sent and not _may_be_mailed(request.email, now):
        logger().error("No code is mailed: too many went to addresses that are nobody's, or too many bounced.")
        count(config().stage, "CodesStopped", 1, now)
        outbox.record_outcome(key, "email", "stopped")
    elif sent is not None and "email" not in sent and not send(key, now):
        outbox.put_back(key, next_try(0, now))


def _may_be_mailed(email: str, now: float) -> bool:
    """Whether one more code may go to this address: to a sender's always, to others so many a day, until some bounce.

    Anybody may ask for a code to any address of a domain that the owner lets in, and SES judges us by those that bounce.
    """
    if accounts.sender_of_address(email) is not None:
        return True
    for whose, most, bounces in ((_domain(email), MOST_OF_DOMAIN, MOST_BOUNCED_OF_DOMAIN), _EVERYBODY):
        if quotas.used(whose, _BOUNCED, now) >= bounces or quotas.take(whose, _STRANGERS, 1, most, now) is None:
            return False
    return True


def bounced(email: str, at: float) -> None:
    """Note that a code to an address that is nobody's has bounced."""
    for whose in (_domain(email), _EVERYBODY[0]):
        quotas.take(whose, _BOUNCED, 1, 10**9, at)


def _domain(email: str) -> str:
    return f"@{email.rpartition('@')[2]}"


def send(key: Key, now: float) -> bool:
    """Mail the code for a request, unless it is good no more: whether that is done, False where SES has no room for it."""
    from chalicelib.domain.letters import code_letter
    from chalicelib.senders import mail  # what asks for a code, or proves one, waits for neither

    request = codes.of_key(key)
    if now >= request.at + GOOD_FOR:
        outbox.record_outcome(key, "email", "too late")
        return True
    signing_in = request.wanted_for == SIGN_IN
    owner = accounts.sender_of_address(request.email) if signing_in else request.wanted_for
    account = accounts.load(owner) if owner else None
    language = account.preferences.language if account else ENGLISH
    whose = account.email if account and not signing_in else ""
    code, confirms = spoken(code_of(request, config().key)), whose == request.email
    letter = code_letter(code, whose, request.at, language, confirms=confirms)
    try:
        outcome = mail.send(letter, request.email, "")
    except mail.NoRoom as full:
        logger().warning("SES has no room: a code waits.", extra={"reason": str(full)})
        return False
    except mail.Undeliverable as failure:
        logger().error("SES refuses a code.", extra={"reason": str(failure)})
        outcome = "refused"
    outbox.record_outcome(key, "email", outcome)
    return True


def check(email: str, wanted_for: str, given: str, at: float, field: str = "code") -> None:
    """Spend the code. Raises BadInput, in the same words whatever is wrong: the code, its age, the tries, the address."""
    request = codes.newest(email, wanted_for, at)
    right = request is not None and is_code(given, request, config().key)
    if request is None or not codes.tried(request, right) or not right:
        raise wrong(field)


def wrong(field: str = "code") -> BadInput:
    """What is said of a code that does not count."""
    return BadInput("This code is wrong or no longer valid: request a new one, and use the newest mail.", field)


def may_sign_in(email: str) -> bool:
    """Whether this address lets in: it is the first one of an account, or the setting names it; and if it is one more of an
    account's, its sender chose it to.

    The setting has to name that one as well: who left the house, and its mailbox, does not come back by a private one. And it
    may be a mailbox that several read: only its sender knows.
    """
    sender = accounts.sender_of_address(email)
    account = accounts.load(sender) if sender else None
    if account is not None and account.email == email:
        return True
    if not is_named(email, config().allowed_senders):
        return False
    own = accounts.address(account.sender, email) if account else None
    return account is None or (own is not None and own.sign_in)
