"""The container files, with no container engine: what they name exists, what they run works."""

import datetime
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from celery import Celery
from django.conf import settings
from django.core.management import get_commands
from gunicorn.config import Config

from csp.celery import app as celery_app
from embedded import system
from embedded.check import PRODUCTION
from embedded.checkout import VENV
from tests.embedded.conftest import clean_environment, without_network

ROOT = settings.BASE_DIR
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
READERS = [ROOT / "csp" / "settings.py", *(ROOT / "docker").glob("*.py")]
SECRETS = {"SECRET_KEY", "DATABASE_PASSWORD"}


def instructions():
    """The Dockerfile as (instruction, the rest), its continued lines joined."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [tuple(line.split(maxsplit=1)) for line in lines]


def rest_of(name):
    return [rest for instruction, rest in instructions() if instruction == name]


def words(command):
    """A command of either file as words, whichever way it is written."""
    if isinstance(command, str):
        return yaml.safe_load(command) if command.startswith("[") else shlex.split(command)
    if command[0] == "CMD-SHELL":
        return shlex.split(command[1])
    return command[1:] if command[0] == "CMD" else command


def image_healthcheck():
    return words(rest_of("HEALTHCHECK")[0].split(" CMD ")[1])


def our_commands():
    """Every command that runs in our own image, with where it is named."""
    found = [("Dockerfile", words(rest_of("CMD")[0])), ("Dockerfile", image_healthcheck())]
    for name, service in OURS.items():
        found += [(name, words(service["command"]))] if "command" in service else []
        test = service.get("healthcheck", {}).get("test")
        found += [(name, words(test))] if test else []
    for rest in rest_of("RUN"):
        for command in rest.split(" && "):
            assignments = re.compile(r"^(\w+=\S*\s+)+")
            if "manage.py" in command:
                found.append(("Dockerfile", shlex.split(assignments.sub("", command))))
    return found


def is_in_image(path):
    """Whether `.dockerignore` lets this path of the checkout through."""
    ignored = (ROOT / ".dockerignore").read_text().split()
    parts = Path(path).parts
    return not any(
        fnmatch(part, pattern.removeprefix("**/"))
        for pattern in ignored
        for part in (parts if pattern.startswith("**/") else parts[:1])
    )


def reads(name):
    return any(f'"{name}"' in reader.read_text() for reader in READERS)


@pytest.mark.parametrize(("where", "command"), our_commands(), ids=str)
def test_every_command_names_a_program_and_files_that_are_in_the_image(where, command):
    program, *arguments = command
    assert program == "python" or (VENV / "bin" / program).exists()
    for argument in arguments:
        if argument.endswith(".py"):
            assert (ROOT / argument).is_file()
            assert is_in_image(argument)
    if "manage.py" in arguments:
        assert arguments[arguments.index("manage.py") + 1] in get_commands()
    if program == "celery":
        assert arguments[arguments.index("-A") + 1] == "csp"
        assert isinstance(celery_app, Celery)
    if program == "gunicorn":
        assert "csp.wsgi" in arguments


def test_gunicorn_accepts_its_configuration_and_finds_the_application():
    done = subprocess.run(
        [VENV / "bin" / "gunicorn", "--check-config", *words(rest_of("CMD")[0])[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("service", OURS)
def test_every_variable_of_a_service_is_read(service):
    for name in OURS[service]["environment"]:
        if name == "WEB_CONCURRENCY":
            assert name in (packages() / "gunicorn" / "config.py").read_text()
        else:
            assert reads(name), name


@pytest.mark.parametrize("service", OURS)
def test_every_variable_that_settings_require_is_set(service):
    source = (ROOT / "csp" / "settings.py").read_text()
    required = set(re.findall(r'required\("(\w+)"\)', source))
    assert required
    assert required <= set(OURS[service]["environment"])


def test_production_is_checked_with_the_variables_that_compose_sets():
    environment = OURS["web"]["environment"]
    for name in ("DEMONSTRATION", "HTTPS", "SECOND_FACTOR"):
        assert environment[name] == PRODUCTION[name]


def test_secrets_come_from_the_environment_and_must_be_set():
    text = (ROOT / "docker-compose.yml").read_text()
    for use in re.findall(r"\$\{([^}]*)\}", text):
        name, mark, _ = re.match(r"(\w+)(:\?|:-)?(.*)", use).groups()
        assert mark, f"{name} has neither a default nor an error"
        if name in SECRETS:
            assert mark == ":?"
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("KEY|PASSWORD|SECRET", name):
                assert value.startswith("${"), f"{name} is written out"


def test_what_services_wait_for_is_there_and_can_say_that_it_is_ready():
    for service in SERVICES.values():
        for name, wait in service.get("depends_on", {}).items():
            if wait["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[name]
            else:
                assert SERVICES[name]["restart"] == "no"


def test_every_service_that_stays_up_has_a_health_check():
    checked = {
        name for name, service in SERVICES.items() if "test" in service.get("healthcheck", {})
    }
    assert set(SERVICES) - checked == {"web", "migrate", "drill"}, "web has its image's"
    assert image_healthcheck()


def test_what_must_last_is_in_named_volumes():
    mounted = [mount.split(":")[0] for s in SERVICES.values() for mount in s.get("volumes", [])]
    assert sorted(mounted) == sorted(COMPOSE["volumes"])
    assert {"database", "broker"} <= set(SERVICES)


def test_addresses_inside_name_services():
    environment = OURS["web"]["environment"]
    assert "@database:5432/" in environment["DATABASE_URL"]
    assert environment["REDIS_URL"].startswith("redis://broker:")
    assert SERVICES["database"]["environment"]["POSTGRES_DB"] == "csp"


def test_the_database_is_sixteen_or_later():
    assert int(SERVICES["database"]["image"].split(":")[1]) >= 16


def test_what_the_image_copies_is_in_the_checkout():
    for rest in rest_of("COPY"):
        *sources, _ = rest.split()
        if sources[0].startswith("--from="):
            assert f"AS {sources[0].removeprefix('--from=')}" in " ".join(rest_of("FROM"))
        else:
            assert all((ROOT / source).exists() and is_in_image(source) for source in sources)


def test_the_image_is_built_from_the_lock_file_and_python_that_the_project_supports():
    assert "--require-hashes -r requirements.lock" in " ".join(rest_of("RUN"))
    supported = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert supported == ">=3.11,<3.14"
    assert "python:3.13-slim-bookworm" in rest_of("FROM")


def test_the_image_has_what_pdf_documents_need_and_builds_assets_as_everybody_does():
    run = " ".join(rest_of("RUN"))
    assert all(package in run for package in system.PANGO.debian)
    assert "python3 -m embedded.assets" in run


def test_the_image_does_not_run_as_root():
    names = [instruction for instruction, _ in instructions()]
    assert rest_of("USER") == ["csp"]
    assert names.index("USER") < names.index("CMD")


def test_every_variable_of_the_image_is_read():
    known = {"PATH", "PYTHONUNBUFFERED", "DJANGO_SETTINGS_MODULE"}
    for rest in rest_of("ENV"):
        for name in re.findall(r"(\w+)=", rest):
            assert name in known or reads(name), name


def test_the_image_can_collect_its_static_files_from_what_it_holds(tmp_path):
    """The Dockerfile's own command, in a copy that has only what `.dockerignore` lets through."""
    image = tmp_path / "app"
    image.mkdir()
    for path in ROOT.iterdir():
        if is_in_image(path.name):
            copy = shutil.copytree if path.is_dir() else shutil.copy
            copy(path, image / path.name)
    command = next(
        part for rest in rest_of("RUN") for part in rest.split(" && ") if "collectstatic" in part
    )
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=image,
        env={
            "PATH": f"{VENV / 'bin'}:/usr/bin:/bin",
            "DJANGO_SETTINGS_MODULE": "csp.settings",
            "ASSETS": str(ROOT / ".local" / "assets"),
            "STATIC_ROOT": str(image / "collected"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (image / "collected" / "staticfiles.json").exists()
    assert list((image / "collected").glob("app.*.css"))


ANSWER = """
import http.server, runpy, sys, threading
from embedded.system import bring_up_loopback
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        right = self.path == "/readyz" and self.headers["Host"] == "partnership.example"
        self.send_response(int(sys.argv[1]) if right else 400)
        self.end_headers()
bring_up_loopback()
server = http.server.HTTPServer(("127.0.0.1", 8000), Answer)
threading.Thread(target=server.serve_forever, daemon=True).start()
runpy.run_path("docker/web_ready.py", run_name="__main__")
"""


@pytest.mark.parametrize(("status", "exit_status"), [(200, 0), (503, 1)])
def test_the_web_health_check_asks_readyz_under_a_name_that_is_served(status, exit_status):
    command = without_network(sys.executable, "-c", ANSWER, status)
    environment = clean_environment(
        PYTHONPATH=str(ROOT), ALLOWED_HOSTS=".partnership.example,other"
    )
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == exit_status, done.stderr


@pytest.mark.parametrize(("age", "exit_status"), [(0, 0), (3600, 1), (None, 1)])
def test_the_beat_health_check_looks_at_the_age_of_its_timetable(tmp_path, age, exit_status):
    schedule = tmp_path / "beat-schedule"
    if age is not None:
        (tmp_path / "beat-schedule.db").touch()
        subprocess.run(
            ["touch", "-d", f"-{age} seconds", tmp_path / "beat-schedule.db"], check=True
        )
    done = subprocess.run(
        [sys.executable, ROOT / "docker" / "beat_ready.py"],
        env={"BEAT_SCHEDULE": str(schedule)},
        check=False,
    )
    assert done.returncode == exit_status


def packages():
    """Where Python packages are installed."""
    return Path(yaml.__file__).parent.parent


def test_the_log_of_requests_holds_no_secret_of_an_address():
    config = runpy.run_path(str(ROOT / "docker" / "gunicorn_config.py"))
    log = config["logger_class"](Config())
    secret = "/calendar/abcdefghijkl.ics"
    environ = {
        "REQUEST_METHOD": "GET", "RAW_URI": f"{secret}?q=Oak", "PATH_INFO": secret,
        "QUERY_STRING": "q=Oak", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_REFERER": secret,
    }  # fmt: skip
    answer = SimpleNamespace(status="200 OK", sent=1, headers=[])
    asked = SimpleNamespace(headers=[])
    atoms = log.atoms(answer, asked, environ, datetime.timedelta(seconds=1))
    line = log.cfg.access_log_format % log.atoms_wrapper_class(atoms)

    assert "/calendar/…" in line
    assert "abcdefghijkl" not in line
    assert "Oak" not in line
