"""What happened between a syllable meant and a syllable heard, in a linguist's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from matching.text.confusions import Confusion, Pair, built_in_confusions
from matching.text.syllables import UNREAD, syllable_table


@dataclass(frozen=True, slots=True)
class SoundRules:
    """The rules of a table by unordered pair of parts."""

    syllables: Mapping[frozenset[str], str]
    initials: Mapping[frozenset[str], str]
    finals: Mapping[frozenset[str], str]

    def between(self, meant: int, heard: int) -> tuple[str, ...]:
        """The rules that lead from one syllable number to another; () for the same sound."""
        if meant == heard != UNREAD:
            return ()
        one, other = syllable_table()[meant], syllable_table()[heard]
        if not one.text or not other.text:
            return ("无读音",)
        whole = self.syllables.get(frozenset((one.text, other.text)))
        if whole is not None:
            return (whole,)
        found = (
            _part(self.initials, (one.initial, other.initial)),
            _part(self.finals, (one.final, other.final)),
        )
        if None in found:
            return (f"音近（{one.text}→{other.text}）",)
        return tuple(each for each in found if each)


def names_a_merger(rules: Iterable[str]) -> bool:
    """Whether any of the rules is one of sound, which a dialect can be named with."""
    return not _merging().isdisjoint(rules)


def in_dialect(rules: Iterable[str], dialect: str) -> tuple[str, ...]:
    """Rules of sound with the dialect they are heard in: h/f 混（湘语）; "" leaves them as they are."""
    return tuple(_said_in(rule, dialect) if rule in _merging() else rule for rule in rules)


def _said_in(rule: str, dialect: str) -> str:
    if not dialect:
        return rule
    dialect = dialect.replace("（", "·").removesuffix("）")
    return f"{rule[:-1]}，{dialect}）" if rule.endswith("）") else f"{rule}（{dialect}）"


@cache
def _merging() -> frozenset[str]:
    rules = sound_rules()
    return frozenset((*rules.syllables.values(), *rules.initials.values(), *rules.finals.values()))


@cache
def sound_rules() -> SoundRules:
    """The rules of `confusions.toml`."""
    table = built_in_confusions()
    return SoundRules(
        syllables=_by_pair(table.syllables),
        initials=_by_pair(table.initials),
        finals=_by_pair(table.finals),
    )


def _part(rules: Mapping[frozenset[str], str], pair: Pair) -> str | None:
    """The rule for a pair of parts, "" when they are the same, None when no rule is known."""
    return "" if pair[0] == pair[1] else rules.get(frozenset(pair))


def _by_pair(confusions: Iterable[Confusion]) -> dict[frozenset[str], str]:
    return {frozenset(each.pair): each.rule for each in confusions}
