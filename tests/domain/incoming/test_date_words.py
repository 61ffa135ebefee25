"""The pieces of a text, and the names of months and days among them."""

from chalicelib.domain.incoming.date_words import begins_a_date, is_month, is_weekday, month_of, tokens, weekday_of


def test_names_of_many_languages_are_known():
    assert is_month("září") and is_month("syyskuuta") and is_month("september") and not is_month("listopada")
    assert is_weekday("måndagen") and is_weekday("lundi") and not is_weekday("office")


def test_a_name_is_known_by_its_stem_too():
    assert month_of("септембра") == month_of("oktobra") - 1 == 9
    assert month_of("septembrini") == month_of("בספטמבר") == 9 and month_of("office") == 0


def test_what_is_short_and_another_word_begins_no_date():
    assert begins_a_date("may") and begins_a_date("szeptember") and not begins_a_date("set")


def test_letters_of_chinese_stand_alone_and_words_keep_their_places():
    assert [(each.text, each.start) for each in tokens("Back 9月,")] == [("back", 0), ("9", 5), ("月", 6), (",", 7)]


def test_digits_of_every_script_are_numbers_and_vowel_signs_belong_to_words():
    assert [each.text for each in tokens("२० ٢٠ ۲۰")] == ["20", "20", "20"]
    assert month_of(tokens("กันยายน")[0].text) == month_of(tokens("सितम्बर")[0].text) == month_of("أيلول") == 9


def test_a_weekday_is_known_in_the_case_that_a_preposition_asks_for():
    assert weekday_of("poniedziałku") == weekday_of("hétfőn") == weekday_of("понедельника") == 0
    assert weekday_of("per") is None  # of Italian and German, before a date
