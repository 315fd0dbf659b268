"""Twelve awkward alerts by a real mail server with STARTTLS and login, judged from the bytes."""

import email
import email.policy
from dataclasses import replace

import pytest

from monitor.alert.compose import compose
from monitor.alert.render import render
from monitor.deliver.email import Email
from monitor.model import Added, Event, Secret
from tests import alerts
from tests.receivers import Mailbox, certificate, login_as, mail_server
from tests.test_compose import subject
from tests.test_email import delivery

PASSWORD = Secret(kind="plain", value="كلمة سر pass")
ARABIC = "سيول تعلن إرسال ألف خبير ألغام كوري شمالي إلى كورسك"

# What is odd about each, and the article that is.
AWKWARD = {
    "a long Arabic subject": {"title": f"{ARABIC} وتنشر صورا " * 4, "language": "ar"},
    "blanks where words are folded": {"title": "ا ب " * 60, "language": "ar"},
    "mixed directions": {"title": "CNN: صور Maxar تظهر 1,200 جندي (فيديو) North Korea قرب كورسك"},
    "emoji with joiners": {"title": "🚨🇰🇵 عاجل 👩‍🚀 breaking 👨‍👩‍👧‍👦 " * 3},
    "a line From": {"title": "From nobody Fri Nov 20", "text": "From here on.\n\nFrom there too."},
    "header injection": {
        "title": "Kim\r\nBcc: all@example.org\r\n\r\nbody",
        "outlet": "Wire\r\nX-Evil: 1\n\tSubject: x",
    },
    "encoded words in plain": {"title": "=?utf-8?q?Bcc=3A_x=40example=2Eorg?= and =?x?b?!?="},
    "controls and an override": {"title": "a\x00b\x1b[31m\u202ecod.exe\u2066 \x85 c\u2028d"},
    "half surrogates": {"title": "half \ud83d of \udc00 a pair", "text": "\ud83d alone."},
    "lines of dots": {"title": ".", "text": ".\n\n..\n\n.quit\n\nQUIT\n\n."},
    "two megabytes": {"title": "خبر " * 250_000, "text": "كلمة " * 400_000, "language": "ar"},
    "no blank to fold at": {"title": "س" * 900, "text": "x" * 50_000},
}


def awkward(name: str):
    facts = AWKWARD[name]
    text = facts.get("text", "")
    event = Event(
        id=7,
        headline=facts["title"],
        language=None,
        reports=2,
        new_facts=(text or facts["title"],),
        outlets=(facts.get("outlet", "Wire"), "B\r\nX: y"),
        added=Added(relation="update", fresh=("كلمة", "From")),
    )
    changed = {"event": event, "threads": {"desk": "<first.desk@example.org>"}, "kind": "update"}
    return replace(alerts.titled(**{"text": "", **facts}), **changed)


async def arrived(tmp_path, monkeypatch, names) -> list:
    file, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    mailbox = Mailbox()
    login = {"auth_required": True, "authenticator": login_as("desk", PASSWORD.value)}
    found = []
    async with mail_server(mailbox, tls_context=context, require_starttls=True, **login) as port:
        smtp = alerts.smtp(port, security="starttls", user="desk", password=PASSWORD)
        for name in names:
            channel = alerts.email("ar", smtp=smtp)
            alert = awkward(name)
            message = compose(alert, channel)
            for recipient in message.recipients:
                await Email(channel).send(delivery(message, recipient))
            found.append((alert, message))
    assert mailbox.users == [b"desk"] * len(mailbox.envelopes)
    assert all(mailbox.encrypted)
    return [(alert, m, mailbox.envelopes[n]) for n, (alert, m) in enumerate(found)]


async def test_twelve_awkward_alerts_arrive_intact(tmp_path, monkeypatch) -> None:
    assert len(AWKWARD) == 12
    for alert, message, envelope in await arrived(tmp_path, monkeypatch, AWKWARD):
        content = envelope.content
        assert content == message.body
        assert content.isascii()
        assert len(content) < 60_000
        assert b"\r" not in content.replace(b"\r\n", b"")
        assert b"\n" not in content.replace(b"\r\n", b"")
        lines = content.split(b"\r\n")
        assert max(map(len, lines)) <= 998
        assert not any(line.startswith((b"From ", b".")) for line in lines)

        head = content.split(b"\r\n\r\n")[0]
        names = [line.split(b":")[0] for line in head.split(b"\r\n") if line[:1] not in b" \t"]
        assert sorted(names) == sorted(
            b"Subject From To Date Message-ID In-Reply-To References Auto-Submitted List-Id X-Auto-Response-Suppress"
            b" Content-Language MIME-Version Content-Type".split()
        )

        letter = render(alert, "ar")
        mail = email.message_from_bytes(content, policy=email.policy.default)
        assert subject(content) == letter.subject.encode("utf-8", "replace").decode()
        assert not [part.defects for part in mail.walk() if part.defects]
        for part, meant in zip(mail.iter_parts(), (letter.text, letter.html), strict=True):
            assert part["Content-Transfer-Encoding"] == "base64"
            said = part.get_content().replace("\r\n", "\n")
            assert said == meant.encode("utf-8", "replace").decode()
            assert not any(sign in said for sign in "\x00\x1b\u202e\u2028\x85")


async def test_arabic_keeps_its_blanks_wherever_the_subject_is_folded(
    tmp_path, monkeypatch
) -> None:
    ((alert, _, envelope),) = await arrived(
        tmp_path, monkeypatch, ["blanks where words are folded"]
    )
    read = subject(envelope.content)
    assert read == render(alert, "ar").subject
    assert "ا ب ا ب ا ب" in read
    assert "اب" not in read
    assert "  " not in read


async def test_two_hundred_readers_with_names_of_any_script_stand_in_the_header() -> None:
    to = tuple(f"قارئ {n} <reader-{n}@desk-{n}.example.org>" for n in range(200))
    message = compose(awkward("mixed directions"), alerts.email("ar", to=to))
    assert len(message.recipients) == 200
    mail = email.message_from_bytes(message.body, policy=email.policy.default)
    assert [one.display_name for one in mail["To"].addresses] == [f"قارئ {n}" for n in range(200)]
    assert max(map(len, message.body.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("name", ["desk\r\nX: y", "مكتب", "a b.c@d"])
def test_a_channels_name_writes_no_header(name: str) -> None:
    alert = replace(awkward("a line From"), threads={name: "<first.x@example.org>"})
    head = compose(alert, alerts.email(name=name)).body.split(b"\r\n\r\n")[0]
    assert b"\r\nX:" not in head
    assert b"References: <first.x@example.org>" in head
