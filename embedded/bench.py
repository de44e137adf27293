"""`bin/bench`: the measurements, in the local environment, with database and broker up."""

import sys

from embedded import assets, environment, system
from embedded.checkout import command
from embedded.processes import foreground


@command
def main() -> int:
    system.ensure(system.PANGO)
    assets.build()
    system.bring_up_loopback()
    with environment.running() as variables:
        return foreground([sys.executable, "-m", "bench", *sys.argv[1:]], variables)


if __name__ == "__main__":
    main()
