"""Addresses without an error: the resolver beside jionlp and cpca, which know only those.

Towns drawn by a fixed seed from the divisions of China, each written as in a document, without its
city, and without any suffix. Right is the county; jionlp and we also give the town. What is counted
of a peer is what it answers in its own words, so a name that two counties bear is its to choose.
"""

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from importlib.util import find_spec
from typing import Any, Final

from benchmarks.rows import interleaved, row, share_row
from matching.text.gazetteer import COUNTY, TOWN, gazetteer
from matching.text.place_core import core
from matching.text.place_resolver import PlaceResolver

SEED: Final = 20261125
TOWNS: Final = 200
#: Of them, those that are timed.
TIMED: Final = 40
Path_ = tuple[str, ...]
#: The county and, where the reader gives one, the town; "" for none.
Answer = Callable[[str], tuple[str, str]]
FORMS: Final[dict[str, Callable[[Path_], str]]] = {
    "全称": "".join,
    "不写市": lambda path: path[0] + "".join(path[2:]),
    "不带后缀": lambda path: "".join(map(core, path)),
}


def clean_address_rows() -> Iterator[dict[str, Any]]:
    """Shares of counties and towns that are right, and milliseconds an address."""
    paths = _towns()
    ours, peers = _resolver(), _peers()
    for form, write in FORMS.items():
        mine = _right(ours, paths, write)
        for name, answer in peers.items():
            theirs = _right(answer, paths, write)
            yield share_row(f"无误地址（{form}）县级正确", mine[0], theirs[0], name)
            if theirs[1]:
                yield share_row(f"无误地址（{form}）乡镇正确", mine[1], theirs[1], name)
    for name, answer in peers.items():
        yield _time_row(ours, answer, name, ["".join(path) for path in paths[:TIMED]])


def _towns() -> list[Path_]:
    places = gazetteer()
    paths = [places.path(node) for node in range(len(places.levels)) if places.levels[node] == TOWN]
    # 北京市/北京市/海淀区 is written with one 北京市, and 东莞 has no counties: left out.
    whole = [path for path in paths if len(set(path)) == TOWN + 1]
    return random.Random(SEED).sample(whole, TOWNS)


def _right(
    answer: Answer, paths: Sequence[Path_], write: Callable[[Path_], str]
) -> tuple[float, float]:
    found = [(answer(write(path)), path) for path in paths]
    county = sum(county == path[COUNTY] for (county, _), path in found)
    town = sum(town == path[TOWN] for (_, town), path in found)
    return county / len(paths), town / len(paths)


def _time_row(ours: Answer, theirs: Answer, name: str, texts: Sequence[str]) -> dict[str, Any]:
    mine, peer = interleaved(
        lambda: [ours(text) for text in texts], lambda: [theirs(text) for text in texts], 3
    )
    return row("无误地址每条", "毫秒", mine / len(texts), peer / len(texts), name)


def _resolver() -> Answer:
    resolver = PlaceResolver()

    def answer(text: str) -> tuple[str, str]:
        best = resolver.resolve(text, limit=1)
        path = (*best[0].path, "", "", "", "") if best else ("",) * 4
        return path[COUNTY], path[TOWN]

    return answer


def _peers() -> dict[str, Answer]:
    """The peers that are installed (`make bench` installs them)."""
    known = {"jionlp": _jionlp, "cpca": _cpca}
    return {name: make() for name, make in known.items() if find_spec(name) is not None}


def _jionlp() -> Answer:
    # It greets on stdout, where the report goes.
    with redirect_stdout(sys.stderr):
        from jionlp import parse_location  # noqa: PLC0415 - an optional peer

    def answer(text: str) -> tuple[str, str]:
        found = parse_location(text, town_village=True)
        return found.get("county") or "", found.get("town") or ""

    return answer


def _cpca() -> Answer:
    from cpca import transform  # noqa: PLC0415 - an optional peer

    def answer(text: str) -> tuple[str, str]:
        return transform([text])["区"].iloc[0] or "", ""

    return answer
