"""axe-core in a page: every rule on every page, and contrast once for each look that text has.

Contrast takes axe two thirds of its time, and most text looks as text did that was measured before:
the same elements with the same classes, colours and sizes, from the root of the page down.
"""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page

RULES = {
    "runOnly": [
        "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice",
    ],
    "resultTypes": ["violations"],
}  # fmt: skip

MARKED_ONLY = """
axe.configure({rules: [{id: "color-contrast", selector: "[data-measured]"}]});"""
RUN = "rules => axe.run(rules).then(found => found.violations)"
MARK = """chosen => {
  const wanted = new Set(chosen);
  for (const [element, look] of window.looks) {
    element.toggleAttribute("data-measured", wanted.delete(look));
  }
}"""
LOOKS = """() => {
  const SEEN = [
    "color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "fill",
    "textShadow", "position", "display", "visibility", "clip", "filter", "mixBlendMode",
  ];
  const CONTROLS = "input, select, textarea, button";
  const digest = words => {
    let a = 0xdeadbeef, b = 0x41c6ce57;
    for (let at = 0; at < words.length; at++) {
      const code = words.charCodeAt(at);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    return 4294967296 * (b >>> 11) + (a >>> 0);
  };
  const known = new Map();
  const look = element => {
    if (!element) return innerWidth;
    if (!known.has(element)) {
      const style = getComputedStyle(element);
      const names = element.getAttributeNames().filter(name => name !== "data-measured");
      known.set(element, digest([
        look(element.parentElement), element.tagName, element.getAttribute("class"),
        element.getAttribute("aria-disabled"), element.control?.disabled, ...names,
        ...SEEN.map(name => style[name]),
      ].join("|")));
    }
    return known.get(element);
  };
  const words = element => [...element.childNodes]
    .filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data).join("").trim();
  window.looks = [];
  for (const element of document.querySelectorAll("body, body *")) {
    const said = words(element).length;
    if (said || element.matches(CONTROLS)) {
      window.looks.push([element, digest(`${look(element)}|${said > 1}`)]);
    }
  }
  return [...new Set(window.looks.map(each => each[1]))];
}"""


class Axe:
    """axe-core for a walk; with ``every_text`` each text is measured wherever it stands."""

    def __init__(self, every_text: bool = False) -> None:
        self.every_text = every_text
        self.measured: set[float] = set()

    def enter(self, context: BrowserContext) -> None:
        """Have axe at hand in every page of a browser."""
        context.add_init_script(AXE_SCRIPT + ("" if self.every_text else MARKED_ONLY))

    def violations(self, page: Page) -> list[dict]:
        """What breaks a rule in the page as it stands."""
        if not self.every_text:
            new = [look for look in page.evaluate(LOOKS) if look not in self.measured]
            self.measured.update(new)
            page.evaluate(MARK, new)
        return page.evaluate(RUN, RULES)
