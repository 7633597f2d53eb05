"""The agency score, its gates and its flags."""

from datetime import date

import polars as pl
import pytest

from metrics.agencies import COLUMNS, scored, scores
from metrics.agency_words import CONFIDENCE, FLAGS, PARTS, REASONS, SHOWN
from metrics.policy.agencies import SCORE_WEIGHTS
from tests.builders import agency, case, documents, placement, review, rows, visit
from tests.metrics.chance import tables
from tests.metrics.plain_agencies import plain_scores

AS_OF = date(2026, 6, 30)

# The invented agencies of design/domain.md 3.2, with peer points 0.03 and peer share 0.6. What it
# gives is placed, points and the results; the other facts are chosen so as to lead there.
INVENTED = {
    "Besar, bersih": {
        "facts": (1200, 14, 0, 4, 4, 95, 100, 4.26, 100, 2),
        "told": (1.31, 89.9, 100, "A", None),
    },
    "Besar, rata-rata": {
        "facts": (1200, 90, 1, 20, 12, 75, 50, 3.95, 100, 10),
        "told": (7.15, 70.0, 100, "C", "watch"),
    },
    "Kecil, 1 kasus sedang": {
        "facts": (20, 4, 0, 1, 1, 80, 4, 5.0, 48, 5),
        "told": (5.83, 75.0, 85, "B", None),
    },
    "Sedang, buruk": {
        "facts": (400, 126, 2, 30, 9, 50, 40, 2.7, 100, 20),
        "told": (25.80, 32.6, 100, "D", "propose_suspension"),
    },
    "Baru, 5 penempatan": {
        "facts": (5, 0, 0, 0, 0, 90, 0, None, 20, 1),
        "told": (2.86, None, 70, None, None),
    },
    "Tanpa kunjungan": {
        "facts": (300, 7, 0, 2, 2, None, 20, 3.7, 100, 5),
        "told": (2.50, 81.0, 75, "B", None),
    },
}
FACTS = (
    "placed",
    "proven_points",
    "severe_recent",
    "due",
    "in_time",
    "visit",
    "reviews",
    "review_mean",
    "received",
    "refused",
)


def _parts(*facts: tuple) -> pl.DataFrame:
    kinds = {f: pl.Float64 if f in ("visit", "review_mean") else pl.Int64 for f in FACTS}
    return pl.DataFrame(list(facts), schema=kinds, orient="row").with_columns(
        placed_recent="placed",
        proven_cases=pl.col("due"),
        peer_points=0.03,
        peer_in_time=0.6,
        host_license_until=date(2030, 1, 1),
        registration_until=date(2030, 1, 1),
        list_status=pl.lit("clear"),
        sanction=pl.lit("none"),
        sanction_from=pl.lit(None, pl.Date),
        sanction_until=pl.lit(None, pl.Date),
    )


@pytest.mark.parametrize("name", INVENTED)
def test_the_invented_agencies_get_what_the_design_says(name: str):
    rate, score, weight, grade, flag = INVENTED[name]["told"]

    [told] = scored(_parts(INVENTED[name]["facts"]), AS_OF).rows(named=True)

    assert round(told["rate"], 2) == rate
    assert (told["score"], told["weight"], told["grade"], told["flag"]) == (
        score,
        weight,
        grade,
        flag,
    )
    assert told["shown"] == (grade or "not_rated")


def test_a_severe_case_lowers_the_grade_and_not_the_score():
    facts = INVENTED["Besar, bersih"]["facts"]
    told = scored(_parts(facts, (*facts[:2], 1, *facts[3:])), AS_OF)
    assert told["score"].to_list() == [89.9, 89.9]
    assert told["grade"].to_list() == ["A", "C"]
    assert told["reasons"].to_list() == [[], ["severe_proven"]]


