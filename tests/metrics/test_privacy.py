"""An attacker who subtracts totals and filters learns no hidden count."""

from collections.abc import Iterator
from itertools import combinations, product

import lifelines.datasets as lifelines
import numpy as np
import pandas as pd
import polars as pl
import pytest
import sksurv.datasets as sksurv
import statsmodels.datasets as statsmodels
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from metrics.policy.privacy import threshold_of
from metrics.privacy import anonymous, publishable, safe_difference, suppress
from metrics.privacy_views import published
from metrics.statistics.disclosure import room
from metrics.statistics.suppression import hide, with_totals

SOME = settings(max_examples=40, derandomize=True, database=None, deadline=None)
FEWER = settings(SOME, max_examples=25)
K = 5
NOT_ZERO = 1  # the attacker knows that zeros are always shown


def senators() -> pd.DataFrame:
    rows = lifelines.load_canadian_senators()
    return pd.crosstab(rows["Province / Territory"], rows["Political Affiliation at Appointment"])


def regimes() -> pd.DataFrame:
    rows = lifelines.load_dd()
    return pd.crosstab(rows["un_region_name"], rows["regime"])


def hospitals() -> pd.DataFrame:
    rows = lifelines.load_lung()
    return pd.crosstab(rows["inst"], rows["ph.ecog"])


def chapters() -> pd.DataFrame:
    rows, _ = sksurv.load_flchain()
    return pd.crosstab(rows["chapter"].astype(str), rows["flc.grp"])


def affairs() -> pd.DataFrame:
    rows = statsmodels.fair.load_pandas().data
    return pd.crosstab(rows["occupation"], [rows["religious"], rows["children"] > 2])


REAL = {
    table.__name__: table().to_numpy()
    for table in (senators, regimes, hospitals, chapters, affairs)
}
ADVERSARIAL = {
    "one small count": [[3, 50, 60], [70, 80, 90], [40, 45, 55]],
    "ones beside ones": [[1, 1, 90], [1, 1, 80], [70, 60, 50]],
    "two squares joined by one cell": [
        [2, 9, 99, 99],
        [9, 2, 2, 99],
        [99, 99, 2, 9],
        [99, 99, 9, 2],
    ],
    "the only count of its row": [[3, 0, 0], [20, 30, 40], [50, 60, 70]],
    "a diagonal": [[1, 0, 0], [0, 2, 0], [0, 0, 3]],
    "a staircase": [[4, 1, 0], [0, 3, 2], [9, 0, 1]],
    "one row": [[1, 7, 30, 0, 2]],
    "one column": [[1], [7], [30]],
    "one cell": [[2]],
    "a small total": [[1, 1, 0], [30, 20, 50]],
    "nothing small": [[5, 6], [7, 8]],
    "nothing at all": [[0, 0], [0, 0]],
}
ADVERSARIAL = {name: np.array(rows) for name, rows in ADVERSARIAL.items()}
ANY = pytest.mark.parametrize(
    "counts", [*REAL.values(), *ADVERSARIAL.values()], ids=[*REAL, *ADVERSARIAL]
)


def cells(counts: np.ndarray, **more: object) -> pl.DataFrame:
    told = [(f"r{i}", f"c{j}", int(n)) for (i, j), n in np.ndenumerate(counts)]
    return pl.DataFrame(told, ["post", "type", "n"], orient="row").with_columns(**more)


def mask(counts: np.ndarray) -> np.ndarray:
    return suppress(cells(counts), "post", "type")["hidden"].to_numpy().reshape(counts.shape)


def attack(
    hidden: np.ndarray, equations: list[tuple[np.ndarray, int]], least: int
) -> list[tuple[float, float]]:
    """The smallest and largest count that each hidden cell can have, by linear programming.

    An equation has the cells (as a table of 0 and 1) that add up to a number."""
    unknown = np.argwhere(hidden)
    if not len(unknown):
        return []
    lines = np.array([which[hidden] for which, _ in equations], float).reshape(
        len(equations), len(unknown)
    )
    sums = np.array([total for _, total in equations], float)
    lines, first = np.unique(lines, axis=0, return_index=True)
    sums, used = sums[first], lines.any(axis=1)
    found = []
    for cell in range(len(unknown)):
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(unknown))
            goal[cell] = sign
            solved = linprog(goal, A_eq=lines[used], b_eq=sums[used], bounds=(least, None))
            assert solved.status in (0, 3), solved.message  # 3: as large as one likes
            ends.append(sign * solved.fun if solved.status == 0 else np.inf)
        found.append((round(ends[0], 6), round(ends[1], 6)))
    return found


