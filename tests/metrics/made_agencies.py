"""Made-up agencies, as `agency_parts.parts` would tell of them."""

from datetime import date

import polars as pl

AS_OF = date(2026, 6, 30)


def made(agencies: int, **said: object) -> pl.DataFrame:
    """Agencies in good standing at one post: 1,000 workers with individual employers each.

    No proven cases, reviews or documents; a visit of 80; one case of each class is usual among
    1,000 workers. A value said is that of all, a list tells each.
    """
    usual = {
        "agency_code": [f"RUH-M{i:04}" for i in range(agencies)],
        "post_code": "RUH",
        "main_employer": "PS",
        "placed": 1000,
        "placed_recent": 500,
        "seasoned": True,
        **dict.fromkeys(("minor", "moderate", "severe"), 0),
        **dict.fromkeys(("peer_minor", "peer_moderate", "peer_severe"), 0.001),
        "severe_recent": 0,
        "due": 0,
        "in_time": 0,
        "peer_in_time": None,
        "visited": True,
        "visit": 80.0,
        "reviews": 0,
        "review_mean": None,
        "received": 0,
        "refused": 0,
        "host_license_until": date(2030, 1, 1),
        "registration_until": date(2030, 1, 1),
        "list_status": "clear",
        "sanction": "none",
        "sanction_from": None,
        "sanction_until": None,
    } | said
    columns = {
        name: list(value) if isinstance(value, list | range) else [value] * agencies
        for name, value in usual.items()
    }
    kinds = {"peer_in_time": pl.Float64, "review_mean": pl.Float64}
    kinds |= dict.fromkeys(("sanction_from", "sanction_until"), pl.Date)
    return pl.DataFrame(columns, schema_overrides=kinds).with_columns(
        proven_cases=pl.sum_horizontal("minor", "moderate", "severe")
    )
