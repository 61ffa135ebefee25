"""Rewriting in one call, and undone again: what went out is the original with its edits made, and nothing else."""

from collections.abc import Callable, Sequence
from typing import Any, AnyStr

from chalicelib.domain.mail.splicing import Edit
from chalicelib.domain.outgoing import plain_text, rewriting
from chalicelib.domain.outgoing.mime import Tracked
from chalicelib.domain.outgoing.our_urls import Ours
from chalicelib.domain.outgoing.plain_text import Changes
from chalicelib.domain.outgoing.rewriting import Rewritten


def rewrite(html: str, *, ours: Ours | None = None, **how: Any) -> Rewritten:
    """HTML, read and rewritten: `how` is what rewriting.rewritten takes."""
    return rewriting.rewritten(rewriting.read(html, ours=ours), **how)


def changes(
    text: str,
    tracked_url: Callable[[int, str], str | None] | None,
    *,
    ours: Ours | None = None,
    delsp: bool = False,
    **how: Any,
) -> Changes:
    """A plain text, read and tracked: `how` is what plain_text.changed takes."""
    known = plain_text.read(text, links=tracked_url is not None, ours=ours, delsp=delsp)
    return plain_text.changed(known, tracked_url, **how)


def undo(done: Rewritten | Tracked) -> Any:
    """The mail, or its HTML, as it was before."""
    return unsplice(done.html if isinstance(done, Rewritten) else done.raw, done.edits)


def unsplice(changed: AnyStr, edits: Sequence[Edit[AnyStr]]) -> AnyStr:
    """The original, given what `splice` made of it with these edits."""
    pieces: list[AnyStr] = []
    position = grown = 0
    for edit in edits:
        start = edit.start + grown
        pieces += changed[position:start], edit.before
        position = start + len(edit.after)
        grown += len(edit.after) - len(edit.before)
    pieces.append(changed[position:])
    return changed[:0].join(pieces)
