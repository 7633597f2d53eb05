"""The agency score, its gates and its flags."""

from datetime import date

import polars as pl
import pytest

from metrics.agencies.rating import COLUMNS, scored, scores
from metrics.agencies.words import CONFIDENCE, FLAGS, PARTS, REASONS, SHOWN
from metrics.policy.agencies import SCORE_WEIGHTS
from tests.builders import agency, case, documents, placement, review, rows, visit
from tests.metrics.chance import tables
from tests.metrics.plain_agencies import plain_shown

AS_OF = date(2026, 6, 30)

# The invented agencies of design/domain.md 3.2, with peer points 0.03 and peer share 0.6. What it
# gives is placed, points and the results; the other facts are chosen so as to lead there. The
# last result is what may be published: the design's small and new agencies have too little data.
INVENTED = {
    "Besar, bersih": {
        "facts": (1200, 2, 3, 0, 0, 4, 4, 95, 100, 4.26, 100, 2),
        "told": (1.31, 89.9, 100, "A", None, "A"),
    },
    "Besar, rata-rata": {
        "facts": (1200, 6, 18, 1, 1, 20, 12, 75, 50, 3.95, 100, 10),
        "told": (7.15, 70.0, 100, "C", "watch", "C"),
    },
    "Kecil, 1 kasus sedang": {
        "facts": (20, 0, 1, 0, 0, 1, 1, 80, 4, 5.0, 48, 5),
        "told": (5.83, 75.0, 85, "B", None, "too_little_data"),
    },
    "Sedang, buruk": {
        "facts": (400, 2, 25, 2, 2, 30, 9, 50, 40, 2.7, 100, 20),
        "told": (25.80, 32.6, 100, "D", "propose_suspension", "D"),
    },
    "Baru, 5 penempatan": {
        "facts": (5, 0, 0, 0, 0, 0, 0, 90, 0, None, 20, 1),
        "told": (2.86, None, 70, None, None, "not_rated"),
    },
    "Tanpa kunjungan": {
        "facts": (300, 3, 1, 0, 0, 2, 2, None, 20, 3.7, 100, 5),
        "told": (2.50, 81.0, 75, "B", None, "B"),
    },
}
FACTS = (
    "placed",
    "minor",
    "moderate",
    "severe",
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
        agency_code=pl.format("RUH-M{}", pl.int_range(pl.len())),
        post_code=pl.lit("RUH"),
        main_employer=pl.lit("PS"),
        seasoned=True,
        visited=pl.col("visit").is_not_null(),
        placed_recent="placed",
        proven_cases=pl.sum_horizontal("minor", "moderate", "severe"),
        peer_minor=0.002,
        peer_moderate=0.004,
        peer_severe=0.001,
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
    rate, score, weight, grade, flag, shown = INVENTED[name]["told"]

    [told] = scored(_parts(INVENTED[name]["facts"]), AS_OF).rows(named=True)

    assert round(told["rate"], 2) == rate
    assert (told["score"], told["weight"], told["grade"], told["flag"]) == (
        score,
        weight,
        grade,
        flag,
    )
    assert told["shown"] == shown
    assert told["rate_lower"] < told["rate"] < told["rate_upper"]
    assert score is None or told["score_lower"] <= score <= told["score_upper"]


def test_a_severe_case_lowers_the_grade_and_not_the_score():
    facts = INVENTED["Besar, bersih"]["facts"]
    told = scored(_parts(facts, (*facts[:4], 1, *facts[5:])), AS_OF)
    assert told["score"].to_list() == [89.9, 89.9]
    assert told["grade"].to_list() == ["A", "C"]
    assert told["reasons"].to_list() == [[], ["severe_proven"]]
    assert told["shown"].to_list() == ["A", "C"]
    assert told.select("p_A", "p_B").row(1) == (0, 0)


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
    rate, score, *_, flag, _ = INVENTED[name]["told"]
    [told] = scored(parts, AS_OF).rows(named=True)
    assert told["flag"] == (flag if flagged else None)
    assert (round(told["rate"], 2), told["score"]) == (rate, score)  # these stay


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("as_of", [date(2025, 12, 31), date(2026, 2, 28), AS_OF])
def test_agrees_with_plain_python(seed: int, as_of: date):
    tables_ = tables(seed)
    expected = {(r["agency_code"], r["post_code"]): r for r in plain_shown(tables_, as_of)}

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
        "placements": [
            placement(workers=1, agency_code="RUH-M0001", period=date(2025, 7, 1)),
            placement(workers=99, agency_code="RUH-M0001"),
        ],
        "cases": [case(agency_code="RUH-M0001", agency_fault="proven", urgency="minor")],
        "agency_assessments": [visit()],
        "worker_reviews": [review(n=100, stars=5)],
        "legalised_documents": [documents()],
    }


def _only(tables_: dict[str, list[dict]], as_of: date = AS_OF) -> dict:
    [told] = scores(rows(**tables_), as_of).rows(named=True)
    return told


def test_an_agency_without_proven_cases_gets_full_points_for_them():
    told = _only(_good() | {"cases": []})
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
    assert _only(old, date(2026, 5, 31))["shown"] != "inactive"


def test_ten_placements_are_enough_for_a_score_and_nine_are_not():
    for workers, shown in ((10, "too_little_data"), (9, "not_rated")):
        told = _only(
            _good() | {"placements": [placement(workers=workers, agency_code="RUH-M0001")]}
        )
        assert told["shown"] == shown
        assert (told["score"] is None) == (shown == "not_rated")


