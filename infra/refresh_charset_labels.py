"""Make chalicelib/domain/mail/charset_labels.py again: python -m infra.refresh_charset_labels.

The labels by which mails and pages name their charsets, and what is meant by each: the Encoding Standard, as webencodings
has it, with the codecs of Python that read them. That `gb2312` stands for all of GB 18030, and `iso-8859-1` for
windows-1252, is how everybody's programs read them.
"""

import codecs
import sys
from collections import defaultdict
from pathlib import Path

from webencodings.labels import LABELS

OUT = Path(__file__).parent.parent / "chalicelib" / "domain" / "mail" / "charset_labels.py"
CODECS = {
    "gbk": "gb18030", "big5": "big5hkscs", "euc-kr": "cp949", "shift_jis": "cp932", "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic", "iso-8859-8-i": "iso8859_8", "windows-874": "cp874", "koi8-u": "koi8_u",
    "iso-2022-jp": "iso2022_jp", "euc-jp": "euc_jp",
}  # fmt: skip
NOT_READ = frozenset({"replacement", "x-user-defined"})  # by which pages are protected, and mails have no use for
WIDTH = 118


def main(out: Path = OUT) -> None:
    labels: dict[str, list[str]] = defaultdict(list)
    for label, name in sorted(LABELS.items()):
        if name not in NOT_READ:
            labels[codecs.lookup(CODECS.get(name, name)).name].append(label)
    rows = []
    for codec, some in sorted(labels.items()):
        row = f'    "{codec}": "'
        for label in some:
            if len(row.rpartition("\n")[2]) + len(label) > WIDTH - 3:
                row += '"\n    "'
            row += f"{label} "
        rows.append(f'{row.rstrip()}",\n')
    out.write_text(
        '"""The labels of charsets by the Encoding Standard. Made by `python -m infra.refresh_charset_labels`: do not edit.\n\n'
        "https://encoding.spec.whatwg.org/#names-and-labels, as https://github.com/gsnedders/python-webencodings has it:\n"
        "the codec of Python that reads each charset, and its labels.\n"
        '"""\n\n'
        f"LABELS = {{\n{''.join(rows)}}}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
