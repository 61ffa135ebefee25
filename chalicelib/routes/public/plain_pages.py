"""How the pages look that strangers meet: no script, nothing from elsewhere, light or dark as the reader has it."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from string import Template

from chalice.app import Response

from chalicelib.domain.words.sentences import ENGLISH, said, say

_STYLE = """
:root{color-scheme:light dark;--ink:#101828;--soft:#475467;--line:#d0d5dd;--paper:#fff;--card:#f9fafb;--act:#b42318;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#f2f4f7;--soft:#b6bdc9;--line:#3a4252;--paper:#10141c;--card:#181e29;--act:#ff9c8f;--on:#1a0d0b}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:38rem;margin:0 auto;padding:2rem 1.25rem 3rem}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .5rem;letter-spacing:-.01em}
h2{font-size:1.15rem;margin:2.25rem 0 .5rem}
h3{font-size:1rem;margin:1.5rem 0 .5rem}
p,ul,ol{margin:.5rem 0}
.lead{font-size:1.1rem;color:var(--soft)}
.news{border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem;background:var(--card)}
dl{margin:.75rem 0;border:1px solid var(--line);border-radius:.75rem;background:var(--card);padding:.25rem 1rem}
dl div{padding:.6rem 0;border-bottom:1px solid var(--line)}
dl div:last-child{border-bottom:0}
dt{color:var(--soft);font-size:.85rem}
dd{margin:0;overflow-wrap:anywhere}
ol{list-style:none;padding:0}
ol li{padding:.7rem 0 .7rem 1rem;border-left:3px solid var(--line)}
ol span,ol small{display:block;color:var(--soft)}
ol small{font-size:.85rem}
ul{padding-left:1.2rem}
li{margin:.35rem 0}
button{font:inherit;font-weight:600;width:100%;min-height:3rem;margin-top:.75rem;padding:.7rem 1.25rem}
button{border:1px solid var(--act);border-radius:.6rem;background:var(--act);color:var(--on);cursor:pointer}
form.two{display:flex;flex-wrap:wrap;gap:0 .75rem;margin-bottom:1.25rem}
button.quiet{background:transparent;color:var(--ink);border-color:var(--line)}
button:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
footer{margin-top:3rem;color:var(--soft);font-size:.85rem}
@media(min-width:40rem){main{padding-top:4rem}dl div{display:grid;grid-template-columns:11rem 1fr;gap:1rem;align-items:baseline}
button{width:auto}}
"""
_TEMPLATE = Template(
    '<!DOCTYPE html><html lang="$language"><head><meta charset="utf-8"><title>$headline</title>'
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow">'
    f"<style>{_STYLE}</style></head><body><main><h1>$headline</h1>$body"
    "<footer>$footer</footer>"
    "</main></body></html>\n"
)
_FOOTER = say("Unsealed tells senders whether their mail was read, and tells readers that it does.")
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "private, no-store, max-age=0",
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    f"style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def page(headline: str, body: str, status: int, language: str = ENGLISH) -> Response:
    """A page with a headline and a body, which is HTML; the footer in the reader's language."""
    return Response(
        _TEMPLATE.substitute(
            headline=escape(said(headline, language)),
            body=body,
            language=language,
            footer=escape(said(_FOOTER, language)),
        ).encode(),
        dict(_HEADERS),
        status,
    )