def every_total(counts: np.ndarray, hidden: np.ndarray) -> list[tuple[np.ndarray, int]]:
    """What is left of each total of a row, a column and the table without the counts shown."""
    lines = [*_lines(counts.shape), np.ones(counts.shape, int)]
    return [(line, int((line * counts * hidden).sum())) for line in lines]


def _lines(shape: tuple[int, int]) -> list[np.ndarray]:
    return [
        (np.indices(shape)[axis] == i).astype(int) for axis in (0, 1) for i in range(shape[axis])
    ]


def answers(
    counts: np.ndarray, rows: dict | None = None, columns: dict | None = None
) -> tuple[list[tuple[np.ndarray, int]], list[np.ndarray]]:
    """What a filter shows, and what it hides: which cells of the whole table each count adds up."""
    everything = ({x: x for x in labels} for labels in _labels(counts.shape))
    rows, columns = (
        own if kept is None else kept for own, kept in zip(everything, (rows, columns), strict=True)
    )
    table = published(cells(counts), "post", "type", rows=rows, columns=columns)

    def part(names: dict, name: str | None, labels: list[str]) -> list[bool]:
        return [x in names and name in (None, names[x]) for x in labels]

    told, kept_back = [], []
    of_row, of_column = _labels(counts.shape)
    for level, row, column, count, hidden in table.iter_rows():
        assert (row is None) == (level in ("column_total", "total"))
        assert (column is None) == (level in ("row_total", "total"))
        assert (count is None) == hidden
        which = np.outer(part(rows, row, of_row), part(columns, column, of_column)).astype(int)
        if hidden:
            kept_back.append(which)
        else:
            assert count == (which * counts).sum()
            told.append((which, count))
    return told, kept_back


def _labels(shape: tuple[int, int]) -> tuple[list[str], list[str]]:
    return [f"r{i}" for i in range(shape[0])], [f"c{i}" for i in range(shape[1])]


def _filters(labels: list[str]) -> Iterator[dict | None]:
    """No filter, each label left out, each two labels merged."""
    yield None
    for left_out in labels:
        yield {x: x for x in labels if x != left_out}
    for pair in combinations(labels, 2):
        yield {x: "both" if x in pair else x for x in labels}


def all_filters(counts: np.ndarray, *, at_once: bool = False) -> list[tuple[np.ndarray, int]]:
    """All that is shown in the whole table and in the filtered ones; `at_once`: by both sides."""
    told = []
    for rows, columns in product(*map(_filters, _labels(counts.shape))):
        if at_once or rows is None or columns is None:
            told += answers(counts, rows, columns)[0]
    return told


def pinned(
    counts: np.ndarray,
    hidden: np.ndarray,
    told: list[tuple[np.ndarray, int]],
    asked: list[np.ndarray],
) -> int:
    """How many of the sums asked for follow from all that is told: no other table is possible.

    Whatever the attacker adds, subtracts or bounds, he works with the equations told together;
    another table of whole numbers that fulfils them all is the proof that he cannot know."""
    truth = counts[hidden]
    if not len(truth):
        return 0
    lines = np.array([which[hidden] for which, _ in told], int).reshape(-1, len(truth))
    lines = np.unique(lines, axis=0)
    equations = LinearConstraint(lines, lines @ truth, lines @ truth)
    possible = [truth]
    found = 0
    for which in (table[hidden] for table in asked):
        signs = (1, -1)
        while all(which @ other == which @ truth for other in possible) and signs:
            solved = milp(
                which * signs[0],
                constraints=equations,
                integrality=np.ones(len(truth)),
                bounds=Bounds(NOT_ZERO, counts.max() + K),
            )
            assert solved.status == 0, solved.message
            possible.append(np.round(solved.x).astype(int))
            assert (lines @ possible[-1] == lines @ truth).all()
            signs = signs[1:]
        found += all(which @ other == which @ truth for other in possible)
    return found


def each(hidden: np.ndarray) -> list[np.ndarray]:
    """Each hidden cell, to be asked for."""
    return [
        (np.arange(hidden.size) == at).reshape(hidden.shape).astype(int)
        for at in np.flatnonzero(hidden)
    ]


def recovered(intervals: list[tuple[float, float]]) -> int:
    return sum(low == high for low, high in intervals)


def without_shown(
    told: list[tuple[np.ndarray, int]], counts: np.ndarray, hidden: np.ndarray
) -> list[tuple[np.ndarray, int]]:
    return [(which, total - int((which * counts * ~hidden).sum())) for which, total in told]


@ANY
def test_small_counts_are_hidden_and_zeros_never(counts):
    hidden = mask(counts)
    assert hidden[(counts > 0) & (counts < K)].all()
    assert not hidden[counts == 0].any()


@ANY
def test_from_the_whole_table_no_hidden_count_or_total_is_told(counts):
    hidden = mask(counts)
    told, kept_back = answers(counts)
    assert pinned(counts, hidden, told, kept_back) == 0


