"""`bin/manage`: manage.py in the local environment, with database and broker up."""

import sys

from embedded import environment
from embedded.checkout import ROOT, command
from embedded.processes import foreground


@command
def main() -> int:
    with environment.running() as variables:
        return foreground([sys.executable, ROOT / "manage.py", *sys.argv[1:]], variables)


if __name__ == "__main__":
    main()
