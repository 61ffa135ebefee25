"""The due lists: however much one owner has in them, what another's waits for is found."""

from collections import Counter

import pytest

from chalicelib.domain.messages import message_id
from chalicelib.store import keys, table
from chalicelib.store.due import due, shard, shards
from chalicelib.store.keys import Key
from tests.embedded import Embedded
from tests.makers import SENT


def waits(owner: str, name: str, at: float, shard: str = "list") -> Key:
    table.write([table.put_always({"pk": owner, "sk": name, "due_shard": shard, "due_at": at})])
    return Key(owner, name)


def test_the_longest_waiting_stand_first_in_whatever_part_they_are(fresh_table: Embedded):
    later, first, last = waits("a", "1", 20.0), waits("b", "1", 10.0, "other"), waits("a", "2", 30.0, "other")
    waits("a", "3", 41.0)
    assert due(["list", "other"], 40.0) == [(first, 10.0), (later, 20.0), (last, 30.0)]


def test_an_owner_has_a_share_of_a_look_and_it_reads_on_to_the_others(fresh_table: Embedded):
    heavy = [waits("heavy", f"{number:02}", 10.0 + number) for number in range(12)]
    quiet = waits("quiet", "1", 50.0)
    assert [key for key, _ in due(["list"], 99.0, most=3)] == [*heavy[:3], quiet]


@pytest.mark.parametrize("alike", [True, False], ids=["all of one moment", "one after another"])
def test_where_a_list_is_longer_than_a_look_each_look_comes_further_and_the_reads_stay_bounded(
    fresh_table: Embedded, alike: bool
):
    heavy = [waits("heavy", f"{number:02}", 10.0 if alike else 10.0 + number) for number in range(40)]
    quiet = [waits("quiet", "1", 30.5), waits("quiet", "2", 60.0)]
    seen, looks = set[Key](), 0
    while not seen >= set(quiet):
        looks += 1
        given = [key for key, _ in due(["list"], 99.0, most=2, read=5)]
        assert len([key for key in given if key.pk == "heavy"]) == 2, "the longest waiting are never kept out"
        assert set(given) & set(heavy) and len(given) <= 4
        seen.update(given)
    assert looks <= 9, "a look reads five beside the first five"
    for _ in range(2):  # whoever waits beyond the end of what was read is found again and again
        again = {key for _ in range(9) for key, _ in due(["list"], 99.0, most=2, read=5)}
        assert again >= set(quiet)


def test_what_is_gone_or_comes_between_two_looks_is_no_trouble_and_an_end_leaves_nothing_behind(fresh_table: Embedded):
    heavy = [waits("heavy", f"{number:02}", 10.0) for number in range(16)]
    due(["list"], 99.0, most=1, read=5)
    table.delete(heavy[3:13])  # and with them the place that the look came to
    early = waits("quiet", "1", 1.0)
    late = waits("quiet", "2", 98.0)
    assert {early, late} <= {key for _ in range(2) for key, _ in due(["list"], 99.0, read=5)}
    table.delete(heavy)
    assert [key for key, _ in due(["list"], 99.0, read=5)] == [early, late]
    table.delete([early, late])
    assert due(["list"], 99.0, read=5) == []
    assert [item for item in fresh_table.items() if item["pk"]["S"].startswith("y#")] == []


def test_a_place_names_somebody_so_it_goes_by_itself(fresh_table: Embedded):
    for number in range(12):
        waits("heavy", f"{number:02}", 10.0)
    due(["list"], 99.0, read=5)
    (place,) = [item for item in fresh_table.items() if item["pk"]["S"] == "y#list"]
    assert place["expires"] == {"N": "3699"}


def test_a_due_list_is_spread_over_its_parts_and_an_item_stays_in_its_own():
    ids = [message_id(SENT + number, str(number)) for number in range(800)]
    parts = Counter(shard("held", keys.message("one sender", each)) for each in ids)
    assert set(parts) == set(shards("held"))
    assert max(parts.values()) < 2 * min(parts.values())
    assert shard("held", keys.message("s", ids[0])) == shard("held", keys.message("s", ids[0]))


def test_due_lists_do_not_share_parts():
    assert not set(shards("held")) & set(shards("contacts"))
