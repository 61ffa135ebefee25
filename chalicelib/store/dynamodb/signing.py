"""AWS Signature Version 4 of a call of DynamoDB's, as its documentation has it; a test compares it with botocore's.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hmac
import time
from functools import lru_cache
from hashlib import sha256

from chalicelib.config import Credentials

_SERVICE = "dynamodb"
_TYPE = "application/x-amz-json-1.0"


def sign(
    host: str, body: bytes, region: str, who: Credentials, at: time.struct_time, operation: str = "PutItem"
) -> dict[str, str]:
    """The headers of a signed call: Signature Version 4 over method, path, host, date, target and body."""
    stamp, day = time.strftime("%Y%m%dT%H%M%SZ", at), time.strftime("%Y%m%d", at)
    target = f"DynamoDB_20120810.{operation}"
    headers = {"content-type": _TYPE, "host": host, "x-amz-date": stamp, "x-amz-target": target}
    if who.session_token:
        headers["x-amz-security-token"] = who.session_token
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    request = f"POST\n/\n\n{lines}\n{names}\n{sha256(body).hexdigest()}"
    scope = f"{day}/{region}/{_SERVICE}/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{sha256(request.encode()).hexdigest()}"
    signature = hmac.new(_signing_key(who.secret_key, day, region), text.encode(), sha256).hexdigest()
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={who.access_key}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return headers


@lru_cache(maxsize=2)
def _signing_key(secret: str, day: str, region: str) -> bytes:
    key = b"AWS4" + secret.encode()
    for part in (day, region, _SERVICE, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
