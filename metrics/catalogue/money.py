"""What the cases were about in money: claimed, got back, still outstanding."""

from collections.abc import Sequence

import polars as pl

from metrics.catalogue.tally import check, tally
from metrics.cohorts import closed, reported, still_open
from metrics.frames import Rows
from metrics.metric import Metric
from metrics.money import (
    CLAIMED,
    CLAIMED_OF_CLOSED,
    RECOVERED,
    in_rupiah,
)
from metrics.selection import Period
from metrics.text import Text
from metrics.units import PER_CENT, RUPIAH

_SOURCE = "UU 18/2017 art. 21"
_LEFT_OUT = Text(
    "Jumlah tanpa mata uang atau kurs bulannya tidak dihitung dan ada di daftar tersendiri.",
    "Amounts without a currency or the rate of their month are left out and listed apart.",
)


def _sum(cases: pl.LazyFrame, rows: Rows, by: Sequence[str], amount: str, day: str) -> pl.DataFrame:
    check(cases, by)
    told = in_rupiah(cases, rows.fx_rates, amount, day)
    convertible = pl.col("rupiah").count()
    # Where every amount had to be left out the sum is not known; without any amount it is zero.
    value = pl.when((convertible > 0) | (pl.len() == 0)).then(pl.sum("rupiah"))
    return tally(told, by, value, n=convertible)


def _recovered_idr(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return _sum(closed(rows, period), rows, by, *RECOVERED)


def _claimed_idr(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return _sum(reported(rows, period), rows, by, *CLAIMED)


def _outstanding_idr(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    return _sum(still_open(rows, period), rows, by, *CLAIMED)


def _recovered_share(rows: Rows, period: Period, by: Sequence[str]) -> pl.DataFrame:
    cases = closed(rows, period).filter(pl.col("amount_claimed") > 0)
    check(cases, by)
    # One rate for both amounts of a case: a moving rate must not look like money won or lost.
    claimed = in_rupiah(cases, rows.fx_rates, *CLAIMED_OF_CLOSED, name="claimed")
    both = in_rupiah(
        claimed.with_columns(pl.col("amount_recovered").fill_null(0)),
        rows.fx_rates,
        *RECOVERED,
        name="recovered",
    ).filter(pl.col("claimed").is_not_null())
    parts = [pl.sum(part).cast(pl.Float64) for part in ("recovered", "claimed")]
    return tally(both, by, pl.when(parts[1] > 0).then(parts[0] / parts[1]))


RECOVERED_IDR = Metric(
    name="recovered_idr",
    label=Text("Hak keuangan diperoleh", "Money recovered"),
    definition=Text(
        "Jumlah hak keuangan yang diperoleh PMI dari kasus yang selesai atau ditutup dalam "
        "periode, dalam rupiah.",
        "Money that workers got back in the cases resolved or closed in the period, in rupiah.",
    ),
    formula=Text(
        "Jumlah hak yang diperoleh tiap kasus dikali kurs bulan kasus itu ditutup.",
        "Sum of what each case recovered times the rate of the month in which it was closed.",
    ),
    limits=Text(
        _LEFT_OUT.indonesian + " Kurs ikut mengubah angka ini, dan satu kasus dapat mendominasi.",
        _LEFT_OUT.english + " Rates of exchange move this figure, and one case can dominate it.",
    ),
    source=_SOURCE,
    unit=RUPIAH,
    time_base="closed",
    better="neither",
    counted=Text("kasus dengan hak diperoleh terisi", "cases with the amount recovered told"),
    compute=_recovered_idr,
    comparison="untested",
    of_nothing=0,
)
CLAIMED_IDR = Metric(
    name="claimed_idr",
    label=Text("Hak keuangan dituntut", "Money claimed"),
    definition=Text(
        "Jumlah hak keuangan yang dituntut dalam kasus yang dilaporkan dalam periode, dalam "
        "rupiah.",
        "Money claimed in the cases reported in the period, in rupiah.",
    ),
    formula=Text(
        "Jumlah tuntutan tiap kasus dikali kurs bulan kasus itu dilaporkan.",
        "Sum of the claim of each case times the rate of the month in which it was reported.",
    ),
    limits=Text(
        _LEFT_OUT.indonesian + " Tuntutan adalah keterangan pengadu dan belum tentu terbukti.",
        _LEFT_OUT.english + " A claim is what the complainant says; it need not be proven.",
    ),
    source=_SOURCE,
    unit=RUPIAH,
    time_base="opened",
    better="neither",
    counted=Text("kasus dengan tuntutan terisi", "cases with a claim told"),
    compute=_claimed_idr,
    comparison="untested",
    of_nothing=0,
)
OUTSTANDING_IDR = Metric(
    name="outstanding_idr",
    label=Text("Hak keuangan masih dituntut", "Money outstanding"),
    definition=Text(
        "Jumlah hak keuangan yang dituntut dalam kasus yang masih terbuka pada hari terakhir "
        "periode, dalam rupiah.",
        "Money claimed in the cases still open on the last day of the period, in rupiah.",
    ),
    formula=Text(
        "Jumlah tuntutan tiap kasus terbuka dikali kurs bulan kasus itu dilaporkan.",
        "Sum of the claim of each open case times the rate of the month in which it was reported.",
    ),
    limits=Text(
        _LEFT_OUT.indonesian + " Bagian yang sudah diperoleh sebelum kasus ditutup tidak "
        "dikurangkan.",
        _LEFT_OUT.english + " What was recovered before a case is closed is not taken off.",
    ),
    source=_SOURCE,
    unit=RUPIAH,
    time_base="stock",
    better="neither",
    counted=Text("kasus terbuka dengan tuntutan terisi", "open cases with a claim told"),
    compute=_outstanding_idr,
    comparison="untested",
    of_nothing=0,
)
RECOVERED_SHARE = Metric(
    name="recovered_share",
    label=Text("Porsi hak keuangan diperoleh", "Share of money recovered"),
    definition=Text(
        "Hak keuangan yang diperoleh, dibanding yang dituntut, dari kasus yang selesai atau "
        "ditutup dalam periode dan punya tuntutan.",
        "Money recovered against money claimed, of the cases with a claim that were resolved or "
        "closed in the period.",
    ),
    formula=Text(
        "Jumlah hak diperoleh dibagi jumlah tuntutan, keduanya dengan kurs bulan penutupan. "
        "Isian kosong berarti tidak ada hak yang tercatat diperoleh. Tanpa selang karena "
        "beberapa kasus besar menentukan angkanya.",
        "Sum recovered divided by sum claimed, both at the rate of the month of closing. An empty "
        "entry means that nothing was recorded as recovered. No interval, because a few large "
        "cases decide the figure.",
    ),
    limits=Text(
        _LEFT_OUT.indonesian + " Tuntutan yang terlalu tinggi menurunkan angka ini.",
        _LEFT_OUT.english + " Claims that are too high lower this figure.",
    ),
    source=_SOURCE,
    unit=PER_CENT,
    time_base="closed",
    better="higher",
    counted=Text("kasus ditutup dengan tuntutan", "closed cases with a claim"),
    compute=_recovered_share,
    comparison="untested",
)
METRICS = (RECOVERED_IDR, CLAIMED_IDR, OUTSTANDING_IDR, RECOVERED_SHARE)
