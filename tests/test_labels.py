"""What labels teach a story: measured on a mis-set one, harmless on a well-set one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Corrections, Label, Seed, Story
from monitor.store.store import Store
from monitor.story.labels import sorting_edge, taught
from monitor.story.match import judge
from monitor.story.measures import average_precision, cost
from monitor.story.profile import Profile, learn
from monitor.teach import Teacher
from tests.labelled import SEEDS, STORY, label, learnt, shipped, stream
from tests.stored import START, Desk

ROWS = stream()
SECOND = stream("second.jsonl")  # by another author


def wrong_seeds(near_miss: str, count: int) -> list[Seed]:
    """Near misses as somebody puts them among the seeds by mistake."""
    rows = [r for r in ROWS if r["near_miss"] == near_miss and r["kind"] != "headline"][:count]
    return [Seed(name=r["id"], title=r["title"], text=r["text"], language=r["lang"]) for r in rows]


def figures(profile: Profile, rows: list[dict]) -> dict[str, float]:
    scored = []
    for row in rows:
        if row["band"] != "maybe":
            match = judge(profile, title=row["title"], text=row["text"], language=row["lang"])
            scored.append((match.score, row["band"] == "on"))
    edge = profile.story.threshold
    return {
        "average precision": average_precision(scored),
        "cost": cost(scored, edge),
        "found": sum(score >= edge for score, on in scored if on),
        "alarms": sum(score >= edge for score, on in scored if not on),
    }


def ten_shown(profile: Profile, rows: list[dict], seeds: list[Seed]) -> list[Label]:
    """The first ten articles that the profile shows its reader (on or maybe), labelled truly.

    From the even rows only: the odd ones measure.
    """
    texts = {seed.text for seed in seeds}
    found = []
    for number, row in enumerate(rows):
        if number % 2 or row["band"] == "maybe" or row["text"] in texts:
            continue
        match = judge(profile, title=row["title"], text=row["text"], language=row["lang"])
        if match.band != "off":
            found.append(label(number, row))
    return found[:10]


@pytest.fixture(scope="module")
def right() -> Profile:
    return learnt()


@pytest.mark.parametrize(
    ("kept", "near_miss", "count"),
    [
        (3, "putin-summit", 2),
        pytest.param(3, "dprk-hackers", 3, marks=pytest.mark.slow),
    ],
)
def test_ten_labels_mend_a_story_whose_seeds_are_wrong_in_part(
    kept: int, near_miss: str, count: int
) -> None:
    """Labelled are ten of the even rows; measured on the odd ones, which no label saw."""
    odd = [row for number, row in enumerate(ROWS) if number % 2]
    seeds = [*shipped()[:kept], *wrong_seeds(near_miss, count)]
    before = learn(STORY, seeds)
    labels = ten_shown(before, ROWS, seeds)
    assert len(labels) == 10
    after = taught(before, labels)
    was, is_ = figures(before, odd), figures(after, odd)
    print(f"\n{kept} right seeds, {count} {near_miss}: {was} → {is_}")
    elsewhere = figures(before, SECOND), figures(after, SECOND)
    print(f"on the second stream: {elsewhere[0]} → {elsewhere[1]}")
    assert elsewhere[1]["cost"] <= elsewhere[0]["cost"] - 0.2
    # Twice as many, or nearly all where more than half were found before.
    wanted = sum(row["band"] == "on" for row in SECOND)
    assert elsewhere[1]["found"] >= min(2 * elsewhere[0]["found"], 0.9 * wanted)
    assert is_["cost"] <= was["cost"] / 4
    wanted = sum(row["band"] == "on" for row in odd)
    assert is_["found"] >= min(was["found"] + 50, 0.95 * wanted)
    assert is_["average precision"] >= was["average precision"] - 0.01


def test_labels_that_only_agree_change_no_verdict(right: Profile) -> None:
    odd = [row for number, row in enumerate(ROWS) if number % 4 == 1]
    labels = [
        each
        for each in ten_shown(right, ROWS, [])
        if judge(right, title=each.title, text=each.text, language=each.language).band == "on"
    ]
    assert len(labels) >= 9
    assert all(each.yes for each in labels)
    assert figures(taught(right, labels), odd) == figures(right, odd)


def test_without_labels_nothing_is_taught(right: Profile) -> None:
    assert taught(right, []) is right


def test_a_flood_of_unlabelled_near_misses_moves_nothing() -> None:
    """Thirty of them are stored, judged and listed; only labels teach."""
    desk = Desk()
    teacher = Teacher({"troops": desk.profile}, desk.store)
    row = next(each for each in ROWS if each["near_miss"] == "dprk-missile-background")
    for number in range(30):
        desk.tell(f"{row['title']} ({number})", row["text"], language=row["lang"])
    again = Teacher({"troops": desk.profile}, desk.store)
    assert again.profiles == teacher.profiles == {"troops": desk.profile}
    assert desk.store.labels.version() == {}


async def test_a_no_lowers_what_is_like_it_and_is_named(right: Profile) -> None:
    """The daemon's own way: label in the store, the next look teaches."""
    desk = Desk(profile=replace(right, story=replace(right.story, threshold=0.3)))
    teacher = Teacher({"troops": desk.profile}, desk.store)
    kim = "كيم يهنئ بوتين بعيد ميلاده ويجدد دعمه لروسيا"
    text = "هنأ الزعيم الكوري الشمالي كيم جونغ أون الرئيس الروسي فلاديمير بوتين بعيد ميلاده. وجدد كيم دعمه لموسكو."
    first = desk.tell(kim, text)
    assert first.matches[0].band == "on"
    with desk.store.transaction():
        assert desk.store.labels.say("troops", first.article_id, "no", START) is None
    (changed,) = await teacher.look()
    assert await teacher.look() == []
    assert changed.version != desk.profile.version
    like = judge(
        teacher.profiles["troops"],
        title=kim.replace("بوتين", "بوتن"),
        text=text + " وقال إنه سيزور موسكو.",
    )
    assert like.score < first.matches[0].score * 0.7
    (reason,) = [each for each in like.reasons if each.kind == "label"]
    assert reason.text == f"like one that you labelled no: {kim}"
    assert reason.weight < 0
    other = ROWS[5]
    values = {"title": other["title"], "text": other["text"], "language": other["lang"]}
    assert not [r for r in judge(changed, **values).reasons if r.kind == "label"]
    with desk.store.transaction():
        assert desk.store.labels.say("troops", first.article_id, "none", START) == "no"
    assert await teacher.look() == [desk.profile]
    assert [row["said"] for row in desk.store.labels.log("troops")] == ["no", "none"]
    assert desk.store.labels.of("troops") == []


