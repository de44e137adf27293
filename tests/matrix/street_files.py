"""Street-crime files for the two tables: one run of Dartford's officer, with its file."""

import datetime

from figures.models import CrimeFile, CrimeImport, Force

OF_FILES = {
    "holding", "holding_csv", "send_in", "file", "file_use_again", "run", "refusals_csv",
    "run_again",
}  # fmt: skip


class StreetFiles:
    """Mixed into ``Matrix``."""

    def street_run(self):
        return self.once(
            "street run",
            lambda: CrimeImport.objects.create(
                name="2025-01-kent-street.csv", state="done", partnership=self.world.partnership,
                asked_by=self.world.officer,
            ),
        )  # fmt: skip

    def street_file(self):
        def make():
            force, _ = Force.objects.get_or_create(name="Kent Police", slug="kent")
            return CrimeFile.objects.create(
                run=self.street_run(), name="2025-01-kent-street.csv", sha256="0" * 64, size=1,
                force=force, month=datetime.date(2025, 1, 1), rows_read=1, rows_kept=1,
                rows_without_place=0, rows_refused=0,
            )  # fmt: skip

        return self.once("street file", make)

    def files_arguments(self, name):
        """The arguments of an address of street-crime files."""
        if name in {"file", "file_use_again"}:
            return [self.street_file().pk]
        return [self.street_run().pk] if name in {"run", "refusals_csv", "run_again"} else []
