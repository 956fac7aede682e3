"""Whether a visitor may enrol, and the sentences that say so."""

from __future__ import annotations

import pytest
from django.utils import translation

from catalog.audience import (
    NO_INSTITUTION,
    OTHER_INSTITUTION,
    Answer,
    Audience,
    Visitor,
    eligibility,
)

AZ, TR = ("az", "Azerbaijan"), ("tr", "Türkiye")
MINISTRY, AGENCY = ("1", "Ministry of Justice"), ("2", "Service Agency")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("audience", "sentence"),
    [
        (Audience("everyone"), "For everyone."),
        (Audience("everyone", (AZ,)), "For everyone in Azerbaijan."),
        (Audience("public_employees"), "For public employees of every country."),
        (
            Audience("public_employees", (AZ, TR)),
            "For public employees of Azerbaijan and Türkiye.",
        ),
        (
            Audience("named_institutions", (), (MINISTRY, AGENCY)),
            "For employees of Ministry of Justice and Service Agency.",
        ),
        (
            Audience("named_institutions", (AZ,), (MINISTRY,)),
            "For employees of Ministry of Justice in Azerbaijan.",
        ),
        (
            Audience("named_institutions", (AZ,)),
            "For employees of institutions that the provider names.",
        ),
    ],
)
def test_the_sentence_names_countries_and_institutions(audience, sentence):
    assert eligibility(audience, Visitor()).sentence == sentence


@pytest.mark.parametrize(
    ("who", "countries", "country", "institution", "answer"),
    [
        ("everyone", (), None, None, Answer.YES),
        ("everyone", (), "kz", NO_INSTITUTION, Answer.YES),
        ("everyone", (AZ,), None, None, Answer.UNKNOWN),
        ("everyone", (AZ,), "az", None, Answer.YES),
        ("everyone", (AZ,), "tr", None, Answer.NO),
        ("public_employees", (), None, None, Answer.UNKNOWN),
        ("public_employees", (), None, "7", Answer.YES),
        ("public_employees", (), "kz", OTHER_INSTITUTION, Answer.YES),
        ("public_employees", (), "kz", NO_INSTITUTION, Answer.NO),
        ("public_employees", (AZ, TR), None, None, Answer.UNKNOWN),
        ("public_employees", (AZ, TR), "az", None, Answer.UNKNOWN),
        ("public_employees", (AZ, TR), "az", OTHER_INSTITUTION, Answer.YES),
        ("public_employees", (AZ, TR), None, "7", Answer.UNKNOWN),
        ("public_employees", (AZ, TR), "kz", "7", Answer.NO),
        ("named_institutions", (), None, None, Answer.UNKNOWN),
        ("named_institutions", (), None, "1", Answer.YES),
        ("named_institutions", (), "az", "1", Answer.YES),
        ("named_institutions", (), "az", "7", Answer.NO),
        ("named_institutions", (), "az", OTHER_INSTITUTION, Answer.NO),
        ("named_institutions", (AZ,), None, "1", Answer.UNKNOWN),
        ("named_institutions", (AZ,), "az", "1", Answer.YES),
        ("named_institutions", (AZ,), "tr", "1", Answer.NO),
    ],
)
def test_who_may_enrol(who, countries, country, institution, answer):
    audience = Audience(who, countries, (MINISTRY, AGENCY))
    found = eligibility(audience, Visitor(country, institution))
    assert found.answer == answer
    assert ("you cannot" in found.advice or "need to work" in found.advice) == (answer == Answer.NO)
    assert (found.advice == "You can enrol.") == (answer == Answer.YES)


def test_where_the_provider_names_institutions_later_the_contact_office_knows():
    found = eligibility(Audience("named_institutions"), Visitor("az", "1"))
    assert found.answer == Answer.UNKNOWN
    assert found.advice == "Ask the contact office whether you can enrol."


def test_advice_says_what_is_missing():
    audience = Audience("public_employees", (AZ,))
    assert "Choose your country" in eligibility(audience, Visitor()).advice
    assert "if you work for" in eligibility(audience, Visitor("az")).advice
