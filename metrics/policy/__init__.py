"""Every value that is a choice and not a fact, each with its reason; a module for each subject.

Leadership must approve them; the definitions screen lists them. Change them only here.
"""

from types import ModuleType
from typing import Any

from metrics.policy import (
    agencies,
    agency_certainty,
    changes,
    comparison,
    demand,
    handling,
    numbers,
    outlook,
    posts,
    privacy,
    quality,
    signals,
)
from metrics.policy.declaration import Policy


def _of(module: ModuleType) -> tuple[Policy[Any], ...]:
    return tuple(value for value in vars(module).values() if isinstance(value, Policy))


POLICIES: tuple[Policy[Any], ...] = tuple(
    policy
    for module in (
        handling,
        posts,
        numbers,
        agencies,
        agency_certainty,
        changes,
        comparison,
        demand,
        outlook,
        privacy,
        quality,
        signals,
    )
    for policy in _of(module)
)
