"""What every page must pass, whoever looks at it: nothing inaccessible, nothing left untranslated."""

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

AXE: Final = Path(__file__).parent / "vendor" / "axe.min.js"
#: Of what axe finds, this counts; minor and moderate findings are listed by hand runs.
GRAVE: Final = frozenset({"serious", "critical"})
#: Words in Latin letters that belong on a Chinese page: names, units, numbers of files, key caps.
KNOWN_WORDS: Final = frozenset(
    {"DNA", "Ctrl", "Esc", "GA", "YS", "ZB", "TOTP", "PDF", "Guitu", "SQLite", "PostgreSQL"}
)
#: Every text that a person sees or hears: text nodes that are shown, and the attributes read aloud.
VISIBLE_TEXT: Final = """() => {
  const seen = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest("[data-verbatim], script, noscript, kbd, textarea, [hidden]")) continue;
    seen.push(walker.currentNode.nodeValue);
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      if (element.hasAttribute(name)) seen.push(element.getAttribute(name));
    }
  }
  return seen;
}"""


def grave_findings(page: Page) -> list[str]:
    """What axe-core calls serious or critical: rule, and the first element that breaks it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(result => result.violations)")
    return [
        f"{each['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for each in found
        if each["impact"] in GRAVE
        for node in each["nodes"][:3]
    ]


def untranslated(page: Page) -> list[str]:
    """Pieces of text that no Chinese reader should meet: codes, English words, template leftovers."""
    texts: list[str] = page.evaluate(VISIBLE_TEXT)
    words = (word for text in texts for word in _latin_words(text))
    return sorted({word for word in words if word not in KNOWN_WORDS})


def is_as_wide_as_its_screen(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return wide


def _latin_words(text: str) -> list[str]:
    """Runs of two and more Latin letters, underscores included; single letters are key caps."""
    bare = "".join(
        char if char.isascii() and (char.isalpha() or char in "_{}") else " " for char in text
    )
    return [word for word in bare.split() if len(word) > 1]
