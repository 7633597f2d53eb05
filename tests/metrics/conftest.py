"""Compares with oracles, and prints at the end how far from each we were at most."""

from collections.abc import Callable

import numpy as np
import pytest

LARGEST = pytest.StashKey[dict[tuple[str, str], tuple[float, int]]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LARGEST] = {}


@pytest.fixture
def agree(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Assert that two columns are equal to a tolerance, null where the oracle has NaN."""
    largest = request.config.stash[LARGEST]

    def check(what: str, oracle: str, ours, theirs, *, within=1e-9, relative=False) -> None:  # noqa: ANN001
        ours, theirs = np.asarray(ours, float), np.asarray(theirs, float)
        assert ours.shape == theirs.shape
        np.testing.assert_array_equal(np.isnan(ours), np.isnan(theirs))
        known = ~np.isnan(ours)
        difference = np.abs(ours - theirs)[known]
        if relative:
            difference = difference / np.abs(theirs[known])
        assert np.all(difference <= within), (what, oracle, difference.max())
        before, numbers = largest.get((what, oracle), (0.0, 0))
        largest[what, oracle] = max(before, difference.max(initial=0.0)), numbers + known.sum()

    return check


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    largest = config.stash[LARGEST]
    if not largest:
        return
    terminalreporter.section("largest difference from each oracle")
    for (what, oracle), (difference, numbers) in sorted(largest.items()):
        terminalreporter.line(f"{what:32} {oracle:48} {difference:8.1e}  of {numbers:6} numbers")
