from api.pages.highlighting import Piece, heard_words, marked_pieces
from matching.model import Home, PersonFacts, Relation, Relative


def test_heard_names_and_places_are_marked() -> None:
    pieces = marked_pieces("我是龙回的，老弟刘福贵", ["龙回", "刘福贵"])
    assert pieces == (
        Piece("我是", marked=False),
        Piece("龙回", marked=True),
        Piece("的，老弟", marked=False),
        Piece("刘福贵", marked=True),
    )


def test_of_overlapping_words_the_longest_is_marked() -> None:
    pieces = marked_pieces("湖南龙回", ["龙回", "湖南龙回"])
    assert pieces == (Piece("湖南龙回", marked=True),)


def test_words_are_taken_literally_and_nothing_of_the_text_is_lost() -> None:
    text = "他说(家)在.山*下"
    pieces = marked_pieces(text, ["(家)", ".", ""])
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.marked] == ["(家)", "."]


def test_a_text_without_heard_words_is_one_piece() -> None:
    assert marked_pieces("不说话", []) == (Piece("不说话", marked=False),)


def test_names_places_and_relatives_are_heard() -> None:
    facts = PersonFacts(
        names=("福生",),
        homes=(Home(text="龙回"),),
        relatives=(
            Relative(relation=Relation.MOTHER),
            Relative(relation=Relation.YOUNGER_BROTHER, name="福贵"),
        ),
    )
    assert heard_words(facts) == ("福生", "龙回", "福贵")
