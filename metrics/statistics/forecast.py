"""An outlook of monthly series, chosen and checked by a rolling-origin back-test."""

from collections.abc import Iterator, Sequence

import polars as pl

from metrics.policy.outlook import OUTLOOK_HORIZON, OUTLOOK_MONTHS
from metrics.statistics.backtesting import Study, reach, studied
from metrics.statistics.monthly_series import unbroken


def outlook(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    time: str = "month",
    value: str = "value",
    horizon: int = OUTLOOK_HORIZON.value,
) -> pl.DataFrame:
    """Return `by`, `time`, `value`, `lower`, `upper`: the next `horizon` months of each group.

    One row of the frame is a complete month of a group: `time` a date in it, `value` a number
    of 0 or more, null for a month without a report. Only the months after a group's last gap
    count; a group with fewer than 24 of them has no outlook.

    The forecast is that of the way chosen by `backtest`. The interval reaches as far to both
    sides as the quantile of the back-test's absolute errors at that distance that is meant to
    hold 90 % (split conformal), and not below 0.

    Raises ValueError for a missing time, two rows of a group in one month, or a negative value,
    TypeError for times that are not dates. Sources: Tashman 2000 (rolling origin); Lei et al.
    2018 (split conformal).
    """
    rows = []
    for group, found in _studies(frame, by, time, value, horizon):
        trial = found.trials[found.chosen]
        reaches = reach(trial.errors)
        months = found.series.months[-horizon:]
        for month, middle, far in zip(months, trial.ahead.tolist(), reaches.tolist(), strict=True):
            rows.append((*group, month, middle, max(middle - far, 0.0), middle + far))
    told = {time: pl.Date, value: pl.Float64, "lower": pl.Float64, "upper": pl.Float64}
    return _table(rows, frame, by, told)


def backtest(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    time: str = "month",
    value: str = "value",
    horizon: int = OUTLOOK_HORIZON.value,
) -> pl.DataFrame:
    """Return `by`, `model`, `mase`, `coverage`, `origins`, `chosen`, `verdict`: each way tried.

    Frame and errors as for `outlook`. From each origin, a month in the past, every way
    forecasts the next `horizon` months from what came before. `mase` is the mean over the
    origins of the mean absolute error, scaled by that of the same month last year within what
    came before; null where the scale is 0. `coverage` is the share of values in their interval,
    where an interval knew only errors that had shown by its origin; null if too few had.

    With 36 months and 6 origins, models are tried. The verdict is "signal", and the model with
    the smallest MASE chosen, if that is at least 5 % below the MASE of every simple way, in the
    earlier half of the origins and in the later. The simple ways are the same month last year
    and, as a series without season or trend needs no model, the mean of all months, of twelve
    months, and the last month. Otherwise it is "no_signal", and the same month last year chosen.
    A tie goes to the name first in the alphabet. Source: Hyndman & Koehler 2006.
    """
    rows = [
        (*group, name, trial.mase, trial.coverage, len(trial.errors), name == found.chosen,
         found.verdict)
        for group, found in _studies(frame, by, time, value, horizon)
        for name, trial in sorted(found.trials.items())
    ]  # fmt: skip
    told = {"model": pl.String, "mase": pl.Float64, "coverage": pl.Float64, "origins": pl.Int64}
    told |= {"chosen": pl.Boolean, "verdict": pl.String}
    return _table(rows, frame, by, told)


def outlook_total(
    frame: pl.DataFrame | pl.LazyFrame,
    by: Sequence[str] = (),
    time: str = "month",
    value: str = "value",
    horizon: int = OUTLOOK_HORIZON.value,
) -> pl.DataFrame:
    """Return `by`, `months`, `model`, `verdict`, `mase`, `value`, `lower`, `upper`: the sum ahead.

    Frame, errors and ways as for `outlook`; `value` is the sum of the next `horizon` months, its
    interval from the back-test's errors of that sum, for the errors of single months are not
    independent. `months` is how long the series is.
    """
    rows = []
    for group, found in _studies(frame, by, time, value, horizon):
        trial = found.trials[found.chosen]
        middle = float(trial.ahead.sum())
        far = float(reach(trial.errors.sum(axis=1, keepdims=True))[0])
        limits = (middle, max(middle - far, 0.0), middle + far)
        said = (len(found.series.values), found.chosen, found.verdict, trial.mase)
        rows.append((*group, *said, *limits))
    told = {"months": pl.Int64, "model": pl.String, "verdict": pl.String}
    told |= dict.fromkeys(("mase", "value", "lower", "upper"), pl.Float64)
    return _table(rows, frame, by, told)


def _table(
    rows: list[tuple], frame: pl.DataFrame | pl.LazyFrame, by: Sequence[str], told: dict
) -> pl.DataFrame:
    schema = frame.lazy().collect_schema()
    groups = {column: schema[column] for column in by}
    # Without a past error there is no interval.
    return pl.DataFrame(rows, schema=groups | told, orient="row").with_columns(
        pl.selectors.float().fill_nan(None)
    )


def _studies(
    frame: pl.DataFrame | pl.LazyFrame, by: Sequence[str], time: str, value: str, horizon: int
) -> Iterator[tuple[tuple, Study]]:
    """Yield each group with its study; a group whose series is too short is left out."""
    if horizon < 1:
        raise ValueError(f"an outlook reaches at least one month ahead, not {horizon}")
    series = unbroken(frame, by, time, value)
    # A loop over aggregated series: each is one vectorised back-test.
    for part in series.partition_by(list(by) or "_all"):
        if part.height >= OUTLOOK_MONTHS.value["naive"]:
            end = part[time][-1]
            ahead = pl.date_range(
                pl.select(pl.lit(end).dt.offset_by("1mo")).item(),
                pl.select(pl.lit(end).dt.offset_by(f"{horizon}mo")).item(),
                "1mo",
                eager=True,
            )
            months = (*part[time], *ahead)
            yield part.row(0)[: len(by)], studied(tuple(part[value]), months, horizon)
