"""What changed, in sentences: never why, for the figures do not tell it."""

from collections.abc import Callable
from datetime import timedelta

import polars as pl

from metrics.catalogue import METRICS
from metrics.policy.changes import MOST_SENTENCES
from metrics.selection import Period
from metrics.text import Language, Text
from metrics.units import CASES, NOTHING, PER_CENT, Unit, day, month, number

Names = Callable[[str, str], Text]  # of a dimension and a code

NO_CHANGE = Text(
    "Tidak ada perubahan yang melampaui variasi biasa.",
    "No change goes beyond ordinary variation.",
)
SEVERE_LABEL = Text("Kasus masuk berat", "New severe cases")
CERTAINTY = {
    "clear": Text("jelas", "clear"),
    "likely": Text("kemungkinan", "likely"),
    None: Text("selalu disebut, tanpa uji", "always told, without a test"),
}
WHERE = {
    "total": Text("semua pos yang dibandingkan", "all posts compared"),
    "post": Text("pos {name}", "post {name}"),
    "place": Text("{name}", "{name}"),
    "case_type": Text("jenis {name}", "type {name}"),
    "sector": Text("sektor {name}", "sector {name}"),
}
NOT_TOLD = Text("tidak disebut", "not stated")
_UP, _DOWN = Text("naik {by} dari", "up {by} from"), Text("turun {by} dari", "down {by} from")
_SAME = Text("sama dengan", "the same as")
_POINTS = Text("poin persen", "percentage points")
_PARTS = Text(
    "; sumbangan {part} pada perubahan total {whole}",
    "; contributes {part} to the total change of {whole}",
)
_SENTENCE = Text(
    "{label}, {where} ({now}): {value}, {moved} {before} ({then}){parts}. Kepastian: {certainty}.",
    "{label}, {where} ({now}): {value}, {moved} {before} ({then}){parts}. Certainty: {certainty}.",
)


def told(changes: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of metrics.changes.ranked.changes that are told, in their order.

    First deaths and trafficking, then sure changes by their rank; at most MOST_SENTENCES.
    """
    happened = pl.col("always") & ((pl.col("current") > 0) | (pl.col("previous") > 0))
    chosen = changes.filter(happened | pl.col("certainty").is_not_null())
    order = chosen.sort("always", "rank", descending=True, nulls_last=True, maintain_order=True)
    return order.head(MOST_SENTENCES.value)


def sentences(
    changes: pl.DataFrame, period: Period, earlier: Period, names: Names | None = None
) -> list[Text]:
    """Return a sentence for each change that is told; NO_CHANGE alone if there is none.

    Each has the value, what it is compared with and both periods, what it adds to the total's
    change, and how sure it is. `names` gives the words for a code of a dimension; without it
    the code itself stands.
    """
    wholes = dict(changes.filter(dimension="total").select("metric", "contribution").iter_rows())
    rows = told(changes).rows(named=True)
    return [_sentence(row, period, earlier, names, wholes) for row in rows] or [NO_CHANGE]


def _sentence(
    row: dict, period: Period, earlier: Period, names: Names | None, wholes: dict
) -> Text:
    metric = METRICS.get(row["metric"])
    unit = metric.unit if metric else CASES
    return _SENTENCE.format(
        label=metric.label if metric else SEVERE_LABEL,
        where=_where(row, names),
        now=_window(period),
        then=_window(earlier),
        value=_both(lambda to: unit.format(row["current"], to)),
        before=_both(lambda to: unit.format(row["previous"], to)),
        moved=_moved(row["difference"], unit),
        parts=_parts(row, wholes.get(row["metric"])),
        certainty=CERTAINTY[row["certainty"]],
    )


def _both(words: Callable[[Language], str]) -> Text:
    return Text(words("id"), words("en"))


def _where(row: dict, names: Names | None) -> Text:
    member = row["member"]
    if row["dimension"] == "total":
        return WHERE["total"]
    if member is None:
        name = NOT_TOLD
    else:
        name = names(row["dimension"], member) if names else Text(member, member)
    return WHERE[row["dimension"]].format(name=name)


def _window(period: Period) -> Text:
    """Return whole months as months, other stretches as days."""
    whole = period.first.day == 1 and (period.last + timedelta(days=1)).day == 1
    write = month if whole else day

    def words(to: Language) -> str:
        first, last = write(period.first, to), write(period.last, to)
        return first if first == last else f"{first}–{last}"

    return _both(words)


def _moved(difference: float, unit: Unit) -> Text:
    if not difference:
        return _SAME
    size = abs(difference)
    by = _both(lambda to: unit.bare(size, to))
    if unit is PER_CENT:
        by = Text(f"{by.indonesian} {_POINTS.indonesian}", f"{by.english} {_POINTS.english}")
    return (_UP if difference > 0 else _DOWN).format(by=by)


def _parts(row: dict, whole: float | None) -> Text:
    """Return what the member adds to the total's change; nothing for the total, or a speed."""
    if row["dimension"] == "total" or row["contribution"] is None:
        return Text("", "")
    return _PARTS.format(
        part=_both(lambda to: _signed(row["contribution"], to)),
        whole=_both(lambda to: _signed(whole, to)),
    )


def _signed(value: float | None, to: Language) -> str:
    if value is None:
        return NOTHING
    return ("+" if value > 0 else "") + number(value, to)
