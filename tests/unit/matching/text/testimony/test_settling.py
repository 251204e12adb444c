from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.settling import settled


def at(kind: ClueKind, start: int, text: str, confidence: float = 0.9) -> Clue:
    return Clue(
        kind=kind,
        start=start,
        end=start + len(text),
        text=text,
        speaker=Speaker.RESIDENT,
        value=text,
        confidence=confidence,
    )


def kept(*clues: Clue) -> list[ClueKind]:
    return [clue.kind for clue in settled(clues)]


def test_a_name_goes_before_a_place_and_a_river() -> None:
    name = at(ClueKind.SELF_NAME, 3, "陈清河")
    place, river = at(ClueKind.HOME_PLACE, 4, "清河"), at(ClueKind.LANDMARK, 4, "清河")
    assert kept(place, name, river) == [ClueKind.SELF_NAME]


def test_a_place_goes_before_a_river_and_a_school_before_a_place() -> None:
    assert kept(at(ClueKind.HOME_PLACE, 0, "龙江"), at(ClueKind.LANDMARK, 0, "龙江")) == [
        ClueKind.HOME_PLACE
    ]
    assert kept(at(ClueKind.HOME_PLACE, 0, "隆回"), at(ClueKind.LANDMARK, 0, "隆回小学")) == [
        ClueKind.LANDMARK
    ]


def test_the_place_of_an_event_is_no_place_of_the_resident() -> None:
    event, place = at(ClueKind.EVENT, 0, "唐山地震"), at(ClueKind.OTHER_PLACE, 0, "唐山")
    assert kept(event, place) == [ClueKind.EVENT]


def test_what_only_looks_like_a_name_gives_way_to_a_crop_and_a_tongue() -> None:
    crop = at(ClueKind.LANDMARK, 1, "洋芋")
    assert kept(at(ClueKind.SELF_NAME, 0, "种洋芋", 0.35), crop) == [ClueKind.LANDMARK]
    tongue = at(ClueKind.DIALECT_MARKER, 0, "雷州话")
    assert kept(at(ClueKind.SELF_NAME, 0, "雷州话", 0.35), tongue) == [ClueKind.DIALECT_MARKER]
    assert ClueKind.SELF_NAME in kept(at(ClueKind.SELF_NAME, 0, "雷州生", 0.9), tongue)


def test_clues_side_by_side_are_all_kept_in_their_order() -> None:
    clues = (at(ClueKind.SELF_NAME, 0, "刘福生"), at(ClueKind.HOME_PLACE, 3, "隆回"))
    assert settled(clues) == clues
    assert settled(()) == ()
