import pytest

from casework.cases.happenings.police import DnaRequested, IdentityRequestSent
from casework.errors import BadInputError
from runtime.line_input import details_from


def test_a_line_is_read_by_its_kind() -> None:
    assert details_from("dna_requested", {"request_id": "D-1"}) == DnaRequested(request_id="D-1")
    sent = details_from("identity_request_sent", {"request_id": "q", "agency": "a", "clues": ["k"]})
    assert sent == IdentityRequestSent(request_id="q", agency="a", clues=("k",))


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("invented", {}, "没有 invented 这种登记"),
        ("dna_requested", {}, "request_id"),
        ("dna_requested", {"request_id": 7}, "request_id"),
        ("dna_requested", {"request_id": "D-1", "note": "金丝雀"}, "没有这些栏目：note"),
        ("dna_requested", {"request_id": "D-1", "kind": "died"}, "没有这些栏目：kind"),
    ],
)
def test_what_does_not_fit_is_refused_by_field_and_never_by_value(
    kind: str, fields: dict[str, object], said: str
) -> None:
    with pytest.raises(BadInputError, match=said) as caught:
        details_from(kind, fields)
    assert "金丝雀" not in caught.value.sentence
