"""What the components list by name is what the metrics have."""

from metrics.catalogue import METRICS
from metrics.changes.words import WHERE
from metrics.quality import KINDS
from metrics.quality.words import WORDS
from pages.components import changed, doubts, prospects, scorecard
from pages.components.reference import all_words


def test_every_metric_of_the_scorecard_can_be_told_of_one_post():
    named = [name for names in scorecard.DUTIES.values() for name in names]
    assert len(named) == len(set(named))
    for name in named:
        assert not METRICS[name].always_by, name
        only = METRICS[name].only_by
        assert only is None or "post_code" in only, name


def test_every_duty_of_the_attache_has_its_place():
    told = " ".join(duty.indonesian for duty in scorecard.DUTIES)
    for duty in ("Pelindungan", "Pendataan", "mitra", "Legalisasi", "Pembinaan", "Pasar kerja"):
        assert duty in told


def test_every_subject_of_doubt_and_every_kind_has_words():
    assert list(doubts.SUBJECTS) == list(KINDS)
    for kinds in KINDS.values():
        assert set(kinds) <= set(WORDS)


def test_every_part_of_a_change_has_a_list_of_names():
    assert set(changed.LISTS) == set(WHERE) - {"total"}
    assert set(changed.LISTS.values()) <= set(all_words())


def test_the_columns_of_the_markets_are_told():
    assert {"sector", "place", "score"} <= set(prospects.COLUMNS)
