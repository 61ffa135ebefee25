#!/usr/bin/env bash
# What: Babel 2.17.0 (CLDR): the months of Serbian, as they are formatted in dates.
# One would guess: the form that people write in a date, the genitive, as CLDR has it for Serbian's neighbours: Croatian
#   “4. listopada”, Slovenian, Ukrainian, Czech. Babel keeps two contexts, `format` and `stand-alone`, for just this.
# Seen: both contexts hold the nominative: a date is formatted as “4. октобар”, where Serbs write “4. октобра”.
# Whom it hurts: whoever learns from these names to read dates that people wrote: in a Serbian note of absence none is found.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check 'babel==2.17.0'
"$folder/env/bin/python" - <<'PYTHON'
from datetime import date

from babel import Locale
from babel.dates import format_date

DAY = date(2026, 10, 4)


def october(language):
    """The month in a date, and alone."""
    months = Locale.parse(language).months
    return months["format"]["wide"][10], months["stand-alone"]["wide"][10]


for language in ("hr", "cs", "uk", "sr", "sr_Latn"):
    print(language, october(language), format_date(DAY, "long", language))
for language in ("hr", "cs", "uk"):
    in_date, alone = october(language)
    assert in_date != alone
assert october("sr") == ("октобар", "октобар") and october("sr_Latn") == ("oktobar", "oktobar")
assert "октобра" not in format_date(DAY, "long", "sr")
print("As stated.")
PYTHON
