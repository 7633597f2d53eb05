"""The gate hands out the rows a reader may see, and no others."""

import pytest

from data_access.access import LEADERSHIP, Reader, may_see_cases, rows_for
from data_access.errors import NoAccess
from metrics.frames import FRAMES
from tests.builders import case, rows

EVERYTHING = rows(cases=[case(post="RUH"), case(post="JED"), case(post="HKG")])


def test_leadership_sees_all_posts():
    assert rows_for(LEADERSHIP, EVERYTHING).cases.height == 3


def test_a_post_sees_only_its_own_rows_in_every_table():
    jeddah = Reader("jeddah", posts=("JED",), sees_cases=True)

    seen = rows_for(jeddah, EVERYTHING)

    of_posts = [name for name, frame in FRAMES.items() if "post_code" in frame.columns]
    assert set(FRAMES) - set(of_posts) == {"fx_rates"}  # of no post, and for everybody
    for name in of_posts:
        assert set(getattr(seen, name)["post_code"].to_list()) <= {"JED"}
    assert seen.cases.height == 1


def test_an_account_without_posts_sees_nothing_and_is_told_so():
    with pytest.raises(NoAccess) as refused:
        rows_for(Reader("new", posts=(), sees_cases=True), EVERYTHING)
    assert refused.value.text.indonesian.startswith("Akun ini belum diberi hak")


def test_single_cases_are_for_those_who_may_see_them():
    may_see_cases(LEADERSHIP)
    with pytest.raises(NoAccess):
        may_see_cases(Reader("counts", posts=None, sees_cases=False))
