"""Writes chalicelib/domain/telling/holidays.py: the public holidays of many countries, for some years to come.

`python -m infra.refresh_holidays [FIRST_YEAR]`. The package `holidays` knows them; it is too big for what ships to Lambda,
where the few days that anybody asks for are a table.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from textwrap import wrap

import holidays

YEARS = 6
TABLE = Path(__file__).parent.parent / "chalicelib" / "domain" / "telling" / "holidays.py"
COUNTRIES = """
    AE AR AT AU BE BG BR BY CA CH CL CN CO CY CZ DE DK EE EG ES FI FR GB GR HK HR HU ID IE IL IN IS IT
    JP KE KR KZ LT LU LV MA MT MX MY NG NL NO NZ PE PH PK PL PT RO RS SA SE SG SI SK TH TR TW UA US VE
    VN ZA
"""


def table(first: int) -> str:
    """The module's text, with YEARS years from the first on."""
    lines = [
        '"""Public holidays of whole countries, by year, as MMDD. Made by `python -m infra.refresh_holidays`."""',
        "",
        "DAYS: dict[str, dict[int, str]] = {",
    ]
    for country in COUNTRIES.split():
        lines.append(f'    "{country}": {{')
        for year in range(first, first + YEARS):
            days = sorted(day for day in holidays.country_holidays(country, years=year) if day.year == year)
            rows = wrap(" ".join(f"{day:%m%d}" for day in days), 100)
            lines.append(f'        {year}: "{rows[0] if rows else ""}"' + ("," if len(rows) < 2 else ""))
            lines += [f'        " {row}"' for row in rows[1:-1]]
            lines += [f'        " {rows[-1]}",'] if len(rows) > 1 else []
        lines.append("    },")
    return "\n".join([*lines, "}  # fmt: skip", ""])


if __name__ == "__main__":
    TABLE.write_text(table(int(sys.argv[1]) if len(sys.argv) > 1 else datetime.now(UTC).year))
