"""From an article to the bytes of its mail: the twelve headlines through the real rooms."""

import email
import email.policy
from email.message import EmailMessage

import pytest

from tests import alerts, mailed


@pytest.fixture(scope="module")
def mails() -> dict[str, list[EmailMessage]]:
    channels = [
        alerts.email("ar", name="ar", timezone="Asia/Riyadh"),
        alerts.email("en", name="en"),
    ]
    store = mailed.settled(channels, mailed.rows())
    return {
        name: [
            email.message_from_bytes(body, policy=email.policy.default)
            for body in mailed.bodies(store, name)
        ]
        for name in ("ar", "en")
    }


def text(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


def test_each_of_the_twelve_is_told_by_its_state_word(mails) -> None:
    states = {name: [str(m["Subject"]).split(":")[0] for m in mails[name]] for name in mails}
    assert states == {
        "en": ["NEW", "DENIED", "NEW", "NEW", "NEW", "CORRECTED"],
        "ar": ["جديد", "نفي", "جديد", "جديد", "جديد", "تصحيح"],
    }


def test_a_later_mail_of_a_development_hangs_under_its_first_on_each_channel(mails) -> None:
    for name in ("ar", "en"):
        first, denied, *others, withdrawn, corrected = mails[name]
        for earlier, later in ((first, denied), (withdrawn, corrected)):
            assert later["References"] == later["In-Reply-To"] == earlier["Message-ID"]
            assert f".{name}@" in later["References"]
        for new in (first, *others, withdrawn):
            assert new["References"] is None
            assert new["In-Reply-To"] is None


def test_a_denial_says_what_stood_before_and_who_has_it(mails) -> None:
    letter = text(mails["en"][1])
    assert "Before: \u2067سيول: بيونغ يانغ ترسل ألف خبير ألغام إلى كورسك\u2069" in letter
    assert "- Own reports: \u2068وكالة رصد\u2069, Harbour Wire, \u2068نبأ 24\u2069" in letter
    assert "Found in it: Russia · denies" in letter
    # Words of the earlier Arabic report are not marked as new.
    assert "*نفى المتحدث باسم الكرملين الثلاثاء*" in letter
    assert "*كورسك*" not in letter


def test_the_state_word_and_the_fact_are_in_the_first_forty_letters(mails) -> None:
    for mail in (*mails["ar"], *mails["en"]):
        subject = "".join(c for c in str(mail["Subject"]) if c not in "\u2066\u2067\u2068\u2069")
        fact = text(mail).splitlines()[2].strip("\u2066\u2067\u2068\u2069")
        word = subject.split(":")[0]
        assert subject[:40].startswith(f"{word}: {fact[:20]}")
