from collections import Counter

import pytest

from api.pages.keymap import Key, Where, keymap


def test_every_binding_does_exactly_one_thing() -> None:
    assert all((bool(key.press), bool(key.row), bool(key.go)).count(True) == 1 for key in keymap())


@pytest.mark.parametrize("page", [Where.REVIEW, Where.LIST])
def test_no_key_has_two_meanings_on_one_page(page: Where) -> None:
    here = Counter(key.keys for key in keymap() if key.page in {page, Where.ANY})
    assert {keys for keys, times in here.items() if times > 1} == set()


def test_no_single_key_begins_a_sequence() -> None:
    firsts = {key.keys.split()[0] for key in keymap() if " " in key.keys}
    assert not firsts & {key.keys for key in keymap() if " " not in key.keys}


def test_key_caps_are_drawn_one_by_one() -> None:
    key = Key(keys="Ctrl+Enter", words="认定", page=Where.REVIEW, press="button")
    assert list(key.caps) == ["Ctrl", "↵"]
