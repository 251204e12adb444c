import pytest

from matching.text.name_costs import NameOutcome, name_similarity
from matching.text.names import PersonName, split_name


@pytest.mark.parametrize(
    ("text", "surname", "given"),
    [
        ("刘福生", "刘", "福生"),
        ("欧阳修", "欧阳", "修"),
        ("尉迟", "尉", "迟"),
        ("歐陽修", "歐陽", "修"),
        ("王", "王", ""),
        ("John Smith", "", "johnsmith"),
        ("", "", ""),
        ("𬭎某", "𬭎", "某"),
    ],
)
def test_names_are_taken_apart(text: str, surname: str, given: str) -> None:
    name = split_name(text)
    assert (name.surname, name.given) == (surname, given)


def test_pet_names_keep_what_is_left_of_the_name() -> None:
    pet = PersonName(surname="", given="福", is_pet_name=True)
    assert split_name("阿福") == split_name("福仔") == pet


@pytest.mark.parametrize(
    ("heard", "written", "outcome"),
    [
        ("刘福生", "刘福生", NameOutcome.EXACT),
        ("刘福升", "刘福生", NameOutcome.HOMOPHONE),
        ("牛福生", "刘福森", NameOutcome.NEAR),
        ("刘福胜", "刘德胜", NameOutcome.NEAR),
        ("张国强", "赵国强", NameOutcome.DIFFERENT),
        ("秀英姐", "刘秀英", NameOutcome.NEAR),
        ("掌孙吾记", "长孙吾记", NameOutcome.HOMOPHONE),
        ("老李", "李国富", NameOutcome.PET_NAME),
        ("强强", "周国强", NameOutcome.PET_NAME),
        ("二柱", "李铁柱", NameOutcome.PET_NAME),
        ("刘建国", "刘福生", NameOutcome.SURNAME),
        ("刘", "刘福生", NameOutcome.SURNAME),
        ("王建国", "刘福生", NameOutcome.DIFFERENT),
        ("阿福", "刘福生", NameOutcome.PET_NAME),
        ("阿贵", "刘福生", NameOutcome.DIFFERENT),
        ("仇英", "求英", NameOutcome.HOMOPHONE),
        ("砍英", "阚英", NameOutcome.HOMOPHONE),
        ("善雄信", "單雄信", NameOutcome.HOMOPHONE),
        ("", "刘福生", NameOutcome.DIFFERENT),
    ],
)
def test_likeness_goes_from_writing_to_sound_to_surname(
    heard: str, written: str, outcome: NameOutcome
) -> None:
    assert name_similarity(heard, written).outcome is outcome
