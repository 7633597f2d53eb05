"""Files that come at the same time, from processes of their own, one after the other in truth."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from data_access.current import last_heard
from data_access.sheets import CASES
from tests.data_access.intake.builders import month, rows, workbook
from tests.data_access.intake.faults.stock import counted_anew, is_sound, sending, state
from tests.data_access.intake.imports import counts, stored

ROUNDS = 20
OTHERS = ("KUL", "HKG", "TPE")


def brought(told):
    """Return what came of the jobs in short: how many stored, were there already, were refused."""
    short = [
        "stored" if one.get("stored") else "already" if one.get("already") else one.get("refused")
        for one in told
    ]
    return sorted(short, key=str)


def test_the_same_file_four_times_is_stored_once(stock, children, files, tmp_path):
    job = sending(files["corrected"])

    def one_round(_):
        with stock.copy() as engine:
            told = children.run(engine, *[job] * 4)
            assert is_sound(engine, tmp_path)
            return brought(told), state(engine)

    with ThreadPoolExecutor(2) as pool:
        rounds = list(pool.map(one_round, range(ROUNDS)))

    assert [told for told, _ in rounds] == [["already"] * 3 + ["stored"]] * ROUNDS
    assert all(held == rounds[0][1] for _, held in rounds)


@pytest.fixture
def two_corrections(tmp_path):
    """Return two workbooks of the same month, each with another case."""
    cases = [
        rows(CASES, *({"case_id": f"RUH-2026-0000{n}"} for n in (1, 2, 3, extra)))
        for extra in (4, 5)
    ]
    return [
        sending(workbook(tmp_path, month(cases=given), name=f"{place}.xlsx"))
        for place, given in enumerate(cases)
    ]


def test_two_files_of_one_post_are_stored_one_after_the_other(
    stock, children, two_corrections, tmp_path
):
    with stock.copy() as engine:
        before = counts(engine)["submissions"]
        told = children.run(engine, *two_corrections)
        at_once = counted_anew(state(engine))
        assert brought(told) == ["stored", "stored"]
        assert counts(engine)["submissions"] == before + 2
        assert stored(engine, "cases").height == 5
        assert is_sound(engine, tmp_path)
    orders = [two_corrections, two_corrections[::-1]]
    assert at_once in [one_by_one(stock, children, order) for order in orders]


def one_by_one(stock, children, jobs):
    """Return what a copy holds after jobs that did not come at once."""
    with stock.copy() as engine:
        for job in jobs:
            children.run(engine, job)
        return counted_anew(state(engine))


def test_of_two_files_checked_at_the_same_state_the_later_one_is_told_it_is_stale(
    stock, children, two_corrections, tmp_path
):
    with stock.copy() as engine:
        with engine.connect() as connection:
            seen = last_heard(connection, "RUH")
        told = children.run(engine, *(job | {"seen": seen} for job in two_corrections))
        assert brought(told) == ["E-STALE", "stored"]
        assert stored(engine, "cases").height == 4
        assert is_sound(engine, tmp_path)


def test_files_of_four_posts_are_all_stored(stock, children, files, tmp_path):
    jobs = [sending(files["corrected"])]
    for post in OTHERS:
        own = month(
            cases=rows(CASES, {"case_id": f"{post}-2026-00001", "agency_code": None}),
            **{
                name: month()[name].clear()
                for name in ("agencies", "agency_assessments", "worker_reviews", "job_orders")
            },
        )
        jobs.append(sending(workbook(tmp_path, own, post=post, name=f"{post}.xlsx")))
    with stock.copy() as engine:
        told = children.run(engine, *jobs)
        assert brought(told) == ["stored"] * 4, told
        for post in OTHERS:
            assert stored(engine, "cases", post)["case_id"].to_list() == [f"{post}-2026-00001"]
        assert stored(engine, "cases").height == 4
        assert is_sound(engine, tmp_path)


def test_a_file_and_an_undo_come_one_after_the_other(stock, children, files, tmp_path):
    jobs = [sending(files["corrected"]), {"do": "undo", "number": 2}]
    with stock.copy() as engine:
        children.run(engine, *jobs)
        at_once = counted_anew(state(engine))
        assert is_sound(engine, tmp_path)
    assert at_once in [one_by_one(stock, children, order) for order in (jobs, jobs[::-1])]


def test_an_undo_four_times_takes_back_once(stock, children, tmp_path):
    with stock.copy() as engine:
        told = children.run(engine, *[{"do": "undo", "number": 2}] * 4)
        assert sorted(one["already"] for one in told) == [False, True, True, True]
        assert stored(engine, "cases").height == 1
        assert is_sound(engine, tmp_path)
