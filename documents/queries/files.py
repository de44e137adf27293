"""Whether files are still what they were when they were sent in."""

from django.db.models import CharField, F, Func, QuerySet, Value

from documents.models import Content


def changed_files() -> QuerySet[Content, str]:
    """The keys of files whose bytes are not what their SHA-256 says; the database hashes them."""
    digest = Func(F("data"), function="sha256", output_field=CharField())
    written = Func(digest, Value("hex"), function="encode", output_field=CharField())
    changed = Content.objects.annotate(written=written).exclude(written=F("sha256"))
    return changed.order_by("sha256").values_list("sha256", flat=True)
