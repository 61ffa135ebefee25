"""What people read, in each language: every sentence, with all that it holds."""

import re
import string
from io import BytesIO

import pytest

from chalicelib.domain.habits import zones
from chalicelib.domain.words.sentences import LANGUAGES, Sentence, first_of, many, said, say
from infra import words

babel = pytest.importorskip("babel")


@pytest.mark.parametrize("language", words.TRANSLATED)
def test_every_sentence_is_translated(language):
    found = words.catalogue(language)
    missing = [message.id for message in found if message.id and not message.string]
    assert missing == [], f"translate them in {language}.po, then run python -m infra.words"


@pytest.mark.parametrize("language", words.TRANSLATED)
def test_a_translation_holds_what_the_sentence_holds(language):
    for message in words.catalogue(language):
        if message.id:
            assert places(message.string) == places(message.id), message.id


def places(template: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _, name, spec, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("language", words.TRANSLATED)
def test_what_ships_is_what_was_translated(language):
    found = words.catalogue(language)
    assert (words.WORDS / f"{language}.py").read_text() == words.table(language, found), "run python -m infra.words"
    made = BytesIO()
    words.write_po(made, found, width=120)
    assert (words.WORDS / f"{language}.po").read_bytes() == made.getvalue(), "run python -m infra.words"


@pytest.mark.parametrize(("language", "script"), [("hi", "\\u0900-\\u097f"), ("kn", "\\u0c80-\\u0cff")])
def test_sentences_are_in_the_languages_own_script(language, script):
    for text in (say("Nothing has happened."), many("{n} day", "{n} days", 3), say("This mail is tracked")):
        assert re.search(f"[{script}]", said(text, language))


def test_a_sentence_is_its_english_words_until_somebody_reads_it():
    told = say(
        "{one} Away until {back:day}.", one=say("They replied."), back=zones.moment(1_772_500_000, "Asia/Kolkata")
    )
    assert told == "They replied. Away until Tuesday, 3 March."
    assert said(told, "en") == told and type(said(told, "en")) is str
    assert said(told, "hi") == "उन्होंने जवाब दिया। मंगलवार, 3 मार्च तक बाहर हैं।"
    assert "ಮಂಗಳವಾರ, 3 ಮಾರ್ಚ್" in said(told, "kn")


def test_what_others_wrote_stays_as_it_is_in_every_language():
    told = say("{who} opened “{subject}”", who="{who} Link", subject="To {0} %s")
    for language in LANGUAGES:
        assert "{who} Link" in said(told, language) and "To {0} %s" in said(told, language)
    assert isinstance(told, Sentence)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("hi-IN,hi;q=0.9,en-US;q=0.8", "hi"),
        ("kn", "kn"),
        ("de-DE,de;q=0.9", "en"),
        ("en;q=0.5, kn;q=0.9", "kn"),
        ("hi;q=0, kn;q=0.1", "kn"),
        ("*;q=x,;;,hi;q=high", "en"),
        ("xx," * 1000, "en"),
    ],
)
def test_a_reader_is_shown_the_language_that_they_like_best_of_ours(accepted, language):
    assert first_of(accepted) == language
