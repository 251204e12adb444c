from matching.text.normalize import is_han, normalize


def test_width_case_spaces_and_points_are_put_aside() -> None:
    assert normalize("ＡＢc 张·三　（小）") == "abc张三小"


def test_rare_and_private_characters_survive() -> None:
    for char in "䶮㛃𬭎\ue123":
        assert normalize(f" {char}。") == char
        assert is_han(char)


def test_what_is_no_chinese_character_is_none() -> None:
    assert not any(is_han(char) for char in "a1，🙂ア")
