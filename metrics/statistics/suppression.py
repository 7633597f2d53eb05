"""Which cells of a table of counts to hide, so that no hidden one can be computed."""

import numpy as np

from metrics.statistics.disclosure import all_have_room, room


def with_totals(counts: np.ndarray) -> np.ndarray:
    """Return the table with its totals as a last row and a last column."""
    rows = np.column_stack([counts, counts.sum(axis=1)])
    return np.vstack([rows, rows.sum(axis=0)])


def hide(counts: np.ndarray, fewest: np.ndarray) -> np.ndarray:
    """Return which cells, and which totals (last row, last column), must not be shown.

    `counts` are whole numbers, `fewest` the smallest count of each cell that may be shown;
    zeros are always shown, and no other cell is hidden among them. Hidden are small counts;
    then others, until each line has none or two that cannot be told apart, and until an
    attacker's interval for each hidden count is wide. Two attackers are withstood: one who
    has every total, wherever any hiding of cells can withstand him at all; and one who has
    the totals shown and knows that a hidden count is not zero. The interval of a small count
    is as wide as `fewest`, or as wide as hiding every cell would make it; that of another
    hidden count is at least 1 wide. Totals are hidden when they are small themselves, or when
    no hiding of cells helps (the only count of its row). At last cells hidden in vain are shown.

    Source: Cox 1980, 1995; Willenborg and de Waal 2001 (secondary suppression, audit).
    """
    table = _Table(counts, fewest)
    hidden = table.paired(table.small.copy())
    totals = None  # a total that gets hidden must have room as well
    while totals != (totals := int((hidden & table.totals).sum())):
        hidden = table.widened(table.opened_by_totals(hidden))
    return table.shown_again(hidden)


