"""Making the table of charset labels again."""

import codecs

from chalicelib.domain.mail.charset_labels import LABELS
from infra.refresh_charset_labels import OUT, main


def test_the_table_is_the_one_that_is_checked_in(tmp_path):
    main(tmp_path / "labels.py")
    assert (tmp_path / "labels.py").read_text(encoding="utf-8") == OUT.read_text(encoding="utf-8")


def test_each_label_has_one_codec_that_python_knows():
    labels = " ".join(LABELS.values()).split()
    assert len(labels) == len(set(labels)) and all(codecs.lookup(codec) for codec in LABELS)
