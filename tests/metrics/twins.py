"""All twins of metrics together: each subject keeps its own."""

from collections.abc import Callable

from metrics.selection import Period
from tests.metrics import (
    plain,
    plain_agencies,
    plain_demand,
    plain_duties,
    plain_flow,
    plain_outlook,
    plain_quality,
    plain_resolution,
    plain_standing,
)
from tests.metrics.plain import Result, Tables

PLAIN: dict[str, Callable[[Tables, Period], Result]] = {
    **plain.TWINS,
    **plain_agencies.TWINS,
    **plain_resolution.TWINS,
    **plain_standing.TWINS,
    **plain_duties.TWINS,
    **plain_quality.TWINS,
    **plain_demand.TWINS,
    **plain_flow.TWINS,
    **plain_outlook.TWINS,
}