@pytest.mark.parametrize(
    ("sanction", "since", "until", "flagged"),
    [
        ("none", None, None, True),
        ("warning", None, None, True),
        ("suspended", None, None, False),
        ("revoked", None, None, False),
        ("suspended", AS_OF, AS_OF, False),
        ("revoked", AS_OF, AS_OF, False),
        ("suspended", None, date(2026, 6, 29), True),
        ("revoked", None, date(2026, 6, 29), True),
        ("suspended", date(2026, 7, 1), None, True),
        ("revoked", date(2026, 7, 1), None, True),
    ],
)
@pytest.mark.parametrize("name", ["Sedang, buruk", "Besar, rata-rata"])
def test_while_an_agency_is_suspended_or_revoked_there_is_no_flag(
    name: str, sanction: str, since: date | None, until: date | None, *, flagged: bool
):
    parts = _parts(INVENTED[name]["facts"]).with_columns(
        sanction=pl.lit(sanction),
        sanction_from=pl.lit(since, pl.Date),
        sanction_until=pl.lit(until, pl.Date),
    )
    rate, score, *_, flag = INVENTED[name]["told"]
    [told] = scored(parts, AS_OF).rows(named=True)
    assert told["flag"] == (flag if flagged else None)
    assert (round(told["rate"], 2), told["score"]) == (rate, score)  # these stay


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("as_of", [date(2025, 12, 31), date(2026, 2, 28), AS_OF])
def test_agrees_with_plain_python(seed: int, as_of: date):
    tables_ = tables(seed)
    expected = {(r["agency_code"], r["post_code"]): r for r in plain_scores(tables_, as_of)}

    told = scores(rows(**tables_), as_of)

    assert told.columns == list(COLUMNS)
    assert told.height == len(expected)
    for row in told.iter_rows(named=True):
        plain = expected[row["agency_code"], row["post_code"]]
        for column in set(COLUMNS) & set(plain):
            same = plain[column]
            assert row[column] == (pytest.approx(same) if isinstance(same, float) else same), column


def _good(**said: object) -> dict[str, list[dict]]:
    return {
        "agencies": [agency(**said)],
        "placements": [placement(workers=100, agency_code="RUH-M0001")],
        "agency_assessments": [visit()],
        "worker_reviews": [review(n=100, stars=5)],
        "legalised_documents": [documents()],
    }


def _only(tables_: dict[str, list[dict]], as_of: date = AS_OF) -> dict:
    [told] = scores(rows(**tables_), as_of).rows(named=True)
    return told


def test_an_agency_without_proven_cases_gets_full_points_for_them():
    told = _only(_good())
    assert (told["k1"], told["k2"], told["weight"], told["grade"]) == (100, None, 85, "A")
    assert (told["proven_per_1000"], told["lower"]) == (0, 0)
    assert told["upper"] == pytest.approx(36.9, abs=0.05)  # Garwood: 3.689 events in 100


@pytest.mark.parametrize(
    ("said", "shown", "reasons"),
    [
        ({"host_license_until": date(2026, 6, 29)}, "D", ["licence_expired"]),
        ({"host_license_until": AS_OF}, "A", []),
        ({"host_license_until": None}, "A", []),
        ({"registration_until": date(2026, 6, 29)}, "D", ["registration_expired"]),
        ({"sanction": "revoked"}, "D", ["revoked"]),
        ({"sanction": "suspended"}, "sanction", ["suspended"]),
        ({"sanction": "suspended", "sanction_until": date(2026, 6, 29)}, "A", []),
        ({"sanction": "suspended", "sanction_until": AS_OF}, "sanction", ["suspended"]),
        ({"sanction": "suspended", "sanction_from": AS_OF}, "sanction", ["suspended"]),
        ({"sanction": "suspended", "sanction_from": date(2026, 7, 1)}, "A", []),
        ({"sanction": "warning"}, "A", []),
        ({"list_status": "problem"}, "A", []),
    ],
)
def test_gates_stand_above_the_score(said: dict, shown: str, reasons: list[str]):
    told = _only(_good(**said))
    assert (told["shown"], told["reasons"]) == (shown, reasons)
    assert told["listed"] == (said.get("list_status") == "problem")
    assert told["score"] is not None


def test_an_agency_without_placements_in_a_year_is_not_active():
    old = _good() | {
        "placements": [
            placement(workers=100, agency_code="RUH-M0001", period=date(2025, 6, 1)),
            placement(workers=5, agency_code="RUH-M0002"),
        ]
    }
    assert _only(old)["shown"] == "inactive"
    assert _only(old, date(2026, 5, 31))["shown"] == "A"


