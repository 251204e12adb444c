"""Names that need no cue in a talk: the provinces, cities and counties of the gazetteer."""

from functools import cache
from typing import Final

from matching.text.gazetteer import gazetteer
from matching.text.testimony.home import place_lexicon
from matching.text.testimony.lexicon import Lexicon

_SHORTEST: Final = 2


@cache
def known_places() -> Lexicon[None]:
    """Full names and cores of every division down to the county."""
    places = gazetteer()
    names = sorted(places.upper_names | places.upper_cores)
    return place_lexicon(each for each in names if len(each) >= _SHORTEST)
