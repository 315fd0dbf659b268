"""What a mail says of why an article matched."""

from __future__ import annotations

from monitor.alert.render import render
from monitor.alert.words import words
from tests import alerts


def why(language: str, *reasons: tuple[str, str, float], body: str = "") -> list[str]:
    """What the sentence in the plain text of a mail names, without direction marks."""
    alert = alerts.build(
        {
            "match": {
                "reasons": [
                    {"kind": kind, "text": text, "weight": weight} for kind, text, weight in reasons
                ]
            },
            **({"article": {"text": body}} if body else {}),
        }
    )
    text = "".join(c for c in render(alert, language).text if c not in "\u2066\u2067\u2068\u2069")
    said = words(language)
    (line,) = [one for one in text.splitlines() if one.startswith(f"{said.why}: ")]
    named, *rest = line.removeprefix(f"{said.why}: ").split(said.clause)
    begun = said.names.format(names="")
    assert named.startswith(begun)
    # The nearest seed, score and edge end the sentence.
    return [named.removeprefix(begun), *rest[:-2]]


def test_what_was_named_stands_before_the_words_of_the_seeds_in_the_readers_language() -> None:
    reasons = [
        ("term", "روسيا", 0.3),
        ("term", "كوري", 0.2),
        ("term", "يانغ", 0.1),
        ("concept", "what: جنود", 0.0),
        ("concept", "who: بيونغ يانغ", 0.0),
        ("concept", "who: كوريا الشمالية", 0.0),
        ("concept", "with: Sumy", 0.0),
    ]
    assert why("ar", *reasons) == [
        "مَن: بيونغ يانغ، كوريا الشمالية",
        "مع مَن أو أين: Sumy",
        "ماذا: جنود",
        "روسيا",
    ]
    assert why("en", *reasons)[:2] == ["who: بيونغ يانغ, كوريا الشمالية", "with: Sumy"]


def test_a_concept_of_the_users_own_words_stands_as_it_is() -> None:
    found = why("ar", ("concept", "كرة: القدم", 0.0), ("concept", "Kursk", 0.0))
    assert found == ["كرة: القدم", "Kursk"]


def test_the_label_that_moved_the_score_is_named() -> None:
    yes = ("label", "like one that you labelled yes: كيم: رسالة", 0.2)
    no = ("label", "like one that you labelled no: Kim", -0.2)
    who = ("concept", "who: Kim", 0.0)
    assert why("en", who, yes) == ["who: Kim", "like one that you labelled yes: “كيم: رسالة”"]
    assert why("ar", who, no) == ["مَن: Kim", "يشبه خبرا أجبت عنه بلا: «Kim»"]


def test_a_storys_own_names_stand_in_one_list_under_a_word_of_the_readers_language() -> None:
    reasons = [
        ("term", "مرسي", 0.3),
        ("concept", "near: عودة", 0.0),
        ("concept", "name: مرسى النور", 1.0),
        ("concept", "name: Marsa al-Nour", 0.9),
    ]
    assert why("ar", *reasons) == ["من أسماء القصة: مرسى النور، Marsa al-Nour"]
    assert why("en", *reasons) == ["the story's own names: مرسى النور, Marsa al-Nour"]


def test_words_of_the_seeds_stand_as_the_article_spells_them() -> None:
    reasons = [("term", "مرسي", 0.3), ("term", "دباغ", 0.2), ("term", "ferri", 0.1)]
    assert why("ar", *reasons, body="أعلن الدبّاغ في مرسى النور.") == ["مرسى", "دبّاغ", "ferri"]
