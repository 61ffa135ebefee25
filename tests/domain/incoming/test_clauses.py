"""The clause around a date: where its sentence ends, and what it is about."""

from chalicelib.domain.incoming.clauses import (
    clause_is_about_absence,
    is_about_absence,
    is_about_something_else,
    sentence,
    speaks_english,
)
from chalicelib.domain.incoming.date_words import tokens

NOTE = tokens("I am away until 7 Sept. or later. The fair is on 14.9. in Rome.")


def test_a_sentence_ends_with_a_full_stop_behind_a_whole_word():
    first, last = sentence(NOTE, 5)
    assert " ".join(each.text for each in NOTE[first:last]) == "i am away until 7 sept . or later"
    assert sentence(NOTE, 14) == (last + 1, len(NOTE) - 1)


def test_what_it_is_about():
    assert is_about_absence(NOTE, 4) and not is_about_absence(NOTE, 14)
    assert is_about_absence(tokens("Das Büro ist geschlossen."), 0) and is_about_absence(tokens("Sommerferien"), 0)
    assert is_about_something_else(NOTE, 14, 18) and not is_about_something_else(NOTE, 4, 6)
    assert speaks_english(NOTE) and not speaks_english(tokens("Bin weg."))


def test_a_clause_ends_with_a_comma():
    words = tokens("I am on leave, on 7 September I am here.")
    assert clause_is_about_absence(words, 2) and not clause_is_about_absence(words, 6)
