"""Which dialects are spoken in which county: the table that is shipped, from a register of dialect points.

    python -m scripts.compile_dialect_places --data $GUITU_DEVDATA [--check]

`register.tsv` names 2,600 points with their Language Atlas class and place, no readings. A county's weights are
its own points' groups, then, for what is missing, its prefecture's, and for what that misses its province's:
a level with n points counts n, the level above `ABOVE`. Points are how many places were studied, not how many
people speak so; correct a row by hand where you know better, and say so in its line.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from matching.dialect.groups import dialect_groups
from matching.text.gazetteer import COUNTY, PROVINCE, Gazetteer, gazetteer
from matching.text.place_core import core
from scripts.derived_files import data_folder, write_or_check
from scripts.dialects.field_data import Point, read_points

VERSION, DATE = "dialect-places-1", "2026-11-25"
SOURCE = (
    "register of dialect points (2,603, MCPDict, github osfans/MCPDict and jengzang/dialects-build)"
)
#: How many points the level above is worth.
ABOVE = 2.0
#: Smaller weights are left out, and the rest brought to 1.
SMALLEST = 0.02
OUT = Path(__file__).parents[1] / "matching" / "dialect" / "county_groups.tsv"
_CITY = 1

Weights = Counter[str]


def main() -> None:
    """Write the table, or compare it; the exit code is 1 when it differs."""
    folder = data_folder(__doc__) / "dialect"
    text = table(read_points(folder / "register.tsv"), gazetteer())
    write_or_check({OUT: text.encode()})


def table(points: list[Point], places: Gazetteer) -> str:
    """The whole file."""
    found = _Found(places)
    for point in points:
        found.add(point)
    lines = [
        f"# {VERSION}, {DATE}: which dialect groups are spoken where, as shares; the last column is how many",
        "# points the division itself has (0: the weights are those of the prefecture or province).",
        f"# Made by scripts/compile_dialect_places.py from the {SOURCE}.",
        *("\t".join(row) for row in found.rows()),
    ]
    return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class _Found:
    """How many points of each group a division has."""

    places: Gazetteer
    counts: dict[int, Weights] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, point: Point) -> None:
        """Count a point in its county, prefecture and province; one that fits several, in shares."""
        nodes = self._nodes(point)
        for node in nodes:
            for each in self.places.ancestors(node):
                self.counts[each][point.group] += 1 / len(nodes)  # type: ignore[assignment]  # shares

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Path, weights, points of each division of county level or above whose province has any."""
        smoothed: dict[int, dict[str, float]] = {}
        for node in self.places.upper.tolist():
            own, above = self.counts[node], smoothed.get(int(self.places.parents[node]))
            if self.places.levels[node] == PROVINCE:
                total = sum(own.values())
                smoothed[node] = {group: n / total for group, n in own.items()}
            elif above:
                smoothed[node] = _blended(own, above)
            if smoothed.get(node):
                points = f"{sum(own.values()):.3g}"
                yield "/".join(self.places.path(node)), _written(smoothed[node]), points

    def _nodes(self, point: Point) -> list[int]:
        """The counties that the point's place may be; else the prefectures, else the province."""
        province, city, county = point.place
        inside = [n for n in self._named(province, PROVINCE) if province]
        cities = [n for n in self._named(city, _CITY) if self._is_inside(n, inside)] if city else []
        counties = [
            n for n in self._named(county, COUNTY, _CITY) if self._is_inside(n, inside)
        ] if county else []  # fmt: skip
        nearer = [node for node in counties if self._is_inside(node, cities)]
        return nearer or counties or cities or inside

    def _named(self, name: str, *levels: int) -> list[int]:
        """Divisions of one of the levels that bear the name now, or else formerly; 内蒙 is 内蒙古."""
        numbers = [self.places.find_core(text) for text in dict.fromkeys((core(name), name))]
        known = [number for number in numbers if number is not None]
        now = [int(n) for number in known for n in self.places.nodes_of(number)]
        old = [int(n) for number in known for n in self.places.formerly(number)]
        fitting = [n for n in now if self.places.levels[n] in levels]
        return fitting or [n for n in old if self.places.levels[n] in levels]

    def _is_inside(self, node: int, above: list[int]) -> bool:
        return any(each in above for each in self.places.ancestors(node))


def _blended(own: Weights, above: dict[str, float]) -> dict[str, float]:
    total = sum(own.values()) + ABOVE
    groups = dict.fromkeys((*own, *above))
    return {each: (own[each] + ABOVE * above.get(each, 0.0)) / total for each in groups}


def _written(weights: dict[str, float]) -> str:
    """`xiang=0.83 gan=0.17`, the largest first."""
    numbers = {group.id: at for at, group in enumerate(dialect_groups())}
    kept = {group: weight for group, weight in weights.items() if weight >= SMALLEST}
    ordered = sorted(kept, key=lambda each: (-kept[each], numbers[each]))
    return " ".join(f"{each}={kept[each] / sum(kept.values()):.3f}" for each in ordered)


if __name__ == "__main__":
    main()
