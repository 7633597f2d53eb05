"""A process killed with SIGKILL leaves the old state or the new one, and nothing else."""

import random
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.data_access.intake.faults.stock import (
    KILLED,
    Children,
    State,
    Stock,
    counted_anew,
    is_sound,
    sending,
    state,
)
from tests.data_access.intake.faults.watched import AFTER_COMMIT, BEFORE_COMMIT

RANDOM_KILLS = 100
AT_ONCE = 2  # copies that are worked on at the same time
REMEMBERED = {"post": "RUH", "code_list": "sector", "words": "rumah tangga", "code": "DOM"}


@dataclass(frozen=True)
class Undisturbed:
    """What a job does when it is left alone: its steps and seconds, the states around it."""

    steps: list[str]
    seconds: float
    old: State
    new: State


@dataclass(frozen=True)
class Trial:
    """Kills of one job, each on a copy of its own."""

    stock: Stock
    children: Children
    folder: Path
    job: dict[str, Any]  # as it is killed
    again: dict[str, Any]  # as it is done once more

    def undisturbed(self) -> Undisturbed:
        """Do the job without killing it."""
        with self.stock.copy() as engine:
            old = state(engine)
            (told,) = self.children.run(engine, self.job)
            found = Undisturbed(told["steps"], told["seconds"], old, state(engine))
        assert found.new != found.old
        return found

    def kills(
        self, kills: Iterable[dict[str, Any]], expected: Undisturbed
    ) -> Iterator[tuple[bool, bool]]:
        """Return of each kill whether it killed, and whether all was already done by then."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield from pool.map(lambda kill: self._kill(kill, expected), kills)

    def _kill(self, kill: dict[str, Any], expected: Undisturbed) -> tuple[bool, bool]:
        """Kill the job, see that all is as before it or as after it, and do it again."""
        with self.stock.copy() as engine:
            (told,) = self.children.run(engine, self.job | kill)
            assert told == KILLED or "steps" in told, told
            found = state(engine)
            assert found in (expected.old, expected.new)
            assert is_sound(engine, self.folder)
            (again,) = self.children.run(engine, self.again)
            assert again["already"] == (found == expected.new)
            assert counted_anew(state(engine)) == counted_anew(expected.new)
            assert is_sound(engine, self.folder)
        return told == KILLED, found == expected.new


@pytest.fixture
def jobs(files):
    """Return what is killed, by name."""
    return {
        "import": sending(files["corrected"]),
        "undo": {"do": "undo", "number": 2},
        "remember": {"do": "remember", "words": REMEMBERED},
    }


@pytest.mark.parametrize("what", ["import", "undo", "remember"])
def test_killed_before_every_statement_and_after_the_commit(stock, children, jobs, tmp_path, what):
    trial = Trial(stock, children, tmp_path, jobs[what], jobs[what])
    alone = trial.undisturbed()
    assert alone.steps.count(BEFORE_COMMIT) == alone.steps.count(AFTER_COMMIT) == 1
    over = alone.steps.index(AFTER_COMMIT)

    kills = trial.kills(({"kill_at": place} for place in range(len(alone.steps))), alone)

    for place, (was_killed, was_done) in enumerate(kills):
        assert was_killed, alone.steps[place]
        assert was_done == (place >= over), alone.steps[place]


def test_killed_at_random_moments_from_the_first_byte_read(stock, children, files, jobs, tmp_path):
    job = {"do": "import", "file": str(files["corrected"])}
    trial = Trial(stock, children, tmp_path, job, jobs["import"])
    alone = trial.undisturbed()
    chance = random.Random(4)
    moments = [chance.uniform(0, 1.1 * alone.seconds) for _ in range(RANDOM_KILLS)]

    kills = list(trial.kills(({"kill_after": moment} for moment in moments), alone))

    assert len(kills) == RANDOM_KILLS
    assert any(was_killed for was_killed, _ in kills)
