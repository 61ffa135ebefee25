"""What a link in one of our mails may stop: a message, its thread, a person, the digest, or the mails of a kind."""

from chalicelib.domain.kinds import Told

MESSAGE, THREAD, PERSON, DIGEST = "message", "thread", "person", "digest"
STOPPABLE = frozenset({MESSAGE, THREAD, PERSON, DIGEST, *Told})
