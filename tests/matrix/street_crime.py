"""Street crime for the two tables: a county with a month of figures, in Dartford's area."""

from tests.figures import county
from tests.figures.county import ASB

OF_CRIME = {"crime", "months", "districts", "ward", "crime_csv"}


class StreetCrime:
    """Mixed into ``Matrix``."""

    def county(self):
        def make():
            made = county.build(self.world.partnership)
            county.crimes(made, "2025-01", "E01999901", ASB, 1)
            return made

        return self.once("county", make)

    def crime_arguments(self, name):
        """The arguments of an address of street crime."""
        made = self.county()
        return {"ward": [made.high.code], "crime_csv": ["wards"]}.get(name, [])