def test_one_no_does_not_outweigh_the_seeds(right: Profile) -> None:
    """Said of a true report, by mistake: what is like it stays on, but for its own copies."""
    heard = 0
    reports = [row for row in ROWS if row["band"] == "on" and row["lang"] == "ar"]
    for number, row in enumerate(reports[:40:4]):
        wrong = taught(right, [replace(label(number, row), yes=False)])
        for other in reports:
            if other["text"] == row["text"]:
                continue
            values = {"title": other["title"], "text": other["text"], "language": other["lang"]}
            before, after = judge(right, **values), judge(wrong, **values)
            if before.score >= 0.8 and any(each.kind == "label" for each in after.reasons):
                heard += 1
                same = other["development"] == row["development"]
                assert after.band == "on" or same, (row["id"], other["id"])
    assert heard >= 20


def test_the_last_word_counts_and_the_same_word_is_no_change() -> None:
    desk = Desk()
    article = desk.tell("خبر عن الطقس", "طقس جميل.").article_id
    store: Store = desk.store
    with store.transaction():
        assert store.labels.say("troops", article, "none", START) is None
        assert store.labels.version() == {}
        assert store.labels.say("troops", article, "yes", START) is None
        assert store.labels.say("troops", article, "yes", START) == "yes"
        assert store.labels.say("troops", article, "no", START) == "yes"
    assert [(row["id"], row["said"]) for row in store.labels.listing(None)] == [(article, "no")]
    assert len(store.labels.log()) == 2
    assert [each.yes for each in store.labels.of("troops")] == [False]
    assert store.labels.of("another") == []


