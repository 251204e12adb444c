"""One syllable of a dialect in IPA, taken apart: initial, medial, vowel, ending, coda."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

#: Combining tilde, and the small raised nasals behind a vowel.
_NASAL_MARK: Final = "\u0303"
_RAISED_NASALS: Final = "ⁿᵑᵐ"
#: What is left of a syllable's spelling when everything that says nothing to a listener is gone.
_PRENASAL: Final = re.compile(r"^(?:[ⁿᵑᵐ]|[mnŋ](?=[bdgɗɓɡ]))+(?=[bdgɗɓptk])")
#: The breath of voiced stops is not that of p, t, k.
_BREATHY: Final = re.compile("(?<=[bdgzʑʐʒ])ʰ")
_BUZZING: Final = {"v": "u", "ʋ": "u", "z": "ɿ", "ʐ": "ʅ"}
_ALONE: Final = {**_BUZZING, "j": "i", "w": "u", "ɥ": "y"}
_MEDIAL_GLIDES: Final = {"j": "i", "w": "u", "ɥ": "y"}
_GLIDES: Final = {"j": "i", "w": "u", "ɥ": "y", "ʋ": "u", "v": "u"}
_MEDIALS: Final = {"i": "i", "ɪ": "i", "u": "u", "ʊ": "u", "y": "y", "ʏ": "y", "ʉ": "y"}
_CODAS: Final = {"m": "m", "n": "n", "ȵ": "n", "ɲ": "n", "ŋ": "ŋ", "p": "p", "t": "t", "k": "k"} | {
    "ʔ": "ʔ",
    "l": "r",
    "r": "r",
    "ɻ": "r",
    "ɹ": "r",
}


@dataclass(frozen=True, slots=True)
class Sound:
    """A syllable; every part is a symbol of `ipa.toml`, or "" where there is none."""

    initial: str
    #: i, u or y.
    medial: str
    #: The vowel that carries the syllable; of a syllabic nasal "".
    vowel: str
    #: What a diphthong ends in: i or u.
    ending: str
    #: m, n, ŋ, ~ for a nasal vowel, p, t, k, ʔ for checked syllables, r.
    coda: str


@cache
def ipa_table() -> Mapping[str, Any]:
    """`ipa.toml`."""
    path = Path(__file__).with_name("ipa.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def sound(segments: str) -> Sound | None:
    """The parts of a syllable without its tone; None when it is no syllable."""
    text, is_nasal = _spelled(segments)
    initial = _initial(text)
    rest = text[len(initial) :]
    if not rest and initial in _CODAS:  # nothing but a nasal or l: it is the syllable
        return Sound("", "", "", "", _CODAS[initial])
    if not rest and initial in _ALONE:
        return Sound("", "", _ALONE[initial], "", "")
    if initial in _GLIDES:
        initial, rest = "", _GLIDES[initial] + rest
    return _with_rime(initial, rest, is_nasal=is_nasal)


def _with_rime(initial: str, rime: str, *, is_nasal: bool) -> Sound | None:
    vowels = "".join(_MEDIAL_GLIDES.get(char, char) for char in rime)
    run = re.match(f"[{''.join(ipa_table()['vowels'])}]*", vowels)
    heart = run.group() if run else ""
    if not heart and rime[:1] in _BUZZING:  # 夫 [fv̩], 资 [tsz̩]: the friction is the vowel
        return Sound(initial, "", _BUZZING[rime[0]], "", "")
    if not heart:
        return Sound(initial, "", "", "", _CODAS[rime[0]]) if rime[:1] in _CODAS else None
    coda = next((_CODAS[char] for char in vowels[len(heart) :] if char in _CODAS), "")
    medial = _MEDIALS.get(heart[0], "") if len(heart) > 1 else ""
    heart = heart[1:] if medial else heart
    ending = _MEDIALS.get(heart[-1], "") if len(heart) > 1 else ""
    return Sound(initial, medial, heart[0], ending.replace("y", "i"), coda or "~" * is_nasal)


def _initial(text: str) -> str:
    known = ipa_table()["consonants"].keys() | _GLIDES.keys()
    longest = max(map(len, known))
    return next((text[:n] for n in range(longest, 0, -1) if text[:n] in known), "")


def _spelled(segments: str) -> tuple[str, bool]:
    """One spelling of each sound, and whether a vowel is nasal; prenasal stops keep the stop's voice."""
    text = unicodedata.normalize("NFD", segments).replace("c\u0327", "ç")
    text = "".join(ipa_table()["spellings"].get(char, char) for char in text)
    text = _BREATHY.sub("", _PRENASAL.sub("", text))
    is_nasal = _NASAL_MARK in text or "~" in text or any(char in text for char in _RAISED_NASALS)
    known = "".join({*"".join(ipa_table()["consonants"]), *ipa_table()["vowels"], *"jwɥʋʔ"})
    return "".join(char for char in text if char in known), is_nasal
