"""`alert.compose`, `alert.mail`: the bytes of each kind of channel, judged from the bytes."""

import email
import email.policy
import json
import re
from datetime import UTC
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from monitor.alert.compose import compose
from monitor.alert.mail import address, encoded, sender
from monitor.alert.render import render
from monitor.model import Channel, Notice, Smtp
from tests import alerts


def parsed(body: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(body, policy=email.policy.default)


def subject(body: bytes) -> str:
    # The older header code reads a fold as RFC 5322 says, letter by letter.
    raw = email.message_from_bytes(body)["Subject"]
    return str(make_header(decode_header(raw)))


AWKWARD = {
    "long Arabic": "سيول تعلن إرسال ألف خبير ألغام كوري شمالي إلى كورسك " * 3,
    "mixed": "CNN: صور Maxar تظهر 1,200 جندي (فيديو) North Korea قرب كورسك",
    "emoji": "🚨🇰🇵 عاجل 👩‍🚀 breaking 🚨",
    "looks encoded": "=?utf-8?q?Bcc=3A_x?= and more",
    "one long word": "س" * 170,
    "blanks at every fold": "ا ب " * 40,
    "plain and short": "Kim visits Kursk",
    "plain and long": "North Korea sends a thousand deminers to Kursk, Seoul says, " * 3,
}


@pytest.mark.parametrize("title", AWKWARD.values(), ids=AWKWARD)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_subject_arrives_letter_by_letter(title: str, language: str) -> None:
    alert = alerts.titled(title, language="ar")
    body = compose(alert, alerts.email(language)).body
    meant = render(alert, language).subject
    assert subject(body) == meant
    assert parsed(body)["Subject"] == meant


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200)
)
@example("a" * 61)
@example("=?")
@example(" x ")
def test_any_header_text_survives_encoding(text: str) -> None:
    folded = encoded(text)
    assert all(len(line) <= 76 for line in folded.split(b"\r\n"))
    if text.isascii() and b"=?" not in folded:
        assert folded.decode() == text
    else:
        assert str(make_header(decode_header(folded.decode()))) == text


