"""Choices and codes: each with a reason, each in the lists."""

import re
from pathlib import Path
from types import ModuleType

import pytest

import metrics.policy
from data_access.reference import case_types, codes
from metrics.codes import LISTS
from metrics.policy import POLICIES
from metrics.policy.agencies import SCORE_WEIGHTS
from metrics.policy.declaration import Policy
from metrics.policy.handling import LIMIT_DAYS


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


ROOT = Path(__file__).parents[2]
CHOICES = ROOT / "metrics" / "policy"


def _sources() -> str:
    """All that decides or shows anything, but for the choices themselves."""
    files = [path for folder in ("metrics", "pages") for path in (ROOT / folder).rglob("*.py")]
    files += (ROOT / "data_access").rglob("*.py")  # the time limits are joined to the cases there
    return "\n".join(
        path.read_text(encoding="utf-8") for path in files if CHOICES not in path.parents
    )


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
def test_every_choice_is_used(policy: Policy):
    names = [
        name
        for module in vars(metrics.policy).values()
        if isinstance(module, ModuleType)
        for name, value in vars(module).items()
        if value is policy or value is policy.value
    ]
    assert re.search(rf"\b({'|'.join(names)})\b", _sources())


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
