"""Secrets, seeds and what is shipped: the places that a configuration points to."""

import os
from pathlib import Path

import pytest

from monitor.config import secrets, seeds
from monitor.config.shipped import shipped
from monitor.errors import ConfigError, MonitorError
from monitor.model import Secret

not_as_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may read any file")


def told(secret: Secret) -> str:
    with pytest.raises(MonitorError) as caught:
        secrets.read(secret)
    assert not isinstance(caught.value, ConfigError)
    return str(caught.value)


def test_a_secret_comes_from_where_it_lies(tmp_path, monkeypatch):
    (tmp_path / "word").write_text("\ufeff  öpen sesame \r\n", "utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("WORD", "from the environment\n")
    assert secrets.read(Secret(kind="credential", value="word")) == "  öpen sesame "
    assert secrets.read(Secret(kind="file", value=str(tmp_path / "word"))) == "  öpen sesame "
    assert secrets.read(Secret(kind="env", value="WORD")) == "from the environment"
    assert secrets.read(Secret(kind="plain", value="open\n")) == "open\n"


def test_what_is_missing_is_named_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    monkeypatch.setenv("EMPTY", "\n")
    assert "LoadCredential=word:/path" in told(Secret(kind="credential", value="word"))
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert "'word' (LoadCredential=" in told(Secret(kind="credential", value="word"))
    gone = told(Secret(kind="file", value=str(tmp_path / "gone")))
    assert f"{tmp_path}/gone does not exist" in gone
    assert "is not set or empty" in told(Secret(kind="env", value="EMPTY"))
    assert "Is a directory" in told(Secret(kind="file", value=str(tmp_path)))


@pytest.mark.parametrize(
    ("body", "word"), [(b"\n", "is empty"), (b"\xff\xfe", "not text in UTF-8")]
)
def test_a_secret_file_that_holds_no_secret(tmp_path, body, word):
    (tmp_path / "x").write_bytes(body)
    assert word in told(Secret(kind="file", value=str(tmp_path / "x")))


@not_as_root
def test_a_secret_that_may_not_be_read(tmp_path):
    (tmp_path / "x").write_text("x")
    (tmp_path / "x").chmod(0)
    assert "Permission denied" in told(Secret(kind="file", value=str(tmp_path / "x")))


def test_a_secret_does_not_show_itself():
    assert "hunter2" not in repr(Secret(kind="plain", value="hunter2"))


def test_seeds_are_sorted_plain_files(tmp_path):
    for name in ("b.html", "a.txt", ".hidden", "ت.txt"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "folder").mkdir()
    assert seeds.files(tmp_path) == (
        ("a.txt", b"a.txt"),
        ("b.html", b"b.html"),
        ("ت.txt", "ت.txt".encode()),
    )


def test_a_seed_folder_that_cannot_be_read(tmp_path):
    with pytest.raises(MonitorError, match="No such file or directory"):
        seeds.files(tmp_path / "gone")


def test_what_is_shipped_lies_in_the_checkout_or_in_the_package(tmp_path, monkeypatch):
    assert shipped() == Path(__file__).parents[1]
    (tmp_path / "shipped").mkdir()
    monkeypatch.setattr("monitor.config.shipped._PACKAGE", tmp_path)
    assert shipped() == tmp_path / "shipped"
