"""Real data sets that lifelines, scikit-survival and statsmodels ship, in our columns."""

from functools import cache

import lifelines.datasets as lifelines
import numpy as np
import pandas as pd
import polars as pl
import sksurv.datasets as sksurv
import statsmodels.datasets as statsmodels


def frame(**columns: object) -> pl.DataFrame:
    return pl.DataFrame({name: np.asarray(values) for name, values in columns.items()})


def _sksurv(name: str, group: str) -> pl.DataFrame:
    patients, ends = getattr(sksurv, f"load_{name}")()
    ended, days = ends.dtype.names
    groups = patients[group].astype(str)
    return frame(group=groups, days=ends[days], closed=ends[ended].astype(bool))


def _lifelines(name: str, group: str, days: str, closed: str) -> pl.DataFrame:
    rows = getattr(lifelines, f"load_{name}")()
    return frame(group=rows[group].astype(str), days=rows[days], closed=rows[closed].astype(bool))


DURATIONS = {
    "dd": lambda: _lifelines("dd", "un_continent_name", "duration", "observed"),
    "flchain": lambda: _sksurv("flchain", "flc.grp"),
    "gbsg2": lambda: _sksurv("gbsg2", "tgrade"),
    "larynx": lambda: _lifelines("larynx", "Stage_IV", "time", "death"),
    "lung": lambda: _lifelines("lung", "inst", "time", "status"),
    "senators": lambda: _lifelines(
        "canadian_senators", "Province / Territory", "diff_days", "observed"
    ),
    "veterans": lambda: _sksurv("veterans_lung_cancer", "Celltype"),
    "waltons": lambda: _lifelines("waltons", "group", "T", "E"),
    "whas500": lambda: _sksurv("whas500", "cvd"),
}


@cache
def durations(name: str) -> pl.DataFrame:
    """Group, days, closed."""
    return DURATIONS[name]()


@cache
def kinds(name: str) -> pl.DataFrame:
    """Group, days, closed, and the kind within which groups can be compared."""
    rows, column = {
        "dd": lambda: (lifelines.load_dd(), "regime"),
        "flchain": lambda: (sksurv.load_flchain()[0], "sex"),
        "gbsg2": lambda: (sksurv.load_gbsg2()[0], "horTh"),
        "larynx": lambda: (lifelines.load_larynx(), "Stage_II"),
        "lung": lambda: (lifelines.load_lung(), "sex"),
        "veterans": lambda: (sksurv.load_veterans_lung_cancer()[0], "Treatment"),
        "whas500": lambda: (sksurv.load_whas500()[0], "gender"),
    }[name]()
    return durations(name).with_columns(kind=pl.Series(rows[column].astype(str).to_numpy()))


@cache
def delayed(name: str) -> pl.DataFrame:
    """Days, closed, entry: people who could be seen only from an age on."""
    if name == "psychiatric":
        rows = lifelines.load_psychiatric_patients()
        return frame(days=rows["Age"] + rows["T"], closed=rows["C"] == 1, entry=rows["Age"])
    if name == "aids":
        rows = lifelines.load_multicenter_aids_cohort_study()
        return frame(days=rows["T"], closed=rows["D"] == 1, entry=rows["W"])
    if name == "lung":
        rows = lifelines.load_lung()
        born = rows["age"] * 365
        return frame(days=born + rows["time"], closed=rows["status"] == 1, entry=born)
    rows, ends = sksurv.load_gbsg2()
    born = rows["age"] * 365
    return frame(days=born + ends["time"], closed=ends["cens"], entry=born)


@cache
def ways_of_ending(name: str) -> pl.DataFrame:
    """Days and outcome, a number from 1; 0 is open."""
    if name == "flchain":
        rows, ends = (table[:1500] for table in sksurv.load_flchain())  # the oracle is slow
        codes = pd.factorize(rows["chapter"].astype(object))[0] + 1
        return frame(days=ends["futime"], outcome=np.where(ends["death"], codes, 0))
    if name == "senators":
        rows = lifelines.load_canadian_senators()
        codes = pd.factorize(rows["reason"])[0] + 1
        return frame(days=rows["diff_days"], outcome=np.where(rows["observed"], codes, 0))
    _, ends = getattr(sksurv, f"load_{name}")()
    return frame(days=ends["ftime"], outcome=ends["status"])


@cache
def rates(name: str) -> pl.DataFrame:
    """Events and exposure, by group."""
    if name == "cancer":
        rows = statsmodels.cancer.load_pandas().data
        return frame(events=rows["cancer"].astype(int), exposure=rows["population"])
    if name == "visits":
        rows = statsmodels.randhie.load_pandas().data.groupby("disea")["mdvis"]
        return frame(events=rows.sum(), exposure=rows.count())
    if name == "dd":
        rows = lifelines.load_dd().groupby("un_region_name")
        return frame(events=rows["observed"].sum(), exposure=rows["duration"].sum())
    rows = (
        durations(name)
        .group_by("group")
        .agg(events=pl.col("closed").sum().cast(pl.Int64), exposure=pl.col("days").sum())
    )
    return rows.filter(pl.col("exposure") > 0).sort("group").drop("group")


@cache
def shares(name: str) -> pl.DataFrame:
    """Successes and trials, by group."""
    if name == "star98":
        rows = statsmodels.star98.load_pandas().data
        return frame(successes=rows["NABOVE"], trials=rows["NABOVE"] + rows["NBELOW"])
    grouped = (
        durations(name).group_by("group").agg(successes=pl.col("closed").sum(), trials=pl.len())
    )
    return grouped.sort("group").drop("group").cast(pl.Int64)


@cache
def series(name: str) -> np.ndarray:
    """A series of equally spaced values."""
    if name == "elnino":
        return statsmodels.elnino.load_pandas().data.drop(columns="YEAR").to_numpy().ravel()[:240]
    column = {"nile": "volume", "sunspots": "SUNACTIVITY", "macrodata": "infl"}.get(name)
    rows = getattr(statsmodels, name).load_pandas().data
    if name == "strikes":
        return rows["duration"].to_numpy()
    return rows[column].to_numpy()
