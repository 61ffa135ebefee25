"""The copies of a mail: each with a pixel and links of its recipient's, as many as one answer can hold."""

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from chalicelib.config import config
from chalicelib.domain import drafts
from chalicelib.domain.drafts import Draft
from chalicelib.domain.errors import TooLarge
from chalicelib.domain.mail.addresses import CopyId, reply_address
from chalicelib.domain.mail.splicing import splice
from chalicelib.domain.messages import ONE_OF_THEM, Message
from chalicelib.domain.outgoing import alternatives
from chalicelib.domain.outgoing.alternatives import Both, Changed, Known
from chalicelib.domain.outgoing.copies import Copy
from chalicelib.domain.outgoing.our_urls import Ours
from chalicelib.domain.tokens import Claim, TokenKind, mint_links, url_of
from chalicelib.domain.words.sentences import say
from chalicelib.work.messages.treating import Treatment

_BESIDE = 1_000  # bytes that an answer holds for each recipient beside the copy and its links, at most


class Room(NamedTuple):
    """How many bytes the copies in one answer may have, and how many one has."""

    most: int
    size: Callable[[Copy], int]
    field: str = "html"


def made(
    message: Message,
    draft: Draft,
    treated: Sequence[Treatment],
    copy: Callable[[int, Treatment], Copy],
    room: Room,
    start: int = 0,
) -> list[Copy]:
    """The copy for each recipient; `copy` makes the one of a number, or of ONE_OF_THEM.

    The one that all share stands with the first; the others have what is theirs of it. Of copies of their own those from
    `start` on are there for which there is room; what comes `later` has nothing of its own but how it is treated. Raises
    TooLarge where there is not even room for one.
    """
    group = [number for number, how in enumerate(treated) if not how.apart]
    if draft.shared and group:
        one = _fitting(copy(message.copy_of(group[0]), treated[group[0]]), room)
        rest = replace(one, html="", text="", edits=(), links=(), elsewhere=True)
        return [replace(rest if number else one, email=each.email) for number, each in enumerate(message.recipients)]
    alike: dict[Treatment, Copy] = {}
    copies = [_elsewhere(message, number, how) for number, how in enumerate(treated)]
    left = room.most
    for number, how in enumerate(treated[start:], start):
        one = copy(number, how)
        left -= room.size(one)
        if left < 0 and number > start:
            break
        copies[number] = _fitting(one, room)
        alike.setdefault(how, one)
    else:
        number = len(treated)
    for later, how in enumerate(treated[number:], number):
        if how not in alike:
            alike[how] = copy(later, how)
        like = alike[how]
        copies[later] = replace(copies[later], not_tracked=like.not_tracked, cut=like.cut, later=True)
    return copies


def _fitting(copy: Copy, room: Room) -> Copy:
    if room.size(copy) > room.most:
        raise TooLarge(
            say(
                "One copy alone has more bytes than one response can hold ({most:,}): the relay takes more.",
                most=room.most,
            ),
            room.field,
        )
    return copy


def _elsewhere(message: Message, number: int, treated: Treatment) -> Copy:
    return replace(untouched(message, number, treated.not_tracked), elsewhere=True)


def room(draft: Draft, *, packed: bool) -> Room:
    """The room for copies of a draft in an answer as JSON, `packed` as zlib does it at its quickest.

    A copy has what the draft has, and its own links twice: in the text and beside it. Those hardly pack at all.
    """
    source = json.dumps([draft.html, draft.text], ensure_ascii=False).encode("utf-8", "surrogatepass")
    bare = len(zlib.compress(source, 1)) if packed else len(source)
    known = len(draft.html) + len(draft.text)

    def size(copy: Copy) -> int:
        grown = max(len(copy.html) + len(copy.text) - known, 0)
        if packed:  # a tracked URL that takes the place of one as long packs worse than that did
            grown += sum(len(url) for url, _ in copy.links)
        return bare + grown + _BESIDE + sum(len(url) + len(tracked) + 30 for url, tracked in copy.links)

    return Room(drafts.LARGEST_ANSWER, size)


def read(draft: Draft) -> Known:
    """What of a draft can be tracked: read once for all its copies."""
    return alternatives.read(_both(draft), ours=ours())


def written(message: Message, number: int, draft: Draft, mail: Known, treated: Treatment, footer: str) -> Copy:
    """A recipient's copy of a draft that was read as `mail`. `footer` is the language in which it says that it is tracked, ""
    where it does not.
    """
    copy = untouched(message, number, treated.not_tracked)
    if copy.not_tracked:
        return _filled(copy, draft, alternatives.changed(mail, pixel_url=None, tracked=None))
    pixel_url, tracked = urls(message, number)
    trap = message.trap_link
    changed = alternatives.changed(
        mail,
        pixel_url=pixel_url if treated.pixel else None,
        tracked=tracked,
        trap_url=None if trap is None else tracked[trap],
        page_url=copy.page_url if footer else None,
        language=footer,
    )
    links = tuple(zip(message.links, tracked, strict=True))[:trap]
    return _filled(replace(copy, pixel_url=pixel_url if treated.pixel else "", links=links), draft, changed)


def urls(message: Message, number: int) -> tuple[str, tuple[str, ...]]:
    """The URLs of the pixel and of the tracked links in a recipient's copy."""
    claim = Claim(TokenKind.PIXEL, message.id, number, int(message.sent_at))
    home = f"{config().public_url}/{TokenKind.LINK.value}/"
    links = mint_links(replace(claim, kind=TokenKind.LINK), message.links, config().secrets)
    return url_of(claim, config().public_url, config().secrets), tuple([home + link for link in links])


def ours() -> Ours:
    """What is ours in a mail."""
    return Ours(config().public_url, config().secrets)


def untouched(message: Message, number: int, reason: str = "") -> Copy:
    """A recipient's copy of a message before anything is tracked in it, with the `reason` if nothing shall be."""
    number = message.copy_of(number)
    email = "" if number == ONE_OF_THEM else message.recipients[number].email
    reply_to = reply_address(CopyId(message.id, number), config().inbound_domain, config().secrets)
    page = url_of(
        Claim(TokenKind.PAGE, message.id, number, int(message.sent_at)), config().public_url, config().secrets
    )
    return Copy(email, reason, message.id, number, reply_to, page)


def _filled(copy: Copy, draft: Draft, changed: Changed) -> Copy:
    return replace(
        copy,
        html=changed.pages[0].html if changed.pages else "",
        text=splice(draft.text, changed.text.edits) if changed.text else draft.text,
        cut=changed.cut,
    )


def _both(draft: Draft) -> Both:
    pages = () if draft.plain else (draft.html,)
    return Both(pages, draft.text or None, text_links=bool(draft.text_links))
