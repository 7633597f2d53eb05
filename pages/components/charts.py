"""The charts of the screens: a metric and a selection in, a figure with its table out."""

from datetime import timedelta

import streamlit as st

from metrics.catalogue import METRICS
from metrics.milestones import closed_by_day
from metrics.selection import Period, Selection
from metrics.text import Text
from metrics.units import number
from pages.components import loaders, panels
from pages.components.columns import LABELS, code_list
from pages.components.language import language, say
from pages.figures.bars import OF_ALL, bars
from pages.figures.heat import heat
from pages.figures.intervals import intervals
from pages.figures.survival import resolution_curves
from pages.figures.trend import Series, monthly_bars

FLOW = Text("Kasus masuk dan ditutup per bulan", "Cases reported and closed a month")
REPORTED, CLOSED = Text("masuk", "reported"), Text("ditutup", "closed")
ROSE = Text(
    "Kasus masuk {opened}, ditutup {closed}; kasus terbuka bertambah {difference}",
    "{opened} cases came in, {closed} were closed; open cases grew by {difference}",
)
FELL = Text(
    "Kasus masuk {opened}, ditutup {closed}; kasus terbuka berkurang {difference}",
    "{opened} cases came in, {closed} were closed; open cases fell by {difference}",
)
STAYED = Text(
    "Kasus masuk {opened}, ditutup {closed}; kasus terbuka tetap",
    "{opened} cases came in, {closed} were closed; open cases stayed the same",
)
ANSWER = Text(
    "**{open} kasus terbuka, {old} di antaranya lebih dari setahun.** {severe} kasus berat: "
    "{overdue} melewati batas waktu, {unlimited} tanpa batas waktu (TPPO dan proses hukum).",
    "**{open} cases are open, {old} of them for more than a year.** {severe} are severe: "
    "{overdue} are overdue, {unlimited} have no time limit (trafficking and court cases).",
)
DEMAND = Text("Lowongan disahkan per bulan", "Verified vacancies a month")
FORMAL = Text("formal (berbadan hukum)", "formal (legal entity)")
INFORMAL = Text("informal (perseorangan)", "informal (individual)")
DEMAND_FOUND = Text(
    "{share} dari {total} lowongan disahkan adalah formal (tanpa awak kapal)",
    "{share} of {total} verified vacancies are formal (without ship crew)",
)
ALL_CASES = Text("Semua kasus", "All cases")


def nothing(metric: str, selection: Selection) -> bool:
    """Say so and return True when a count is zero for the whole selection."""
    [row] = loaders.measured(metric, selection).rows(named=True)
    if row["n"]:
        return False
    panels.show_empty()
    return True


def show_answer(selection: Selection) -> None:
    """Show the state in one sentence."""
    [severe] = loaders.measured("severe_open", selection).rows(named=True)
    [overdue] = loaders.measured("overdue_severe_cases", selection).rows(named=True)
    ages = loaders.open_ages(selection)
    counts = {
        "open": ages["n"].sum(),
        "old": ages["n"][-1],
        "severe": severe["value"],
        "overdue": overdue["value"],
        "unlimited": severe["value"] - overdue["n"],
    }
    told = {name: number(count, language()) for name, count in counts.items()}
    st.markdown(say(ANSWER.format(**told)))


def show_flow(selection: Selection) -> None:
    """Show cases reported and closed month by month."""
    flow = loaders.flow(selection)
    opened, closed = (int(flow[column].sum()) for column in ("opened", "closed"))
    # Not opened less closed: a reopened case is open again without being new.
    moved = _open_at_end(selection) - _open_at_end(_until_before(selection))
    text = ROSE if moved > 0 else FELL if moved < 0 else STAYED
    found = text.format(
        opened=number(opened, language()),
        closed=number(closed, language()),
        difference=number(abs(moved), language()),
    )
    context = panels.context()
    figure = monthly_bars(
        flow,
        series=[Series("opened", REPORTED, context.palette.ordinary)],
        line=Series("closed", CLOSED, context.palette.primary),
        posts=loaders.reporting_by_month(selection),
        of_posts=loaders.how_many_posts(selection),
        title=say(found),
        measure=FLOW,
        context=context,
    )
    panels.show_figure(figure, key="flow", table=flow)


