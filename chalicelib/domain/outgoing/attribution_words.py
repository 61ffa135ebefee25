"""The words that stand in the lines which programs put above what they quote, in many languages, and what else does."""

import re
from typing import NamedTuple

_WORD = re.compile(r"\w+")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WROTE = _set("""
wrote write writes schrieb schreibt geschrieben écrit escribió escribio escribe scritto scrisse scrive schreef schrijft
geschreven escreveu escreve skrev skriver skrifaði skrifar kirjoitti kirjoittaa napsal napsala píše napísal napísala pisze
napisao napisala napisana написал написала написав написао писал писала пише пишет напиша написа írta yazdı yazmış scris
scrie έγραψε γράφει rašė parašė kirjutas rakstīja escriure escrigué escribiu viết menulis geskryf idatzi sumulat shkroi
жазды citado
""")
_WROTE_BEGINS = ("napisał", "napisal")  # of Polish, Slovene and Croatian, with what endings there are
_WROTE_UNSPACED = (
    "写道", "寫道", "書きました", "작성", "님이", "כתב", "كتب", "نوشت", "لکھا", "เขียน", "ຂຽນ", "लिखा", "লিখেছেন", "დაწერა",
)  # fmt: skip
# Words for quoting are said of offers too, so they begin such a line, and an address follows.
QUOTING = _set("quoting quote quotes zitat citando cita citát citazione citeert citeren citerar cytowanie cituji")
BY = _set("by from of von vom van de di da do du del od z por przez от від från fra frá από")
TO = _set("to at an à a aan til till do для к ke ka for für pour para per pro voor för with mit avec con met med")
AS = _set("as like what wie was comme como come zoals wat som vad hvad hva jak jako kako как що як kuten mint")
THIS = _set(
    "following as follows folgendes folgende dies lo siguiente quanto segue ce qui suit o seguinte het volgende följande "
    "følgende seuraavaa następująco następujące toto следующее следното"
)
# What is written is named behind the word for writing: it is no attribution.
WHAT = _set("it this that the me us you him her them down about es das mir uns dir ihnen ça lo la me nos te")

_PIECE = re.compile(
    r"(?P<address>[<(\[«]?(?:mailto:)?[^\s<>()\[\]@\",;:]{1,64}@[^\s<>()\[\]@\",;:，。、]{1,190}+(?:\s?[>)\]»])?)"
    r"|(?P<name>\"[^\"]{1,100}\"|“[^”]{1,100}”|„[^“”]{1,100}[“”]|«[^»]{1,100}»)"
    r"|(?P<number>(?:[^\W\d]|[+#'/-]){0,40}\d(?:[^\s,;<>()\[\]\":，、。]|:(?=\d))*)"
    r"|(?P<word>[^\W\d_]++)"
    r"|(?P<mark>[:,，、。;])"
)
_SHORT = 3  # letters of a word that may stand anywhere
_UNSPACED = 8  # letters that may stand behind the last number or address in a script that puts no spaces


class Piece(NamedTuple):
    """An address, a name in quotation marks, a number, a word, or a mark of punctuation, and how it is written."""

    kind: str
    text: str

    @property
    def is_said(self) -> bool:
        """Whether it is a word in small letters, as no name is."""
        return self.kind == "word" and self.text[0].islower()

    @property
    def is_long(self) -> bool:
        """Whether it is such a word, and more than an article or a preposition."""
        return self.is_said and len(self.text) > _SHORT

    @property
    def is_unspaced(self) -> bool:
        """Whether it is more than a word, in a script that puts no spaces between words."""
        letter = self.text[0]
        return self.kind == "word" and letter.lower() == letter.upper() and len(self.text) > _UNSPACED

    @property
    def is_named(self) -> bool:
        """Whether it may be part of a name."""
        return self.kind == "name" or (self.kind == "word" and not self.is_said)

    @property
    def tells(self) -> bool:
        """Whether it says who or when by itself."""
        return self.kind in ("address", "number")


def says_written(text: str) -> bool:
    """Whether a text has a word for writing or for quoting, in one of many languages."""
    words = _WORD.findall(text.lower())
    if not _WROTE.isdisjoint(words) or not QUOTING.isdisjoint(words):
        return True
    return not text.isascii() and (
        any(word in text for word in _WROTE_UNSPACED) or any(word.startswith(_WROTE_BEGINS) for word in words)
    )


def written_at(text: str) -> tuple[int, int] | None:
    """Where the last word for writing stands in a text."""
    found = None
    for word in _WORD.finditer(text):
        small = word[0].lower()
        if small in _WROTE or small.startswith(_WROTE_BEGINS):
            found = word.span()
    if not text.isascii():
        for unspaced in _WROTE_UNSPACED:
            at = text.rfind(unspaced)
            if at >= 0 and (found is None or at > found[0]):
                found = at, at + len(unspaced)
    return found


def pieces_of(text: str) -> list[Piece]:
    """What stands in a text, in its order."""
    return [Piece(str(found.lastgroup), found[0]) for found in _PIECE.finditer(text)]
