"""The commented tables about personal names: how common, how shortened, how spelled aloud."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from matching.tables import toml_table


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWeights:
    """Nats, one share, and for `near` bits; see `name_shares.toml`."""

    surname_unsaid: float
    given_unsaid: float
    pet_name: float
    near: float


@dataclass(frozen=True, slots=True)
class Nicknames:
    """`nicknames.toml`; tails longest first."""

    heads: frozenset[str]
    tails: tuple[str, ...]
    titles: tuple[str, ...]
    by_birth_order: frozenset[str]


@cache
def name_weights() -> NameWeights:
    """What unsaid parts cost."""
    return NameWeights(**toml_table("matching.text", "name_shares.toml")["weights"])


@cache
def surname_shares() -> Mapping[str, float]:
    """Surname -> its share of the population; the rest is spread over what is not listed."""
    shares = {
        name: cent / 100
        for name, cent in toml_table("matching.text", "name_shares.toml")["surnames"].items()
    }
    return {name: share for name, share in shares.items() if name != "*"}


@cache
def given_shares() -> Mapping[str, float]:
    """Character of a given name -> its share, falling with rank; sums to 1."""
    ranked = toml_table("matching.text", "name_shares.toml")["given"]["characters"]
    weights = {char: 1 / (rank + 8) for rank, char in enumerate(ranked)}
    total = sum(weights.values())
    return {char: weight / total for char, weight in weights.items()}


@cache
def nicknames() -> Nicknames:
    """Pet-name affixes."""
    table = toml_table("matching.text", "nicknames.toml")
    tails = sorted(table["affixes"]["tails"], key=lambda word: (-len(word), word))
    return Nicknames(
        heads=frozenset(table["affixes"]["heads"]),
        tails=tuple(tails),
        titles=tuple(table["affixes"]["titles"]),
        by_birth_order=frozenset(table["by_birth_order"]["words"]),
    )


@cache
def character_descriptions() -> Mapping[str, str]:
    """What is said -> the character meant (弓长张 -> 张)."""
    found: dict[str, str] = toml_table("matching.text", "character_descriptions.toml")[
        "descriptions"
    ]
    return found
