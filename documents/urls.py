"""The addresses of this room."""

from django.urls import path

from documents.views import notes, papers, publications, sharing

app_name = "documents"

personal_notes = [
    path("documents/<uuid:pk>/notes/add/", notes.note_add, name="note_add"),
    path("documents/notes/<uuid:pk>/", notes.note_change, name="note_change"),
    path("documents/notes/<uuid:pk>/remove/", notes.note_remove, name="note_remove"),
]

urlpatterns = [
    *personal_notes,
    path("documents/<uuid:pk>/", papers.detail, name="detail"),
    path("documents/<uuid:pk>/change/", papers.change, name="change"),
    path("documents/<uuid:pk>/versions/add/", papers.version_add, name="version_add"),
    path("documents/<uuid:pk>/versions/<int:number>/", papers.file, name="file"),
    path("documents/<uuid:pk>/open/", papers.open_to, name="open_to"),
    path("documents/openings/<uuid:pk>/close/", papers.opening_close, name="opening_close"),
    path("sharing/record/", sharing.sharing_record, name="sharing_record"),
    path("sharing/record/add/", sharing.sharing_record_add, name="sharing_record_add"),
    path("sharing/record/<uuid:pk>/", sharing.sharing_record_line, name="sharing_record_line"),
    path(
        "sharing/record/<uuid:pk>/correct/",
        sharing.sharing_record_change,
        name="sharing_record_change",
    ),
    path("public/publications/", publications.publications, name="publications"),
    path("public/<slug:slug>/", publications.publication, name="publication"),
    path("public/<slug:slug>/pdf/", publications.publication_pdf, name="publication_pdf"),
]
