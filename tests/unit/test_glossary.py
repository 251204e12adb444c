"""The glossary binds: every signal, state and relation of the program is in it."""

from pathlib import Path

from casework.cases.words import STATE_WORDS
from casework.leads.lead import LeadState
from matching.evidence import Signal
from matching.model import Relation
from runtime.settings import Settings

DOCS = Path(__file__).parents[2] / "docs"


def test_every_signal_state_and_relation_is_in_the_glossary() -> None:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    for signal in Signal:
        assert f"| `{signal.value}` |" in text
    for state in LeadState:
        assert f"| `{state.value}` | {STATE_WORDS[state]} |" in text
    for relation in Relation:
        assert f"{relation.value} " in text


def test_every_setting_is_documented() -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`GUITU_{name.upper()}`" in text
