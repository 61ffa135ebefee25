"""Raw mails: each with readable defaults, as clients write them."""

HTML = '<p>Dear Bob, <a href="https://example.com/offer?a=1&amp;b=2">our offer</a>.</p>'


def a_mail(body: str = HTML, kind: str = "text/html", charset: str = "utf-8", **fields: str) -> bytes:
    """A mail from Ann to Bob. A field that is given as "" is left out; `_` in its name is a hyphen."""
    usual = {
        "From": "Ann <ann@sender.example>",
        "To": "Bob <bob@example.com>",
        "Subject": "Offer for June",
        "Message-ID": "<1@sender.example>",
        "Date": "Mon, 21 Sep 2026 14:13:20 +0000",
        "MIME-Version": "1.0",
        "Content-Type": f"{kind}; charset={charset}",
        "Content-Transfer-Encoding": "8bit",
    }
    given = usual | {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value)
    return f"{head}\r\n{body}\r\n".encode(charset)


SIGNED = a_mail(
    "\r\n".join(
        [
            "--b",
            "Content-Type: text/html; charset=utf-8",
            "",
            HTML,
            "--b",
            "Content-Type: application/pkcs7-signature; name=smime.p7s",
            "Content-Transfer-Encoding: base64",
            "",
            "MIAGCSqGSIb3DQEHAqCAMIACAQExDzAN",
            "--b--",
        ]
    ),
    Content_Type='multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary="b"',
    Content_Transfer_Encoding="7bit",
)
