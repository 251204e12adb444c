import tomllib
from importlib.resources import files

import pytest

from matching.face.reading import RejectionCode
from matching.face.rejections import rejection

NUMBERS = {
    "megabytes": 25,
    "megapixels": 40,
    "limit": 24,
    "pixels": 40,
    "found": 12,
    "needed": 20,
    "seconds": 20,
}
REASONS = sorted(
    tomllib.loads(files("matching.face").joinpath("rejections.toml").read_text(encoding="utf-8"))
)


@pytest.mark.parametrize("reason", REASONS)
def test_every_refusal_is_a_whole_sentence_with_a_remedy(reason: str) -> None:
    refusal = rejection(reason, **NUMBERS)
    assert refusal.code in RejectionCode
    for sentence in (refusal.message, refusal.remedy):
        assert sentence.endswith("。")
        assert "{" not in sentence


def test_a_missing_number_is_an_error_and_not_a_gap_in_the_sentence() -> None:
    with pytest.raises(KeyError):
        rejection("too_many_bytes")
