"""The likeliest gamma distribution of many rates, for many groups of counts at once."""

import numpy as np
from scipy.special import digamma, gammaln, xlogy, zeta

MOST_STEPS = 200
LARGEST_STEP = 2.0  # on the log scale, so that no step runs away from afar
NO_STEP = 1e-8  # each step squares the error, so what is left is far smaller

Numbers = np.ndarray


def likeliest(
    y: Numbers, e: Numbers, group: Numbers, mean: Numbers, shape: Numbers, largest: float
) -> tuple[Numbers, Numbers]:
    """Return mean and shape of each group's gamma distribution; shape inf if one rate does.

    One row is a member: `y` events on the exposure `e`, in the group numbered `group`; `mean`
    (events per exposure of the whole group, above 0) and `shape` are each group's start, and no
    shape is looked for above `largest`. The counts are negative binomial; the maximum of their
    likelihood is found by damped Newton steps (Levenberg 1944), all groups side by side.
    """
    counts = _Counts(y, mean[group] * e, group, len(mean))
    point = np.stack([np.zeros(len(mean)), np.log(np.clip(shape, 1e-3, 1e3))])
    top = np.log(largest)
    value, slope, bend = counts.at(point)
    damping = np.full(len(mean), 1e-3)
    done = np.zeros(len(mean), bool)
    for _ in range(MOST_STEPS):
        step = np.clip(_step(slope, bend, damping), -LARGEST_STEP, LARGEST_STEP)
        tried = point + step
        tried[1] = np.minimum(tried[1], top)
        new_value, new_slope, new_bend = counts.at(tried)
        # near the top the value no longer tells one point from the next: rounding
        better = ~done & (new_value >= value - 1e-12 * (1 + np.abs(value)))
        done |= better & (np.abs(tried - point).max(axis=0) < NO_STEP)
        done |= (better & (tried[1] >= top)) | (damping > 1e12)
        point, slope, bend = (
            np.where(better, new, old)
            for new, old in ((tried, point), (new_slope, slope), (new_bend, bend))
        )
        value = np.where(better, new_value, value)
        damping = np.where(better, damping / 10, np.maximum(damping, 1e-6) * 10)
        if done.all():
            break
    one_rate = (value <= counts.with_one_rate() + 1e-8) | (point[1] >= top)
    return (
        np.where(one_rate, mean, mean * np.exp(point[0])),
        np.where(one_rate, np.inf, np.exp(point[1])),
    )


class _Counts:
    def __init__(self, y: Numbers, at_chance: Numbers, group: Numbers, groups: int) -> None:
        self.y, self.at_chance, self.group, self.groups = y, at_chance, group, groups

    def _sums(self, *terms: Numbers) -> Numbers:
        return np.stack([np.bincount(self.group, term, self.groups) for term in terms])

    def with_one_rate(self) -> Numbers:
        """Return the log-likelihood of the Poisson distribution, up to the same constant."""
        return self._sums(xlogy(self.y, self.at_chance) - self.at_chance)[0]

    def at(self, point: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return value, slope and bend at the logs of the mean (in units of chance) and shape."""
        y = self.y
        m, a = np.exp(point[0])[self.group] * self.at_chance, np.exp(point[1])[self.group]
        both, over = a + m, y - m
        spread = np.log1p(m / a)
        value = gammaln(y + a) - gammaln(a) - a * spread + xlogy(y, m / both)
        by_shape = a * (digamma(y + a) - digamma(a) - spread - over / both)
        bend_shape = by_shape + a**2 * (
            zeta(2, y + a) - zeta(2, a) + m / (a * both) + over / both**2
        )
        [total, *sums] = self._sums(
            value,
            over * a / both,
            by_shape,
            -a * m * (a + y) / both**2,
            a * over * m / both**2,
            bend_shape,
        )
        return total, np.stack(sums[:2]), np.stack(sums[2:])


def _step(slope: Numbers, bend: Numbers, damping: Numbers) -> Numbers:
    """Return the Newton step upwards, with the curvature made negative where it is not."""
    p, q, r = -bend
    least = (p + r) / 2 - np.hypot((p - r) / 2, q)  # the smaller eigenvalue
    scale = np.abs(p) + np.abs(r) + 1e-300
    shift = damping * scale + np.maximum(0, 1e-3 * scale - least) * (least <= 0)
    p, r = p + shift, r + shift
    determinant = p * r - q**2
    return np.stack(
        [(r * slope[0] - q * slope[1]) / determinant, (p * slope[1] - q * slope[0]) / determinant]
    )