def _open_at_end(selection: Selection) -> int:
    [value] = loaders.measured("open_cases", selection)["value"]
    return int(value or 0)


def _until_before(selection: Selection) -> Selection:
    """Return the selection as of the day before its period begins."""
    day = selection.period.first - timedelta(days=1)
    return Selection(Period(day, day), selection.wanted)


def show_bars(metric: str, column: str, selection: Selection) -> None:
    """Show a count by the codes of one column; one post stands beside the others."""
    shown = _beside_others(column, selection)
    measured = loaders.measured(metric, shown, (column,))
    figure = bars(
        measured,
        metric=METRICS[metric],
        code_list=code_list(column),
        dimension=LABELS[column],
        context=panels.context(shown),
        highlight=panels.chosen(column, selection),
    )
    panels.show_figure(figure, key=f"{metric}_{column}", table=measured, metric=METRICS[metric])


def show_intervals(metric: str, column: str, selection: Selection) -> None:
    """Show a value with its interval by the codes of one column, beside the overall value."""
    shown = _beside_others(column, selection)
    measured = loaders.measured(metric, shown, (column,))
    [overall] = loaders.measured(metric, shown)["value"]
    figure = intervals(
        measured,
        overall=overall,
        metric=METRICS[metric],
        code_list=code_list(column),
        context=panels.context(shown),
        highlight=panels.chosen(column, selection),
    )
    panels.show_figure(figure, key=f"{metric}_{column}", table=measured, metric=METRICS[metric])


def _beside_others(column: str, selection: Selection) -> Selection:
    """Return the selection without the filter on the place where posts are compared.

    A post alone in a chart would be compared with itself.
    """
    return loaders.everywhere(selection) if column in loaders.PLACES else selection


def show_heat(metric: str, columns: tuple[str, str], selection: Selection) -> None:
    """Show a count by two columns as a table of colours."""
    measured = loaders.measured(metric, selection, columns)
    if panels.on_a_phone():  # twelve columns do not fit: the table does
        st.markdown(f"**{say(METRICS[metric].label)}**")
        panels.show_table(measured, METRICS[metric])
        return
    lists = (code_list(columns[0]), code_list(columns[1]))
    figure = heat(measured, metric=METRICS[metric], lists=lists, context=panels.context())
    panels.show_figure(figure, key=f"{metric}_heat", table=measured, metric=METRICS[metric])


def show_curves(selection: Selection) -> None:
    """Show how fast cases are closed."""
    curve = loaders.resolution_curve(selection)
    [median] = loaders.measured("median_resolution_days", selection).rows(named=True)
    figure = resolution_curves({say(ALL_CASES): curve}, median=median, context=panels.context())
    table = closed_by_day(curve)
    panels.show_figure(figure, key="curves", table=table, metric=METRICS["resolved_within_90"])


def show_ages(selection: Selection) -> None:
    """Show the open cases by age."""
    measured = loaders.open_ages(selection)
    figure = bars(
        measured,
        metric=METRICS["open_cases"],
        code_list="age_band",
        dimension=LABELS["age_band"],
        context=panels.context(),
        in_order=True,
        finding=OF_ALL,
    )
    panels.show_figure(figure, key="ages", table=measured, metric=METRICS["open_cases"])


def show_demand(selection: Selection) -> None:
    """Show verified vacancies month by month, formal and informal."""
    months = loaders.demand_by_month(selection)
    formal, informal = (int(months[column].sum()) for column in ("formal", "informal"))
    total = formal + informal
    found = DEMAND_FOUND.format(
        share=number(100 * formal / total if total else None, language(), 1) + "%",
        total=number(total, language()),
    )
    context = panels.context()
    figure = monthly_bars(
        months,
        series=[
            Series("formal", FORMAL, context.palette.primary),
            Series("informal", INFORMAL, context.palette.ordinary),
        ],
        posts=loaders.reporting_by_month(selection),
        of_posts=loaders.how_many_posts(selection),
        title=say(found),
        measure=DEMAND,
        context=context,
    )
    panels.show_figure(figure, key="demand", table=months)
