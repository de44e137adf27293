"""The virus scanner: there, away, and not set up; against a small ClamAV of our own."""

import socket
import struct
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from documents.checks import check_upload
from tests.documents import files


def clamd(listener: socket.socket, answer: bytes | None) -> None:
    """Speak INSTREAM once: read the chunks, look for EICAR, answer."""
    connection, _ = listener.accept()
    with connection, connection.makefile("rb") as stream:
        assert stream.readline() == b"nINSTREAM\n"
        content = b""
        while size := struct.unpack("!L", stream.read(4))[0]:
            content += stream.read(size)
        found = b"stream: Eicar-Test FOUND\n" if files.EICAR in content else b"stream: OK\n"
        connection.sendall(found if answer is None else answer)


@pytest.fixture
def scanner(settings):
    """Start a scanner that gives this answer, or looks for itself."""
    listener = socket.create_server(("127.0.0.1", 0))
    settings.SCANNER = f"clamav://127.0.0.1:{listener.getsockname()[1]}"
    threads = []

    def start(answer: bytes | None = None) -> None:
        threads.append(threading.Thread(target=clamd, args=(listener, answer), daemon=True))
        threads[-1].start()

    yield start
    listener.close()
    for thread in threads:
        thread.join(5)


def test_a_clean_file_says_that_it_was_scanned(scanner):
    scanner()

    assert check_upload(ContentFile(files.pdf(), "a.pdf")).scanned


def test_a_virus_is_refused(scanner):
    scanner()

    with pytest.raises(ValidationError, match="found something") as refused:
        check_upload(ContentFile(files.EICAR, "eicar.txt"))

    assert refused.value.code == "virus"


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\n", b"stream: broken ERROR\n", b"", b"hello\n"]
)
def test_an_answer_that_says_nothing_refuses(scanner, answer):
    scanner(answer)

    with pytest.raises(ValidationError) as refused:
        check_upload(ContentFile(files.pdf(), "a.pdf"))

    assert refused.value.code == "scanner away"


def test_a_scanner_that_is_away_refuses_with_a_sentence(settings):
    settings.SCANNER = "clamav://127.0.0.1:1"

    with pytest.raises(ValidationError, match="not answering, so the file was not taken"):
        check_upload(ContentFile(files.pdf(), "a.pdf"))


def test_without_a_scanner_the_file_says_so(settings):
    settings.SCANNER = "none"

    assert not check_upload(ContentFile(files.EICAR, "eicar.txt")).scanned