def test_seeds_stay_on_whatever_is_labelled(right: Profile) -> None:
    pieces = shipped()
    hostile = [
        Label(article=n, yes=False, title=p.title, text=p.text, language=p.language)
        for n, p in enumerate(pieces)
    ]
    after = taught(right, hostile)
    for piece in pieces:
        values = {"title": piece.title, "text": piece.text, "language": piece.language}
        if judge(right, **values).band == "on":
            assert judge(after, **values).band == "on", piece.name


def test_a_no_takes_no_word_from_the_seeds_and_labels_weigh_at_most_half(right: Profile) -> None:
    off = [label(n, row) for n, row in enumerate(ROWS) if row["near_miss"]][:40]
    after = taught(right, off)
    seeded = {word for exemplar in right.exemplars for word in exemplar.words}
    ratios = {round(after.centroid[word] / right.centroid[word], 6) for word in seeded}
    assert len(ratios) == 1
    taken = {w: v for w, v in after.centroid.items() if w not in seeded}
    assert taken
    assert all(value < 0 for value in taken.values())
    (ratio,) = ratios
    assert sum(value**2 for value in taken.values()) ** 0.5 <= 0.5 * ratio


def test_what_the_yaml_says_wins(right: Profile) -> None:
    """A given threshold is moved by no label, and an excluded word stays excluded."""
    close = [
        label(number, row, yes=row["band"] != "off")
        for number, row in enumerate(ROWS)
        if row["band"] == "maybe" or (row["near_miss"] and number % 3 == 0)
    ][:20]
    assert taught(right, close).story.threshold < right.story.threshold
    fixed = learn(replace(STORY, edge_given=True), shipped())
    assert taught(fixed, close).story.threshold == STORY.threshold
    alone = [each for each in close if each.yes]
    assert taught(right, alone).story.threshold == STORY.threshold
    story = Story(
        name="troops", title="Troops", seeds=SEEDS, corrections=Corrections(exclude=("كورسك",))
    )
    row = next(r for r in ROWS if r["band"] == "on" and "كورسك" in r["title"])
    excluding = taught(learn(story, shipped()), [label(1, row)])
    match = judge(excluding, title=row["title"], text=row["text"], language=row["lang"])
    assert match.band == "off"
    assert match.rule == "a word that the story excludes"


def test_a_story_of_words_alone_learns_the_words_of_a_yes() -> None:
    seeds = [
        Seed(
            name="a",
            title="Llama shearing contest",
            text="Farmers sheared llamas at the fair.",
            language="en",
        ),
        Seed(
            name="b",
            title="Llama wool prices",
            text="Llama wool rose at the fair in spring.",
            language="en",
        ),
    ]
    before = learn(Story(name="llamas", title="Llamas", seeds=SEEDS), seeds)
    assert not before.required
    text = "Alpaca breeders met in the valley to compare fleece and shearing tools."
    yes = Label(article=1, yes=True, title="Alpaca breeders meet", text=text, language="en")
    other = {
        "title": "Alpaca fleece tools shown",
        "text": "Breeders showed fleece tools in the valley.",
        "language": "en",
    }
    assert judge(taught(before, [yes]), **other).score > judge(before, **other).score


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=20), st.floats(0.3, 0.7))
def test_the_edge_never_sorts_worse_than_the_own_one(scored: list, own: float) -> None:
    def wrong(edge: float) -> int:
        return sum((score >= edge) != yes for score, yes in scored)

    assert wrong(sorting_edge(scored, own)) <= wrong(own)


@settings(max_examples=4, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.text(max_size=80)), min_size=1, max_size=6))
def test_any_labels_give_scores_between_nothing_and_one(right: Profile, said: list) -> None:
    labels = [Label(article=n, yes=yes, title=t, text=t) for n, (yes, t) in enumerate(said)]
    after = taught(right, labels)
    for row in ROWS[:6]:
        score = judge(after, title=row["title"], text=row["text"], language=row["lang"]).score
        assert 0 <= score <= 1
