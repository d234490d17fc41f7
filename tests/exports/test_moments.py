from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy428.exports.moments import moment


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-01-02 03:04:05 UTC", "2024-01-02T03:04:05+00:00"),
        ("2010-08-11 17:43:10", "2010-08-11T17:43:10"),
        ("2011-11-11T19:26:59.9971234567Z", "2011-11-11T19:26:59+00:00"),
        ("2024-03-01T12:00:00.000-06:00", "2024-03-01T12:00:00-06:00"),
        ("2024/01/02 10:11", "2024-01-02T10:11:00"),
        ("2024-01-02", "2024-01-02"),
        ("Wed, 05 Dec 2012 00:58:26 +0700", "2012-12-05T00:58:26+07:00"),
        ("1700000000.000200", "2023-11-14T22:13:20+00:00"),
        (1700000000, "2023-11-14T22:13:20+00:00"),
        ("0000-00-00 00:00:00", None),
        ("Mon, 30 Nov -0001 00:00:00 +0000", None),
        ("registration date", None),
        (True, None),
        (None, None),
        (float("nan"), None),
        (10**400, None),
    ],
)
def test_times_as_exports_write_them(written, read):
    assert moment(written) == read


def test_a_time_without_a_zone_is_in_utc_where_the_export_says_so():
    assert moment("2010-08-11 17:43:10", utc=True) == "2010-08-11T17:43:10+00:00"


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.lists(st.text())))
def test_nothing_is_too_odd_to_be_refused(value):
    found = moment(value)
    assert found is None or datetime.fromisoformat(found)


@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2200, 1, 1)))
def test_seconds_since_1970(when):
    when = when.replace(microsecond=0, tzinfo=UTC)
    assert moment(int(when.timestamp())) == when.isoformat()
