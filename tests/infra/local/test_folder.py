"""The folder of a local system: one has it at a time, its secrets stay, and what cannot be read is said."""

import pytest

from infra.local.folder import CannotStart, Folder
from infra.process_settings import WrongSetting


def test_one_system_has_it_and_the_next_when_that_is_gone(tmp_path):
    first = Folder(tmp_path / "data")
    with pytest.raises(CannotStart, match="in use by another local system"):
        Folder(tmp_path / "data")
    first.close()
    Folder(tmp_path / "data").close()


def test_a_secret_is_made_once_and_read_by_nobody_else(tmp_path):
    folder = Folder(tmp_path / "data")
    assert folder.secret("token", lambda: "the first\n") == "the first"
    assert folder.secret("token", lambda: "another") == "the first"
    assert (tmp_path / "data" / "token").stat().st_mode & 0o077 == 0
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    folder.close()


def test_the_clock_goes_on_where_it_was_and_a_broken_one_is_named(tmp_path):
    folder = Folder(tmp_path)
    folder.clock().advance(3_600)
    assert folder.clock().offset >= 3_600
    (tmp_path / "clock").write_text("yesterday")
    with pytest.raises(CannotStart, match="is no number of seconds"):
        folder.clock()
    folder.close()


def test_what_an_older_version_left_is_not_written_over_and_the_lock_is_given_back(tmp_path):
    (tmp_path / "snapshot").touch()
    with pytest.raises(CannotStart, match="move it away to begin anew"):
        Folder(tmp_path)
    (tmp_path / "snapshot").unlink()
    Folder(tmp_path).close()


def test_what_is_no_folder_is_a_wrong_setting(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(WrongSetting, match="choose another DATA_DIR"):
        Folder(tmp_path / "file")