def test_ten_placements_are_enough_and_nine_are_not():
    for workers, shown in ((10, "A"), (9, "not_rated")):
        told = _only(
            _good() | {"placements": [placement(workers=workers, agency_code="RUH-M0001")]}
        )
        assert told["shown"] == shown
        assert ("too_few_placed" in told["reasons"]) == (shown == "not_rated")


def test_a_case_closed_after_the_day_is_not_yet_resolved():
    late = case(
        days=100, date_reported=date(2026, 3, 1), agency_code="RUH-M0001", agency_fault="proven"
    )
    early = late | {"case_id": "RUH-2026-99999", "date_closed": date(2026, 4, 1)}
    told = _only(_good() | {"cases": [late, early]}, date(2026, 5, 31))
    assert told["proven_cases"] == 2
    assert told["k2"] == pytest.approx((1 + 5 * 0.5) / (2 + 5) * 100)


def test_cases_without_a_limit_are_left_out_of_resolution():
    court = case(case_type="E1", agency_code="RUH-M0001", agency_fault="proven")
    assert _only(_good() | {"cases": [court]})["k2"] is None


def test_peers_are_weighted_by_the_agencys_own_placements():
    told = scores(
        rows(
            agencies=[agency("RUH-M0001"), agency("RUH-M0002")],
            placements=[
                placement(workers=100, agency_code="RUH-M0001", employer_type="BH"),
                placement(workers=300, agency_code="RUH-M0001", employer_type="PS"),
                placement(workers=100, agency_code="RUH-M0002", employer_type="PS"),
            ],
            cases=[
                case(agency_code="RUH-M0002", agency_fault="proven", employer_type="PS"),
                case(agency_code="RUH-M0002", agency_fault="proven", employer_type="unknown"),
            ],
        ),
        AS_OF,
    )
    # 4 points on 400 informal placements, and 4 of unknown type on all 500
    informal, formal = 4 / 400 + 4 / 500, 4 / 500
    mixed = (100 * formal + 300 * informal) / 400
    assert told["rate"].to_list() == pytest.approx(
        [100 * 100 * mixed / 500, 100 * (8 + 100 * informal) / 200]
    )


def test_an_agency_without_placements_has_the_whole_post_as_its_peers():
    told = scores(
        rows(
            agencies=[agency("RUH-M0001")],
            placements=[placement(workers=200, agency_code="RUH-M0002")],
            cases=[case(agency_code="RUH-M0002", agency_fault="proven")],
        ),
        AS_OF,
    )
    assert told["rate"].to_list() == pytest.approx([100 * 4 / 200])
    assert told["proven_per_1000"].to_list() == [None]


def test_more_documents_refused_than_received_are_worth_nothing_and_not_less():
    assert _only(_good() | {"legalised_documents": [documents(received=1, rejected=3)]})["k5"] == 0


def test_scores_of_a_post_do_not_depend_on_other_posts():
    alone = _good()
    crowd = {name: [*alone[name], *tables(1)[name]] for name in alone}
    crowd = {
        name: [r for r in t if r is alone[name][0] or r["post_code"] != "RUH"]
        for name, t in crowd.items()
    }
    [ruh] = scores(rows(**crowd), AS_OF).filter(pl.col("post_code") == "RUH").rows(named=True)
    assert ruh == _only(alone)


def test_no_tables_give_no_scores():
    assert scores(rows(), AS_OF).is_empty()


def test_every_code_has_its_words_in_both_languages():
    told = pl.concat(
        [
            scores(rows(**tables(seed)), AS_OF).select(
                pl.col("shown", "reasons", "flag", "confidence")
            )
            for seed in range(8)
        ]
    )
    assert set(told["shown"]) <= set(SHOWN)
    assert set(told["reasons"].explode().drop_nulls()) <= set(REASONS)
    assert set(told["flag"].drop_nulls()) == set(FLAGS)
    assert set(told["confidence"]) <= set(CONFIDENCE)
    assert set(PARTS) == set(SCORE_WEIGHTS.value)
    for text in (*REASONS.values(), *FLAGS.values(), *CONFIDENCE.values(), *PARTS.values()):
        assert text.indonesian != text.english
