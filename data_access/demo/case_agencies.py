"""Which agency stands behind a case, and how often it is found at fault."""

import numpy as np

from data_access.demo.agencies import Agency
from data_access.demo.case_kinds import TYPES
from data_access.demo.draws import choose, some
from data_access.demo.facts import CODES
from data_access.demo.window import MONTHS

# Cases for one worker placed, beside those of an ordinary agency. A post with many workers hears
# of few of them, so there a bad agency must stand out more to be one at all.
TROUBLE = {"bad": 5.0, "ordinary": 1.0, "good": 0.45, "tiny": 1.0}
WORST = {"HKG": 24.0, "KUL": 14.0, "TPE": 22.0}
AT_FAULT = {"bad": 0.55, "ordinary": 0.13, "good": 0.05, "tiny": 0.1}
CLEARED = 0.22  # examined and not at fault
TINY = 0.004  # weight of a tiny agency: hardly ever a case
NAMED = {"documented": 0.82, "undocumented": 0.16, "unknown": 0.25}


class AgencyTable:
    """The agencies of all posts in one array: line a post, column an agency."""

    def __init__(self, agencies: list[Agency]) -> None:
        self.codes = [one.code for one in agencies]
        self.at_fault = np.array([AT_FAULT[one.quality] for one in agencies])
        width = max(sum(one.post == post for one in agencies) for post in range(len(CODES)))
        shape = (len(CODES), width)
        self._number = np.full(shape, -1, dtype=np.int32)
        self._since = np.full(shape, MONTHS)
        self._foreign, self._company = np.zeros(shape), np.zeros(shape)
        for post in range(len(CODES)):
            here = [(n, one) for n, one in enumerate(agencies) if one.post == post]
            for column, (number, one) in enumerate(here):
                self._number[post, column] = number
                self._since[post, column] = max(one.since, 0)
                if one.role == "p3mi":
                    self._company[post, column] = 1.0
                else:
                    trouble = TROUBLE[one.quality]
                    if one.quality == "bad":
                        trouble = WORST.get(CODES[post], trouble)
                    self._foreign[post, column] = (one.size or TINY) * trouble

    def drawn(
        self,
        rng: np.random.Generator,
        *,
        post: np.ndarray,
        kind: np.ndarray,
        named: np.ndarray,
        month: int,
    ) -> np.ndarray:
        """Return the number of the agency of each case; -1 where none is named.

        named  whether a case names its agency at all
        month  only agencies that stood on the list in that month can be named
        """
        known = self._since <= month
        foreign = self._foreign * known
        before = TYPES.index("G1")
        # What happens before departure is a matter of the Indonesian company.
        column = np.where(
            kind == before,
            choose(rng, self._company, post),
            choose(rng, foreign + 1e-12 * (self._number >= 0), post),
        )
        possible = (foreign.sum(axis=1) > 0)[post] | (kind == before)
        return np.where(named & possible, self._number[post, column], -1)

    def fault(self, rng: np.random.Generator, agency: np.ndarray) -> np.ndarray:
        """Return what was found on the agency: 0 at fault, 1 not at fault, 2 not examined."""
        chance = self.at_fault[agency]
        drawn = rng.random(len(agency))
        return np.select([drawn < chance, drawn < chance + CLEARED], [0, 1], 2)


def names_agency(rng: np.random.Generator, procedural: np.ndarray, post: np.ndarray) -> np.ndarray:
    """Return whether each case names an agency; the order is that of NAMED."""
    chance = np.array(list(NAMED.values()))[procedural]
    # Workers of the government programme have none.
    return some(rng, len(post), np.where(post == CODES.index("SEL"), 0.2 * chance, chance))
