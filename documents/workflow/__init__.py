"""What people do with files: send in, open to an agency, publish, keep the record of sharing."""

from documents.checks import Checked, check_upload
from documents.workflow.gate import (
    LONGEST_OPENING,
    close_opening,
    open_to_agency,
    report_refusal,
)
from documents.workflow.notes import change_note, remove_note, write_note
from documents.workflow.papers import add_document, add_version, open_file, restrict, retitle
from documents.workflow.publication import publish, withdraw
from documents.workflow.sharing import correct_sharing, record_sharing

__all__ = [
    "LONGEST_OPENING",
    "Checked",
    "add_document",
    "add_version",
    "change_note",
    "check_upload",
    "close_opening",
    "correct_sharing",
    "open_file",
    "open_to_agency",
    "publish",
    "record_sharing",
    "remove_note",
    "report_refusal",
    "restrict",
    "retitle",
    "withdraw",
    "write_note",
]
