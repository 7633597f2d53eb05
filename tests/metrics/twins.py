"""All twins of metrics together: each subject keeps its own."""

from collections.abc import Callable

from metrics.selection import Period
from tests.metrics import plain
from tests.metrics.plain import Result, Tables

PLAIN: dict[str, Callable[[Tables, Period], Result]] = {
    **plain.TWINS,
}
