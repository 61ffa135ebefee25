"""Writing down whose network is whose."""

from infra.refresh_networks import painted, ranges, table


def test_labels_change_where_ranges_begin_and_end():
    assert painted([(10, 19, "a"), (30, 39, "b")], [], 0) == [(10, "a"), (20, ""), (30, "b"), (40, "")]


def test_neighbours_with_one_label_are_one():
    assert painted([(10, 19, "a"), (20, 29, "a")], [], 0) == [(10, "a"), (30, "")]


def test_exact_ranges_lie_over_the_table():
    assert painted([(10, 39, "a")], [(20, 29, "b")], 0) == [(10, "a"), (20, "b"), (30, "a"), (40, "")]


def test_only_the_upper_half_of_ipv6_is_kept():
    assert painted([(0x5 << 64, (0x7 << 64) - 1, "a")], [], 64) == [(5, "a"), (7, "")]


def test_a_table_is_starts_and_then_labels():
    assert table([(10, "a"), (20, "")], ["", "a"], 4) == (10).to_bytes(4, "big") + (20).to_bytes(4, "big") + bytes(
        [1, 0]
    )


def test_only_the_networks_that_matter_are_read(tmp_path):
    (tmp_path / "asn.csv").write_text(
        '192.0.2.0,192.0.2.255,15169,Google LLC\n198.51.100.0,198.51.100.9,64500,"A, B"\n'
    )
    assert list(ranges(tmp_path, "asn.csv")) == [(0xC0000200, 0xC00002FF, "google")]