@pytest.mark.parametrize(
    ("workers", "since", "cases", "reasons"),
    [
        (99, date(2025, 7, 1), 1, []),
        (98, date(2025, 7, 1), 1, ["too_few_placed"]),
        (99, date(2025, 8, 1), 1, ["too_short"]),
        (99, date(2025, 7, 1), 0, ["too_few_expected"]),
        (9, date(2025, 8, 1), 0, ["too_few_placed", "too_few_expected", "too_short"]),
    ],
)
def test_a_grade_needs_placements_expected_cases_and_a_year(workers, since, cases, reasons):
    told = _only(
        _good()
        | {
            "placements": [
                placement(workers=1, agency_code="RUH-M0001", period=since),
                placement(workers=workers, agency_code="RUH-M0001"),
            ],
            "cases": [
                case(agency_code="RUH-M0001", agency_fault="proven", urgency="minor")
                for _ in range(cases)
            ],
        }
    )
    assert told["reasons"] == reasons
    assert told["shown"] == ("too_little_data" if reasons else "A")
    assert told["grade"] == "A"


def test_a_tiny_agency_with_one_case_is_not_shamed():
    tiny, big = "RUH-M0001", "RUH-M0002"
    told = scores(
        rows(
            agencies=[agency(tiny), agency(big)],
            placements=[
                placement(workers=20, agency_code=tiny, period=date(2025, 1, 1)),
                placement(workers=1, agency_code=tiny),
                placement(workers=5000, agency_code=big),
            ],
            cases=[case(agency_code=code, agency_fault="proven") for code in [tiny, *[big] * 30]],
            agency_assessments=[visit(tiny)],
            worker_reviews=[review(tiny)],
            legalised_documents=[documents(tiny)],
        ),
        AS_OF,
    )
    [one] = told.filter(pl.col("agency_code") == tiny).rows(named=True)
    assert one["proven_per_1000"] == pytest.approx(1000 / 21)  # the raw rate is eight times theirs
    assert one["rate"] < 400 / 21 / 3  # drawn to its peers
    assert (one["shown"], one["flag"], one["in_worst_tenth"]) == ("too_little_data", None, False)


def test_an_agency_without_any_case_is_not_flagged_for_its_peers():
    told = scores(
        rows(
            agencies=[agency("RUH-M0001"), agency("RUH-M0002")],
            placements=[placement(workers=50, agency_code=f"RUH-M000{i}") for i in (1, 2)],
            cases=[case(agency_code="RUH-M0002", agency_fault="proven") for _ in range(10)],
        ),
        AS_OF,
    )
    assert told["rate"][0] > 8
    assert told["flag"].to_list() == [None, "propose_suspension"]


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


@pytest.mark.parametrize(
    ("until", "expired", "expiring"),
    [
        (date(2026, 6, 29), True, False),
        (AS_OF, False, True),
        (date(2026, 9, 28), False, True),
        (date(2026, 9, 29), False, False),
        (None, False, False),
    ],
)
@pytest.mark.parametrize("which", ["host_license_until", "registration_until"])
def test_the_shorter_of_licence_and_registration_counts(which, until, *, expired, expiring):
    told = _only(_good(**{which: until}))
    assert (told["expired"], told["expiring"]) == (expired, expiring)


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
        name: [r for r in t if r in alone[name] or r["post_code"] != "RUH"]
        for name, t in crowd.items()
    }
    [ruh] = scores(rows(**crowd), AS_OF).filter(pl.col("post_code") == "RUH").rows(named=True)
    assert ruh == _only(alone)


def test_scores_of_a_post_with_many_agencies_do_not_depend_on_other_posts_either():
    def post(code: str, agencies: int) -> dict[str, list[dict]]:
        names = [f"{code}-M{i:04}" for i in range(agencies)]
        return {
            "agencies": [agency(name) for name in names],
            "placements": [
                placement(code, 40 + 30 * i, agency_code=name, period=period)
                for i, name in enumerate(names)
                for period in (date(2025, 1, 1), date(2026, 3, 1))
            ],
            "cases": [
                case(code, agency_code=name, agency_fault="proven", urgency=urgency)
                for i, name in enumerate(names)
                for urgency in ("minor", "moderate")
                for _ in range(i * i % 7)
            ],
            "agency_assessments": [visit(name, 1 + i % 2) for i, name in enumerate(names)],
        }

    ruh, jed = post("RUH", 14), post("JED", 11)
    both = {name: [*jed[name], *ruh[name]] for name in ruh}
    alone, crowd = scores(rows(**ruh), AS_OF), scores(rows(**both), AS_OF)
    assert alone["shown"].n_unique() > 2
    assert crowd.filter(pl.col("post_code") == "RUH").rows() == alone.rows()
    assert crowd.filter(pl.col("post_code") == "JED").rows() == scores(rows(**jed), AS_OF).rows()


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
    letters = {"A", "B", "C", "D", "A-B", "B-C", "C-D"}
    assert len(set(told["shown"]) & letters) >= 4
    assert set(told["shown"]) <= set(SHOWN)
    assert set(told["reasons"].explode().drop_nulls()) <= set(REASONS)
    assert set(told["flag"].drop_nulls()) == set(FLAGS)
    assert set(told["confidence"]) <= set(CONFIDENCE)
    assert set(PARTS) == set(SCORE_WEIGHTS.value)
    for text in (*REASONS.values(), *FLAGS.values(), *CONFIDENCE.values(), *PARTS.values()):
        assert text.indonesian != text.english
