"""How the year bends the work of a post: Idul Fitri, weekends, the closed borders of 2020-2021."""

from datetime import date

import numpy as np

from metrics.demand.lebaran import feasts

# As days since 1970, between two that are never reached: a drawn closing can lie centuries ahead.
_FEASTS = np.array(feasts(date(2000, 1, 1), date(2070, 12, 31)), "datetime64[D]").astype(int)
IDUL_FITRI = np.array([-(2**40), *_FEASTS, 2**40])
BEFORE, AFTER = 7, 10  # days around it in which offices stand half still

FRIDAY_SATURDAY = (4, 5)
SATURDAY_SUNDAY = (5, 6)
UAE_CHANGED = np.datetime64("2022-01-01", "D").astype(int)  # it moved its weekend that day

# Share of a usual month in which workers arrived. Borders closed in April 2020 and opened bit by
# bit; the year's total is the published one, this only spreads it over the months.
ARRIVALS_2020 = (2.4, 2.2, 1.6, 0.2, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0, 0.9)
ARRIVALS_2021 = (0.6, 0.6, 0.7, 0.8, 0.8, 1.0, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5)


def lebaran(days: np.ndarray) -> np.ndarray:
    """Return for each day whether it lies in the weeks around Idul Fitri."""
    following = np.searchsorted(IDUL_FITRI, days)
    until, since = IDUL_FITRI[following] - days, days - IDUL_FITRI[following - 1]
    return (until <= BEFORE) | (since <= AFTER)


def resting(days: np.ndarray, post_codes: np.ndarray) -> np.ndarray:
    """Return for each day and post whether the office is closed for the weekend."""
    weekday = (days + 3) % 7  # day 0, 1 January 1970, was a Thursday
    gulf = np.isin(post_codes, ("RUH", "JED", "KWI", "DOH", "DAM", "AMM")) | (
        (post_codes == "AUH") & (days < UAE_CHANGED)
    )
    return np.where(gulf, np.isin(weekday, FRIDAY_SATURDAY), np.isin(weekday, SATURDAY_SUNDAY))


def arrivals(year: int) -> np.ndarray:
    """Return how a year's arrivals spread over its twelve months; the shares add up to 1."""
    first = np.arange(f"{year}-01", f"{year + 1}-01", dtype="datetime64[M]")
    weights = np.ones(12)
    for month in range(12):
        days = np.arange(first[month].astype("datetime64[D]"), (first[month] + 1)).astype(int)
        feast = lebaran(days).mean()
        weights[month] -= 0.6 * feast
        if month < 11:
            weights[month + 1] += 0.35 * feast  # who did not travel before the feast goes after it
    weights *= {2020: np.array(ARRIVALS_2020), 2021: np.array(ARRIVALS_2021)}.get(year, np.ones(12))
    return weights / weights.sum()