@ANY
def test_from_all_filters_subtracted_no_hidden_count_is_told(counts):
    counts = counts[:6, :5]  # the pairs of lines of a large table are very many
    hidden = mask(counts)
    kept_back = answers(counts)[1]
    assert pinned(counts, hidden, all_filters(counts), each(hidden) + kept_back) == 0


@pytest.mark.parametrize("counts", REAL.values(), ids=REAL)
def test_small_counts_alone_hidden_would_be_recovered(counts):
    """The attacker can succeed: so the tests above can fail."""
    small = (counts > 0) & (counts < K)
    told = every_total(counts, small)
    assert recovered(attack(small, told, 0)) > 0
    assert pinned(counts, small, told, each(small)) >= recovered(attack(small, told, NOT_ZERO)) > 0


def test_a_filter_answered_by_itself_would_be_subtracted():
    """Suppressing each filtered table afresh is not enough."""
    counts = ADVERSARIAL["one small count"]
    whole, part = mask(counts), counts[1:]
    column = 0
    assert whole[0, column]
    assert not mask(part)[:, column].any()
    assert counts[:, column].sum() - part[:, column].sum() == 3


def widths_with_every_total(counts: np.ndarray) -> dict[tuple[int, int], tuple[float, float]]:
    """Of each hidden cell the width of its interval, and the width if every cell were hidden."""
    hidden, filled = mask(counts), counts > 0
    wide, widest = (
        {
            tuple(cell): high - low
            for cell, (low, high) in zip(
                np.argwhere(unknown).tolist(),
                attack(unknown, every_total(counts, unknown), 0),
                strict=True,
            )
        }
        for unknown in (hidden, filled)
    )
    return {cell: (wide[cell], widest[cell]) for cell in wide}


@pytest.mark.parametrize("counts", REAL.values(), ids=REAL)
def test_real_tables_withstand_one_who_has_every_total(counts):
    filled = counts > 0
    pairs = (filled.sum(axis=1, keepdims=True) > 1) & (filled.sum(axis=0) > 1)
    for cell, (width, possible) in widths_with_every_total(counts).items():
        assert width >= min(K if counts[cell] < K else 1, possible)
        assert possible >= 1 or not pairs[cell]


@FEWER
@given(arrays(int, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=st.integers(0, 12)))
def test_random_tables_withstand_one_who_has_every_total(counts):
    for cell, (width, possible) in widths_with_every_total(counts).items():
        assert width >= min(K if counts[cell] < K else 1, possible)


@SOME
@given(arrays(int, st.tuples(st.integers(1, 4), st.integers(1, 5)), elements=st.integers(0, 12)))
def test_random_tables_give_nothing_away(counts):
    hidden = mask(counts)
    told = all_filters(counts, at_once=counts.size <= 9)
    assert pinned(counts, hidden, told, each(hidden) + answers(counts)[1]) == 0
    assert hidden[(counts > 0) & (counts < K)].all()
    assert not hidden[counts == 0].any()


@SOME
@given(
    arrays(int, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.integers(0, 12)),
    st.integers(0, 1),
    st.randoms(use_true_random=False),
)
def test_room_equals_linear_programming(counts, least, chance):
    hidden = (counts > 0) & (np.array([chance.random() for _ in counts.ravel()]) < 0.7).reshape(
        counts.shape
    )
    ours = room(counts, hidden, np.ones(counts.shape, int), least=least, enough=100)
    theirs = attack(hidden, every_total(counts, hidden), least)
    assert ours[hidden].tolist() == [high - low for low, high in theirs]


@SOME
@given(
    arrays(int, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=st.integers(0, 9)),
    st.randoms(use_true_random=False),
)
def test_room_equals_linear_programming_with_totals_hidden_too(counts, chance):
    numbers = with_totals(counts)
    hidden = (numbers > 0) & (np.array([chance.random() for _ in numbers.ravel()]) < 0.5).reshape(
        numbers.shape
    )
    sign = np.ones(numbers.shape, int)
    sign[-1, :-1] = sign[:-1, -1] = -1
    ours = room(numbers, hidden, sign, least=1, enough=50)
    equations = [
        (line * sign, int((line * sign * numbers * hidden).sum())) for line in _lines(numbers.shape)
    ]
    for width, (low, high) in zip(ours[hidden], attack(hidden, equations, 1), strict=True):
        assert min(width, 50) == min(high - low, 50)


