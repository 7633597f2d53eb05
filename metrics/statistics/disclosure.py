"""How narrowly the hidden cells of a table can be told from the rest and the totals."""

import numpy as np

_NO_LIMIT = 10**9


def room(
    numbers: np.ndarray,
    hidden: np.ndarray,
    sign: np.ndarray,
    *,
    least: int,
    enough: int,
) -> np.ndarray:
    """Return for each hidden cell how wide the interval of its possible counts is; 0: it is told.

    Of `sign * numbers` the sum of every row and column is known: with a sign of 1 everywhere all
    totals are published; with the totals as a last row and column of sign -1 (the grand total 1)
    each line sums to 0 and a total may be hidden too. A hidden count is a whole number of at
    least `least`. Widths are followed up to `enough` and may be given smaller than they are
    above it; cells that are shown get 0.

    Exact: one more here is one less in another cell of the line, so a cell can move by as much
    as a flow can go from its column back to its row through other hidden cells; flows of whole
    capacities are whole. Sources: Ford and Fulkerson 1956; Cox 1995 (network models for
    disclosure control). The loop is over the hidden cells of one table, at most a few hundred.
    """
    flows = _capacities(numbers, hidden, sign, least)
    widths = np.zeros(numbers.shape, int)
    for row, column in zip(*np.nonzero(hidden), strict=True):
        widths[row, column] = _width(flows, row, len(numbers) + column, enough)
    return widths


def all_have_room(
    numbers: np.ndarray,
    hidden: np.ndarray,
    sign: np.ndarray,
    wanted: np.ndarray,
    *,
    least: int,
    near: tuple[int, int],
) -> bool:
    """Return whether each hidden cell has the `wanted` width; cells in line with `near` first."""
    flows = _capacities(numbers, hidden, sign, least)
    cells = np.argwhere(hidden & (wanted > 0)).tolist()
    cells.sort(key=lambda cell: cell[0] != near[0] and cell[1] != near[1])
    return all(
        _width(flows, row, len(numbers) + column, wanted[row, column]) >= wanted[row, column]
        for row, column in cells
    )


def _capacities(
    numbers: np.ndarray, hidden: np.ndarray, sign: np.ndarray, least: int
) -> list[dict[int, int]]:
    """Return for each row, then each column, how far its cells can grow or shrink."""
    rows, columns = numbers.shape
    flows: list[dict[int, int]] = [{} for _ in range(rows + columns)]
    for row, column in zip(*(line.tolist() for line in np.nonzero(hidden)), strict=True):
        shrink = int(numbers[row, column]) - least
        grow, shrink = (_NO_LIMIT, shrink) if sign[row, column] > 0 else (shrink, _NO_LIMIT)
        flows[row][rows + column] = grow
        flows[rows + column][row] = shrink
    return flows


def _width(flows: list[dict[int, int]], row: int, column: int, enough: int) -> int:
    up = min(flows[row][column], _flow(flows, column, row, enough))
    if up >= enough:
        return up
    return up + min(flows[column][row], _flow(flows, row, column, enough - up))


def _flow(flows: list[dict[int, int]], start: int, end: int, enough: int) -> int:
    """Return the flow from start to end, not by their own edge, or any number from `enough` up."""
    left = [dict(edges) for edges in flows]
    del left[start][end], left[end][start]
    total = 0
    while total < enough and (path := _path(left, start, end)):
        steps = list(zip(path, path[1:], strict=False))
        moved = min(left[a][b] for a, b in steps)
        for a, b in steps:
            left[a][b] -= moved
            left[b][a] += moved
        total += moved
    return total


def _path(left: list[dict[int, int]], start: int, end: int) -> list[int]:
    """Return the shortest way with capacity left; empty if there is none."""
    came_from = {start: start}
    queue = [start]
    for here in queue:
        for there, capacity in left[here].items():
            if capacity > 0 and there not in came_from:
                came_from[there] = here
                if there == end:
                    way = [end]
                    while way[-1] != start:
                        way.append(came_from[way[-1]])
                    return way[::-1]
                queue.append(there)
    return []
