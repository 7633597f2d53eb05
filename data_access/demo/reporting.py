"""Which months each post reported, when the file came, and the submission that stands for it."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from data_access.demo.facts import CODES, FACTS
from data_access.demo.window import MONTHS, Window, dates, stream
from metrics.policy.posts import REPORT_DUE_DAYS

DUE_DAY = REPORT_DUE_DAYS.value
LATEST_DAY = 27

# Months that never came, counted back from the last one: posts without published yearly totals,
# so that the published totals stay whole. Doha and Amman have not sent the last month.
GAPS: dict[str, tuple[int, ...]] = {
    "DOH": (0, 63),
    "AMM": (0, 31, 66),
    "KWI": (58,),
    "AUH": (77,),
    "DAM": (5, 19, 44, 45, 80, 107),
}


@dataclass(frozen=True)
class Reporting:
    """The reports that came in, as arrays of posts x months."""

    window: Window

    @cached_property
    def sent(self) -> np.ndarray:
        """Return whether a post sent a month."""
        sent = np.ones((len(CODES), MONTHS), dtype=bool)
        for code, back in GAPS.items():
            sent[CODES.index(code), [MONTHS - 1 - month for month in back]] = False
        return sent

    @cached_property
    def shown(self) -> np.ndarray:
        """Return the first sent month that can bring news of a month; -1 when none has yet."""
        shown = np.full((len(CODES), MONTHS), -1, dtype=np.int16)
        next_sent = np.full(len(CODES), -1, dtype=np.int16)
        for month in reversed(range(MONTHS)):
            next_sent = np.where(self.sent[:, month], month, next_sent)
            shown[:, month] = next_sent
        return shown

    @cached_property
    def central(self) -> np.ndarray:
        """Return the submission of Jakarta's own tables in each month: the month's first."""
        before = np.concatenate([[0], np.cumsum(self.sent.sum(axis=0) + 1)[:-1]])
        return (before + 1).astype(np.int32)

    @cached_property
    def ids(self) -> np.ndarray:
        """Return the submission of each post and month, in order of months, then posts."""
        return (self.central + np.cumsum(self.sent, axis=0)).astype(np.int32)


def submissions(
    reporting: Reporting, seed: int, scale: float, rows: dict[str, np.ndarray], central: np.ndarray
) -> pl.DataFrame:
    """Return the table of submissions, in the order of their ids.

    rows     "added" and "changed": arrays of posts x months with the rows each file brought
    central  how many rows Jakarta's own file of each month brought
    """
    rng = stream(seed, "submissions")
    window = reporting.window
    late = np.array([[FACTS[code].late] for code in CODES])
    shape = (len(CODES), MONTHS)
    day = np.where(
        rng.random(shape) < late,
        rng.integers(DUE_DAY + 1, LATEST_DAY + 1, shape),
        np.minimum(2 + rng.poisson(4, shape), DUE_DAY),
    )
    # The file of the last month cannot have come after the day on which someone looks at it.
    day[:, -1] = np.minimum(day[:, -1], 2)
    moment = rng.integers(1 * 3600, 10 * 3600, shape)
    bad = rng.poisson(0.4, shape)

    post, month = np.nonzero(reporting.sent)
    came = (window.ends[month] + day[post, month]).astype(np.int64) * 86400 + moment[post, month]
    added, changed = rows["added"][post, month], rows["changed"][post, month]
    monthly = _submissions(
        ids=reporting.ids[post, month],
        kind="monthly",
        post_code=[CODES[one] for one in post],
        month=month,
        received=came,
        added=added,
        changed=changed,
        bad=np.minimum(bad[post, month], added + changed),
        key=f"{seed}/{scale:g}",
        window=window,
    )
    months = np.arange(MONTHS)
    jakarta = _submissions(
        ids=reporting.central,
        kind="central",
        post_code=[None] * MONTHS,
        month=months,
        received=(window.ends + 1).astype(np.int64) * 86400 + 2 * 3600,
        added=central,
        changed=np.zeros(MONTHS, dtype=int),
        bad=np.zeros(MONTHS, dtype=int),
        key=f"{seed}/{scale:g}",
        window=window,
    )
    return pl.concat([monthly, jakarta]).sort("id")


def _submissions(
    *,
    ids: np.ndarray,
    kind: str,
    post_code: list[str | None],
    month: np.ndarray,
    received: np.ndarray,
    added: np.ndarray,
    changed: np.ndarray,
    bad: np.ndarray,
    key: str,
    window: Window,
) -> pl.DataFrame:
    names = [
        f"{post or 'pusat'} {str(window.first + int(one))}"
        for post, one in zip(post_code, month, strict=True)
    ]
    hashes = [hashlib.sha256(f"{key}/{name}".encode()).hexdigest() for name in names]
    return pl.DataFrame(
        {
            "id": pl.Series(ids, dtype=pl.Int32),
            "kind": kind,
            "post_code": pl.Series(post_code, dtype=pl.String),
            "period": dates(window.periods[month]),
            "received_at": pl.Series(received * 1_000_000).cast(pl.Datetime("us")),
            "file_name": [f"simulasi {name}" for name in names],
            "sha256": hashes,
            "simulated": True,
            "whole": True,
            "rows_ok": pl.Series(added + changed, dtype=pl.Int32),
            "rows_bad": pl.Series(bad, dtype=pl.Int32),
            "rows_added": pl.Series(added, dtype=pl.Int32),
            "rows_changed": pl.Series(changed, dtype=pl.Int32),
            "rows_removed": pl.Series([0] * len(names), dtype=pl.Int32),
            "undoes": pl.Series([None] * len(names), dtype=pl.Int32),
        }
    )
