"""What agencies send, and how they are asked: shared by the tests of information."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from dhr.models import InformationKind
from dhr.workflow import information
from tests.dhr.conftest import DAY

NAME = "Thistle Canarywharf"


def docx(*paragraphs):
    """A Word document with these paragraphs, each in two runs."""
    runs = "".join(
        f"<w:p><w:r><w:t>{text[:4]}</w:t></w:r><w:r><w:t>{text[4:]}</w:t></w:r></w:p>"
        for text in paragraphs
    )
    buffer = io.BytesIO()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", (
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
            'package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
            "</Types>"
        ))  # fmt: skip
        archive.writestr("_rels/.rels", (
            '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/'
            f'2006/relationships"><Relationship Id="r1" Type="{office}" '
            'Target="word/document.xml"/></Relationships>'
        ))  # fmt: skip
        archive.writestr("word/document.xml", (
            '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/'
            f'wordprocessingml/2006/main"><w:body>{runs}</w:body></w:document>'
        ))  # fmt: skip
    return buffer.getvalue()


def upload(*paragraphs, name="Thistle Canarywharf IMR.docx"):
    return SimpleUploadedFile(name, docx(*paragraphs))


def ask(review, world, kind=InformationKind.CHRONOLOGY, agency=None, **more):
    return information.ask(
        review, agency=agency or world.police, kind=kind, by=world.officer, **more
    )


def refused(call, *args, **kwargs):
    with pytest.raises(ValidationError) as wrong:
        call(*args, **kwargs)
    return wrong.value.message_dict


def line(asked, by, what, *, days=100, **more):
    return information.add_line(asked, on=clock.today() - days * DAY, what=what, by=by, **more)
