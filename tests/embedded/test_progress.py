"""What a failed step says: one sentence for what a person can put right."""

import pytest

from embedded.checkout import DISK_FULL, Problem
from embedded.progress import explain, step


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("npm error code ENOSPC", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "arrived broken"),
        ("error: Hash mismatch for `django==5.2.19`", "arrived broken"),
        ("npm error code EINTEGRITY", "arrived broken"),
        ("zipfile.BadZipFile: File is not a zip file", "arrived broken"),
        ("error: dns error: failed to lookup address information", "network does not answer"),
        ("npm error code EAI_AGAIN", "network does not answer"),
        ("Temporary failure in name resolution", "network does not answer"),
    ],
)
def test_known_reasons_have_their_sentence(tmp_path, printed, sentence):
    log = tmp_path / "log"
    log.write_text(f"Traceback\n  many lines\n{printed}\nmore lines\n")
    told = explain("Installing", log)
    assert sentence in told
    assert "\n" not in told


def test_an_unknown_reason_shows_the_end_of_what_was_printed():
    with pytest.raises(Problem, match=r"(?s)the actual trouble.*Trying failed; all it said is in"):
        step("Trying", ["sh", "-c", "echo the actual trouble; exit 3"])


def test_a_program_that_is_not_there_is_a_problem_not_a_traceback():
    with pytest.raises(Problem, match="there is no not-a-program"):
        step("Trying", ["not-a-program"])


def test_a_step_says_what_it_does(capsys):
    step("Doing something", ["true"])
    assert capsys.readouterr().out.startswith("Doing something …")


def test_the_sentence_for_a_full_disk_says_what_to_do():
    assert "free about" in DISK_FULL
