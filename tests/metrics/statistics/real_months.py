"""Monthly series that statsmodels ships, in our columns."""

from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import statsmodels

NAMES = ("co2", "elnino", "elec_equip", "housing", "hours", "capacity")
_TSA = Path(statsmodels.__file__).parent / "tsa"


def months(values: object, first: date = date(2014, 1, 1)) -> pl.DataFrame:
    """Month and value, one row a value, from a first month on."""
    values = np.asarray(values, float)
    last = pl.select(pl.lit(first).dt.offset_by(f"{len(values) - 1}mo")).item()
    every = pl.date_range(first, last, "1mo", eager=True) if len(values) else []
    return pl.DataFrame(
        {"month": every, "value": pl.Series(values, dtype=pl.Float64).fill_nan(None)},
        schema_overrides={"month": pl.Date},
    )


@cache
def monthly(name: str) -> pl.DataFrame:
    """Month and value of a real series, without gaps."""
    if name in ("co2", "elnino", "elec_equip"):
        rows = import_module(f"statsmodels.datasets.{name}.data").load_pandas().data
    if name == "co2":
        by_month = rows["co2"].resample("MS").mean().interpolate()
        return months(by_month, by_month.index[0].date())
    if name == "elnino":
        return months(rows.drop(columns="YEAR").to_numpy().ravel(), date(1950, 1, 1))
    if name == "elec_equip":
        return months(rows.iloc[:, 0], date(1995, 1, 1))
    if name == "housing":
        rows = pd.read_csv(_TSA / "holtwinters/tests/results/housing-data.csv")
        return months(rows["HOUSTNSA"], date(1959, 1, 1))
    rows = pd.read_stata(_TSA / "statespace/tests/results/manufac.dta")
    return months(rows[{"hours": "hours", "capacity": "caputil"}[name]], date(1972, 1, 1))
