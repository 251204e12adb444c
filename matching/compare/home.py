"""Home: how deep into the written path the heard words reach, and how rare that place is."""

from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.frequencies import rarity_bits
from matching.model import Home, PersonFacts
from matching.text.places import HeardPlaces, Hearing, Path

_OUTCOMES = {Hearing.EXACT: "exact", Hearing.HOMOPHONE: "homophone", Hearing.NEAR: "near"}
_RULES = {Hearing.EXACT: "相同", Hearing.HOMOPHONE: "同音", Hearing.NEAR: "近音"}
#: From here on a place is narrow enough that naming another one speaks against.
_COUNTY = 3
#: Chance that a name of several levels is heard by accident grows with each unsupported level.
_UNSUPPORTED_BITS = 3.0


def compare_home(ours: PersonFacts, theirs: PersonFacts, setting: Setting) -> Evidence:
    """The best-agreeing home; silent when one side names none that the registry knows."""
    homes = [home for home in theirs.homes if home.path]
    if not homes or not setting.heard.heard:
        return Evidence.silent(Signal.HOME, "一方没有可用的家乡线索")
    said = "，".join(home.text for home in ours.homes)
    pairs = [_pair(said, home, setting) for home in homes]
    return max(pairs, key=lambda each: (each.bits, each.candidate_value))


def _pair(said: str, home: Home, setting: Setting) -> Evidence:
    bits, detail = _judge(home.path, setting)
    return Evidence(
        signal=Signal.HOME,
        bits=min(bits, setting.policy.home.most),
        detail=detail,
        probe_value=said,
        candidate_value="".join(home.path),
    )


def _judge(path: Path, setting: Setting) -> tuple[float, str]:
    heard, weights = setting.heard, setting.policy.home
    other_province = heard.stated(1) and path[:1] not in heard.stated(1)
    if other_province:
        return weights.province_only_conflict, "说的是别的省份"
    place = heard.deepest(path)
    if place is None:
        return weights.county_conflict, "说到的地名都不在该户籍地"
    if _names_another_county(heard, path):
        return weights.county_conflict, f"同在{place[-1]}，但说的是另一个县"
    bits = _agreement(place, setting)
    return bits, _detail(heard, place, setting)


def _names_another_county(heard: HeardPlaces, path: Path) -> bool:
    """A county was named letter by letter, inside the same province, and it is not this one."""
    counties = {each for each in heard.stated(_COUNTY) if each[:1] == path[:1]}
    return bool(counties) and path[:_COUNTY] not in counties and path[:_COUNTY] not in heard.heard


def _agreement(place: Path, setting: Setting) -> float:
    """log2(m/u) of the deepest place, less what hearing it without its parents leaves open."""
    heard, weights = setting.heard, setting.policy.home
    chance = weights.m[_OUTCOMES[heard.heard[place]]]
    share = setting.frequencies.place_share(place)
    bits = rarity_bits(chance, share, rarest=1e-6)
    parents = len(heard.agreeing(place)) - 1
    return bits if parents or len(place) == 1 else bits - _UNSUPPORTED_BITS


def _detail(heard: HeardPlaces, place: Path, setting: Setting) -> str:
    words = [
        f"“{heard.words[each]}”与“{each[-1]}”{_RULES[heard.heard[each]]}"
        for each in heard.agreeing(place)
    ]
    count = setting.frequencies.places.get(place, 0)
    return f"{'，'.join(words)}；库内同地 {count} 人"
