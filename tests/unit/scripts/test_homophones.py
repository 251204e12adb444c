import random

from scripts.dialects.homophones import PointHomophones, mandarin_homophone
from scripts.draw_mishearings import misheard_here_and_there, misheard_throughout

CHENGDU = PointHomophones.build(
    [
        ("湖", "fu"),
        ("福", "fu"),
        ("扶", "fu"),
        ("南", "lan"),
        ("兰", "lan"),
        ("囡", "lan"),
        ("山", "san"),
    ]
)


def test_partners_sound_alike_here_and_otherwise_in_mandarin() -> None:
    assert CHENGDU.partners("湖", "hu") == ["扶", "福"]
    assert CHENGDU.partners("福", "fu") == ["湖"]
    assert CHENGDU.partners("山", "shan") == []


def test_rare_characters_are_no_partners() -> None:
    assert "囡" not in CHENGDU.partners("南", "nan")


def test_a_place_is_misheard_throughout_or_not_at_all() -> None:
    choice = random.Random(1)
    assert misheard_throughout("湖南", CHENGDU, choice) in {"福兰", "扶兰"}
    assert misheard_throughout("南山", CHENGDU, choice) == "兰山"
    assert misheard_throughout("山山", CHENGDU, choice) is None


def test_a_name_has_at_least_one_dialect_mishearing() -> None:
    choice = random.Random(1)
    drawn = [misheard_here_and_there("胡", "山", CHENGDU, choice) for _ in range(20)]
    assert set(drawn) == {None}
    drawn = [misheard_here_and_there("湖", "山", CHENGDU, choice) for _ in range(40)]
    assert {each[0] for each in drawn if each} == {"福", "扶"}
    assert None in drawn


def test_a_mandarin_homophone_keeps_the_syllable() -> None:
    choice = random.Random(1)
    heard = {mandarin_homophone("海", "hai", choice) for _ in range(50)}
    assert {"亥", "害"} <= heard
    assert "海" not in heard