@pytest.mark.parametrize("name", alerts.NAMES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_mail_keeps_the_rules_of_the_wire(name: str, language: str) -> None:
    alert = alerts.load(name)
    message = compose(alert, alerts.email(language))
    assert message.content_type == "message/rfc822"
    assert message.body.isascii()
    assert message.body.replace(b"\r\n", b"").count(b"\n") == 0
    assert message.body.replace(b"\r\n", b"").count(b"\r") == 0
    lines = message.body.split(b"\r\n")
    assert max(map(len, lines)) <= 100
    assert not any(line.startswith((b"From ", b".")) for line in lines)

    mail = parsed(message.body)
    assert mail["From"] == "monitor@example.org"
    assert mail["To"] == "desk@example.org"
    assert mail["Bcc"] is None
    assert len(mail.get_all("Subject")) == 1
    assert mail["Message-ID"] == message.key == "<9f3c2a71.desk@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["List-Id"] == "<north-korea-russia.story-monitor.example.org>"
    assert mail["MIME-Version"] == "1.0"
    assert parsedate_to_datetime(mail["Date"]) == alerts.CREATED
    assert alerts.CREATED.tzinfo is UTC
    assert not [part.defects for part in mail.walk() if part.defects]

    assert mail.get_content_type() == "multipart/alternative"
    parts = list(mail.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    letter = render(alert, language)
    for part, meant in zip(parts, (letter.text, letter.html), strict=True):
        assert part["Content-Transfer-Encoding"] == "base64"
        assert part.get_content_charset() == "utf-8"
        assert part.get_content().replace("\r\n", "\n") == meant


def test_a_headline_cannot_write_headers() -> None:
    body = compose(alerts.load("hostile"), alerts.email()).body
    head = body.split(b"\r\n\r\n")[0]
    names = [line.split(b":")[0] for line in head.split(b"\r\n") if not line.startswith(b" ")]
    assert len(names) == len(set(names))
    assert not {b"Bcc", b"bcc"} & set(names)


def test_the_same_alert_gives_the_same_bytes_and_keys() -> None:
    for channel in (alerts.email("ar"), alerts.webhook(), Channel(name="log", kind="log")):
        assert compose(alerts.load("arabic"), channel) == compose(alerts.load("arabic"), channel)


def test_keys_differ_by_alert_and_by_channel() -> None:
    channels = [alerts.webhook(name=name) for name in ("a", "b", "a.b")]
    keys = {compose(alerts.build({}, one), c).key for one in ("1", "2") for c in channels}
    assert len(keys) == 6
    assert all(re.fullmatch(r"msg_[A-Za-z0-9_%-]+", key) for key in keys)
    strange = alerts.email(name="مكتب التحرير <x>")
    key = compose(alerts.build({}), strange).key
    assert re.fullmatch(r"<[!-;=?-~]+@example\.org>", key)


def test_recipients_get_a_delivery_each() -> None:
    to = ("Desk <desk@example.org>", "b@example.org", "desk@example.org", "مكتب <c@مثال.example>")
    message = compose(alerts.load("arabic"), alerts.email("ar", to=to))
    assert message.recipients == (
        "desk@example.org",
        "b@example.org",
        "c@xn--mgbh0fb.example",
    )
    assert [one.addr_spec for one in parsed(message.body)["To"].addresses][3] == message.recipients[
        2
    ]
    assert [one.display_name for one in parsed(message.body)["To"].addresses][3] == "مكتب"


def test_two_hundred_recipients_stand_in_folded_lines() -> None:
    to = tuple(f"reader-{number}@desk-{number}.example.org" for number in range(200))
    message = compose(alerts.load("english"), alerts.email(to=to))
    assert message.recipients == to
    assert tuple(one.addr_spec for one in parsed(message.body)["To"].addresses) == to
    assert max(map(len, message.body.split(b"\r\n"))) <= 100


@pytest.mark.parametrize(
    ("fields", "sent"),
    [
        ({"sender": None, "smtp": Smtp(host="mail.example.net")}, "story-monitor@mail.example.net"),
        ({"sender": None, "smtp": Smtp(host="127.0.0.1")}, "story-monitor@localhost"),
        ({"sender": None, "smtp": Smtp(host="::1")}, "story-monitor@localhost"),
        ({"sender": None}, "story-monitor@localhost"),
        ({"sender": "رصد <watch@example.org>"}, "رصد <watch@example.org>"),
    ],
)
def test_sender(fields, sent: str) -> None:
    channel = alerts.email(**fields)
    assert str(sender(channel)) == sent
    body = compose(alerts.load("english"), channel).body
    assert parsed(body)["From"].addresses[0] == address(sent)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", alerts.NAMES)
def test_the_webhook_body_is_what_the_schema_says(name: str, language: str) -> None:
    alert = alerts.load(name)
    message = compose(alert, alerts.webhook(language=language))
    assert message.content_type == "application/json"
    assert message.recipients == ("",)
    body = json.loads(message.body.decode("utf-8"))
    Draft202012Validator.check_schema(alerts.SCHEMA)
    alerts.DESCRIBED.validate(body)
    assert body["type"] == "alert.new"
    assert body["timestamp"] == "2026-11-20T14:07:30Z"
    assert body["data"]["id"] == alert.id
    assert [caveat["code"] for caveat in body["data"]["caveats"]] == list(alert.caveats)


def test_the_webhook_body_keeps_letters_as_they_are() -> None:
    body = compose(alerts.load("arabic"), alerts.webhook()).body
    assert "سيول تعلن إرسال ألف خبير ألغام".encode() in body
    assert compose(alerts.build({"kind": "test"}), alerts.webhook()).body.count(b"alert.test") == 1


def test_the_log_gets_one_line() -> None:
    message = compose(alerts.load("hostile"), Channel(name="log", kind="log"))
    assert len(message.body.decode().splitlines()) == 1
    arabic = compose(alerts.load("arabic"), Channel(name="log", kind="log", language="ar"))
    assert arabic.body.decode() == (
        "جديد: سيول تعلن إرسال ألف خبير ألغام كوري شمالي إلى كورسك – أخبار المثال"
        " https://akhbar.example.org/2026/11/20/4711"
    )


SLACK = '{"text": {{ (subject ~ "\\n" ~ (link or "")) | tojson }}}'


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", alerts.NAMES)
def test_a_template_gives_the_body_another_shape(name: str, language: str) -> None:
    alert = alerts.load(name)
    message = compose(alert, alerts.webhook(template=SLACK, language=language))
    said = json.loads(message.body.decode("utf-8"))["text"]
    assert message.content_type == "application/json"
    assert said == f"{render(alert, language).subject}\n{alert.article.link.strip()}"


def test_a_template_sees_the_whole_body_and_names_its_own_type() -> None:
    source = "{{ type }} {{ data.article.outlet }} {{ body.version }} <{{ data.match.score }}>\n"
    channel = alerts.webhook(template=source, content_type="text/plain; charset=utf-8")
    message = compose(alerts.load("arabic"), channel)
    assert message.body.decode() == "alert.new أخبار المثال 1 <0.81>\n"
    assert message.content_type == "text/plain; charset=utf-8"
    notice = Notice(id="n", kind="trouble", created=alerts.CREATED, watched=3)
    assert compose(notice, alerts.webhook(template="{{ subject }}{{ link }}")).body.startswith(
        b"NOTICE: "
    )


@pytest.mark.parametrize(
    "source",
    [
        "{{ data.no_such_thing.x }}",
        "{{ subjet }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ data.clear() }}",
        "{% for a in range(1000000) %}x{% endfor %}",
        "{{ 1 // 0 }}",
        "{{ data['story'] + 1 }}",
        "{% include 'mail.html' %}",
        "{{ 'x' * 3 | int('y') }}{{ lipsum.__globals__ }}",
    ],
)
def test_an_alert_whose_template_fails_goes_out_in_the_usual_shape(source: str) -> None:
    alert = alerts.load("arabic")
    usual = compose(alert, alerts.webhook())
    channel = alerts.webhook(template=source, content_type="text/plain")
    assert compose(alert, channel) == usual