class _Table:
    """A table with its totals, and what is wanted of its hidden cells."""

    def __init__(self, counts: np.ndarray, fewest: np.ndarray) -> None:
        self.counts = counts
        self.numbers = with_totals(counts)
        limits = np.pad(fewest, (0, 1), constant_values=np.iinfo(np.int64).max)
        limits[:-1, -1], limits[-1, :-1] = fewest.min(axis=1), fewest.min(axis=0)
        limits[-1, -1] = fewest.min()
        self.small = (self.numbers > 0) & (self.numbers < limits)
        self.filled = self.numbers > 0
        self.totals = np.zeros(self.numbers.shape, bool)
        self.totals[-1, :] = self.totals[:, -1] = True
        self.sign = np.where(self.totals, -1, 1)
        self.sign[-1, -1] = 1
        self.goal = np.where(self.small, limits, 1)
        all_totals = np.where(self.filled & ~self.totals, self.goal, 0)[:-1, :-1]
        self.wanted_inside = np.minimum(
            all_totals, self._room_inside(self.filled[:-1, :-1], all_totals.max(initial=0))
        )
        self.wanted = self.goal

    def _room_inside(self, hidden: np.ndarray, enough: int) -> np.ndarray:
        sign = np.ones(self.counts.shape, int)
        return room(self.counts, hidden, sign, least=0, enough=enough)

    def _room(self, hidden: np.ndarray) -> np.ndarray:
        enough = self.goal[hidden].max(initial=1)
        return room(self.numbers, hidden, self.sign, least=1, enough=enough)

    def paired(self, hidden: np.ndarray) -> np.ndarray:
        """Hide the best further cell of each line that needs one, until none does."""
        while lines := self._alone(hidden):
            hidden[self._best(hidden, *lines[0])] = True  # it may be the pair of others as well
        return hidden

    def _alone(self, hidden: np.ndarray) -> list[tuple[int, int]]:
        """Return the lines (axis, number) whose hidden cell is told by the rest of the line."""
        found = []
        for axis in (0, 1):
            told, filled = (t if axis == 0 else t.T for t in (hidden, self.filled))
            inside = told[:, :-1].sum(axis=1)
            pair = filled[:, :-1].sum(axis=1) > 1
            alone = (told.sum(axis=1) == 1) | ((inside == 1) & pair)
            alone[-1] = told[-1].sum() == 1  # the line of totals: the grand total is one of them
            found += [(axis, line) for line in np.flatnonzero(alone).tolist()]
        return found

    def _best(self, hidden: np.ndarray, axis: int, line: int) -> tuple[int, int]:
        """Return the cell to hide next in a line: no total, one that pairs up, a small count."""
        cells = [(line, i) if axis == 0 else (i, line) for i in range(self.numbers.shape[1 - axis])]
        free = [cell for cell in cells if self.filled[cell] and not hidden[cell]]
        return min(free, key=lambda cell: self._cost(hidden, cell))

    def _cost(self, hidden: np.ndarray, cell: tuple[int, int]) -> tuple:
        row, column = cell
        is_total = (row == len(hidden) - 1) + (column == hidden.shape[1] - 1)
        pairs = bool(hidden[row].any()) + bool(hidden[:, column].any())
        return is_total, -pairs, int(self.numbers[cell]), row, column

    def opened_by_totals(self, hidden: np.ndarray) -> np.ndarray:
        """Hide totals where the cells, even all of them, do not keep a hidden count from being
        told."""
        while True:
            everything = hidden | (self.filled & ~self.totals)
            possible = self._room(everything)
            told = np.argwhere(hidden & (possible == 0))
            if not len(told):
                self.wanted = np.minimum(self.goal, possible)
                return hidden
            row, column = told[0].tolist()
            own = [(row, hidden.shape[1] - 1), (len(hidden) - 1, column)]
            rest = [tuple(cell) for cell in np.argwhere(self.totals).tolist()]
            open_totals = (
                [c for c in cells if not hidden[c] and self.filled[c]] for cells in (own, rest)
            )
            best = next(cells for cells in open_totals if cells)
            hidden[min(best, key=lambda cell: self._cost(hidden, cell))] = True
            hidden = self.paired(hidden)

    def widened(self, hidden: np.ndarray) -> np.ndarray:
        """Hide more cells until each hidden one has the room it can get."""
        while len(tight := self._tight(hidden)):
            for row, column in tight:
                if not hidden[row, column]:
                    continue
                more = self._more(hidden, row, column)
                if more is not None:
                    hidden[more] = True
            hidden = self.paired(hidden)
        return hidden

    def _tight(self, hidden: np.ndarray) -> list[tuple[int, int]]:
        inside = hidden[:-1, :-1]
        narrow = hidden & (self._room(hidden) < self.wanted)
        wide = self._room_inside(inside, self.wanted_inside.max(initial=0))
        narrow[:-1, :-1] |= inside & (wide < self.wanted_inside)
        return [tuple(cell) for cell in np.argwhere(narrow).tolist()]

    def _more(self, hidden: np.ndarray, row: int, column: int) -> tuple[int, int] | None:
        """Return the next cell to hide for a tight one: of its own lines, else of any."""
        free = self.filled & ~self.totals & ~hidden
        cells = [tuple(cell) for cell in np.argwhere(free).tolist()]
        own = [cell for cell in cells if cell[0] == row or cell[1] == column]
        return min(own or cells, key=lambda cell: self._cost(hidden, cell), default=None)

    def shown_again(self, hidden: np.ndarray) -> np.ndarray:
        """Show each further cell that need not be hidden: totals first, then large counts."""
        cells = [tuple(cell) for cell in np.argwhere(hidden & ~self.small).tolist()]
        cells.sort(key=lambda cell: (not self.totals[cell], -self.numbers[cell]))
        for cell in cells:
            hidden[cell] = False
            if not self._stands(hidden, cell):
                hidden[cell] = True
        return hidden

    def _stands(self, hidden: np.ndarray, near: tuple[int, int]) -> bool:
        inside = hidden[:-1, :-1]
        ones = np.ones(self.counts.shape, int)
        return (
            not self._alone(hidden)
            and all_have_room(self.counts, inside, ones, self.wanted_inside, least=0, near=near)
            and all_have_room(self.numbers, hidden, self.sign, self.wanted, least=1, near=near)
        )