def test_widths_on_the_real_tables():
    """The narrowest interval of a hidden count, for one who knows that it is not zero."""
    narrowest = {}
    for name, counts in REAL.items():
        hidden = mask(counts)
        shown = without_shown(answers(counts)[0], counts, hidden)
        narrowest[name] = min(high - low for low, high in attack(hidden, shown, NOT_ZERO))
    assert narrowest == {
        "senators": 2,
        "regimes": 5,
        "hospitals": 2,
        "chapters": 4,
        "affairs": 6,
    }


def test_few_cells_are_hidden_in_vain():
    counts = ADVERSARIAL["one small count"]
    assert mask(counts).sum() == 4
    assert not hide(counts, np.full(counts.shape, K))[-1].any()
    assert not mask(ADVERSARIAL["nothing small"]).any()


def test_the_only_count_of_its_row_hides_totals():
    shown = published(cells(ADVERSARIAL["the only count of its row"]), "post", "type")
    totals = {row[1]: row[3] for row in shown.filter(level="row_total").iter_rows()}
    assert totals["r0"] is None
    assert list(totals.values()).count(None) >= 2


def test_thresholds_can_differ_by_type():
    counts = np.array([[7, 40, 50], [60, 7, 80], [90, 75, 66]])
    least = pl.col("type").replace_strict({"c0": 10, "c1": 5, "c2": 5})
    told = suppress(cells(counts, least=least), "post", "type", threshold="least")
    hidden = told["hidden"].to_numpy().reshape(3, 3)
    assert hidden[0, 0]
    assert not suppress(cells(counts), "post", "type")["hidden"].any()
    assert (threshold_of("B2"), threshold_of("B3"), threshold_of("C3")) == (10, 10, 10)
    assert (threshold_of("A1"), threshold_of(None)) == (5, 5)


def test_the_table_comes_back_in_its_order_with_absent_and_unknown_cells():
    table = pl.DataFrame(
        {
            "post": ["b", "a", None, "b", "a"],
            "type": ["x", "y", "x", "z", "x"],
            "n": [3, 50, 60, None, 70],
        }
    )
    told = suppress(table.lazy(), "post", "type")
    assert told.drop("hidden").equals(table)
    assert told["hidden"].to_list()[0]
    assert told["hidden"].to_list()[3] is False


def test_what_is_no_table_of_counts_is_refused():
    table = cells(np.array([[1, 2], [3, 4]]))
    with pytest.raises(ValueError, match="cells told more than once"):
        suppress(pl.concat([table, table]), "post", "type")
    with pytest.raises(ValueError, match="negative counts"):
        suppress(table.with_columns(n=-pl.col("n")), "post", "type")


def test_nothing_gives_nothing():
    empty = cells(np.zeros((0, 0), int))
    assert suppress(empty, "post", "type").columns == ["post", "type", "n", "hidden"]
    assert published(empty, "post", "type").is_empty()
    assert published(cells(np.array([[9]])), "post", "type", rows={})["count"].to_list() == [0, 0]


@pytest.mark.parametrize(
    ("part", "whole", "safe"),
    [(0, 0, True), (0, 20, True), (20, 20, True), (16, 20, False), (15, 20, True), (4, 20, False)],
)
def test_a_filter_that_leaves_out_few_is_not_answered(part, whole, safe):
    assert safe_difference(part, whole) is safe


def test_a_part_larger_than_the_whole_is_refused():
    with pytest.raises(ValueError, match="cannot be"):
        safe_difference(3, 2)


def test_export_rounds_to_five_and_stars_one_to_seven():
    n = list(range(30))
    told = publishable(pl.DataFrame({"n": n, "all": [203] * 30}), total="all")
    by_hand = [None if 1 <= x <= 7 else 5 * round(x / 5) for x in n]
    assert told["published"].to_list() == by_hand
    assert told["starred"].to_list() == [1 <= x <= 7 for x in n]
    assert told["share"].to_list() == pytest.approx([x if x is None else x / 205 for x in by_hand])
    assert publishable(pl.DataFrame({"n": [None]}, {"n": pl.Int64}))["published"].to_list() == [
        None
    ]


def test_rows_are_released_where_enough_are_alike_and_differ_in_type():
    groups = {"a": ["x"] * 4 + ["y"], "b": ["x", "y"] * 2, "c": ["x"] * 9, None: ["x"] * 4 + [None]}
    told = [(post, kind) for post, kinds in groups.items() for kind in kinds]
    rows = pl.DataFrame(told, ["post", "kind"], orient="row")
    released = anonymous(rows.lazy(), ["post"], "kind")
    by_hand = [len(groups[post]) >= 5 and len(set(groups[post]) - {None}) >= 2 for post, _ in told]
    assert released["releasable"].to_list() == by_hand
    assert sum(by_hand) == 5
    assert anonymous(rows, [], "kind")["releasable"].all()
    assert anonymous(rows.clear(), ["post"], "kind").is_empty()
