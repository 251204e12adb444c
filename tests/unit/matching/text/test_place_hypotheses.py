"""What speaks for a place is chosen so that no word is used twice and the whole is worth most."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from matching.text.place_hypotheses import Support, most_worth
from matching.text.place_search import PlaceSearch
from matching.text.place_spans import SpanMatch
from matching.text.sound_costs import built_in_costs

SCORED = PlaceSearch().score("梅县", built_in_costs())


def support(start: int, length: int, worth: float) -> Support:
    assert SCORED is not None
    match = SpanMatch(
        stretch=0,
        start=start,
        end=start + length,
        node=0,
        core=0,
        bits=worth,
        is_former=False,
        scored=SCORED,
    )
    return Support(match, worth)


supports = st.builds(support, st.integers(0, 6), st.integers(1, 3), st.floats(-2, 9))


@given(st.lists(st.lists(supports, max_size=3), max_size=4))
def test_no_other_choice_without_overlaps_is_worth_more(choices: list[list[Support]]) -> None:
    def clear(chosen: tuple[Support | None, ...]) -> bool:
        said = [each.match for each in chosen if each is not None]
        return not any(a.overlaps(b) for at, a in enumerate(said) for b in said[:at])

    every = product(*([None, *one] for one in choices))
    best = max(sum(x.worth for x in each if x is not None) for each in every if clear(each))
    found = most_worth(choices)
    assert clear(found)
    assert abs(sum(each.worth for each in found) - best) < 1e-9
