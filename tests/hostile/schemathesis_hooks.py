"""What schemathesis does not know by itself: how a raw mail is sent."""

from typing import Any

import schemathesis


@schemathesis.serializer("message/rfc822")
def as_it_is(ctx: schemathesis.SerializationContext, value: Any) -> bytes:
    """OpenAPI 3.1 gives a body of any bytes no schema, so the value is of any kind."""
    return value if isinstance(value, bytes) else str(value).encode(errors="surrogateescape")
