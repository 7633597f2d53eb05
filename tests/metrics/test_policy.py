"""Choices and codes: each with a reason, each in the lists."""

import pytest

from data_access.reference import case_types, codes
from metrics.codes import LISTS
from metrics.policy import LIMIT_DAYS, POLICIES, SCORE_WEIGHTS, Policy


@pytest.mark.parametrize("code_list", LISTS)
def test_every_code_that_metrics_decide_by_is_in_its_list(code_list: str):
    assert set(LISTS[code_list]) <= set(codes(code_list))


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
def test_every_choice_is_told_with_its_reason_in_both_languages(policy: Policy):
    for language in ("id", "en"):
        assert policy.told(language).endswith(".")
        assert "{" not in policy.told(language)
        assert policy.reason.to(language).endswith(".")
    assert policy.told("id") != policy.told("en")
    assert policy.reason.indonesian != policy.reason.english


def test_names_of_choices_differ():
    assert len({policy.name for policy in POLICIES}) == len(POLICIES)


def test_every_limit_class_has_its_limit():
    assert set(LIMIT_DAYS) == set(codes("limit_class")) == set(case_types()["limit_class"])


def test_weights_of_the_score_add_up_to_100():
    assert sum(SCORE_WEIGHTS.value.values()) == 100


def test_a_value_is_written_as_the_language_writes_it():
    [prior] = [policy for policy in POLICIES if policy.name == "review_prior"]
    assert "3,5" in prior.told("id")
    assert "3.5" in prior.told("en")
