"""Stored secrets are unreadable without the keys of the settings, and keys can be changed."""

from __future__ import annotations

import pytest

from home.secrets import EncryptedTextField, Unreadable, UnreadableSecret, decrypt, encrypt

SECRET = "şifrə-Қ-🔑"


def test_a_secret_comes_back_and_does_not_show():
    sealed = encrypt(SECRET)
    assert decrypt(sealed) == SECRET
    assert sealed.isascii()
    assert SECRET not in sealed
    assert encrypt(SECRET) != sealed


def test_old_keys_still_open_and_new_ones_close(settings):
    settings.SECRETS_KEY = ["the first"]
    before = encrypt(SECRET)
    settings.SECRETS_KEY = ["the second", "the first"]
    assert decrypt(before) == SECRET
    after = encrypt(SECRET)
    settings.SECRETS_KEY = ["the second"]
    assert decrypt(after) == SECRET
    with pytest.raises(UnreadableSecret):
        decrypt(before)


def test_naming_a_key_later_loses_nothing(settings):
    settings.SECRETS_KEY = []
    before = encrypt(SECRET)
    settings.SECRETS_KEY = ["a key of its own"]
    assert decrypt(before) == SECRET
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert decrypt(before) == SECRET


@pytest.mark.parametrize("sealed", ["", "nonsense", "gAAAAA", "ə", encrypt(SECRET)[:-4] + "AAAA"])
def test_what_was_tampered_with_is_refused(sealed):
    with pytest.raises(UnreadableSecret):
        decrypt(sealed)


def test_a_field_writes_back_what_it_cannot_read(settings, caplog):
    field = EncryptedTextField()
    settings.SECRETS_KEY = ["lost"]
    stored = field.get_prep_value(SECRET)
    assert field.from_db_value(stored, None, None) == SECRET

    settings.SECRETS_KEY = ["found"]
    read = field.from_db_value(stored, None, None)
    assert read == ""
    assert isinstance(read, Unreadable)
    assert field.get_prep_value(read) == stored
    assert SECRET not in caplog.text
    assert stored not in caplog.text


def test_nothing_stays_nothing():
    field = EncryptedTextField()
    assert field.get_prep_value("") == ""
    assert field.from_db_value("", None, None) == ""
    assert field.get_prep_value(None) is None
