"""Promises of the matching core, for any input."""

from datetime import date
from math import fsum, isclose

from hypothesis import given
from hypothesis import strategies as st

from matching.evidence import Evidence, Signal
from matching.fusion import band, fuse
from matching.policy import load_policy
from matching.text.name_costs import name_similarity
from matching.text.normalize import normalize
from matching.text.testimony.facts import facts_from_transcript

POLICY = load_policy()
evidence = st.builds(
    Evidence,
    signal=st.sampled_from(Signal),
    bits=st.floats(-30, 30),
    detail=st.just(""),
)
one_of_each = st.lists(evidence, unique_by=lambda each: each.signal)
chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=6)
talk = st.text(
    st.one_of(st.characters(), st.sampled_from("问答：我叫姓老家湖南刘福生弟叫属龙岁六十\n，。")),
    max_size=300,
)


@given(st.text())
def test_normalizing_twice_is_normalizing_once(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(chinese, chinese)
def test_likeness_of_names_is_symmetric(one: str, other: str) -> None:
    assert name_similarity(one, other).outcome is name_similarity(other, one).outcome


@given(talk)
def test_any_talk_is_read_without_error_and_the_same_way_each_time(text: str) -> None:
    day = date(2026, 3, 5)
    assert facts_from_transcript(text, on=day) == facts_from_transcript(text, on=day)


@given(one_of_each, st.randoms())
def test_the_order_of_evidence_does_not_matter(pieces: list[Evidence], random: object) -> None:
    shuffled = list(pieces)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one = fuse(pieces, prior_bits=-10, policy=POLICY)
    other = fuse(shuffled, prior_bits=-10, policy=POLICY)
    assert isclose(one.total_bits, other.total_bits, abs_tol=1e-9)
    assert band(one, POLICY) is band(other, POLICY)


@given(one_of_each, st.floats(0, 20))
def test_a_supporting_fact_never_lowers_a_total(pieces: list[Evidence], bits: float) -> None:
    others = [each for each in pieces if each.signal is not Signal.MARKS]
    more = [*others, Evidence(signal=Signal.MARKS, bits=bits, detail="")]
    before = fuse(others, prior_bits=-10, policy=POLICY).total_bits
    assert fuse(more, prior_bits=-10, policy=POLICY).total_bits >= before - 1e-9


@given(one_of_each)
def test_a_total_can_always_be_added_up_by_hand(pieces: list[Evidence]) -> None:
    fused = fuse(pieces, prior_bits=-3.5, policy=POLICY)
    by_hand = -3.5 + fsum(each.bits for each in fused.evidence)
    assert isclose(fused.total_bits, by_hand, abs_tol=1e-9)
