"""A person by name, across the cases on which an officer works."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from core.permissions import can, policy, require
from membership.models import Partnership
from triggers.forms.keeping import FindForm
from triggers.models import Application
from triggers.queries import finding
from triggers.views.frame import address
from triggers.workflow import searching


@never_cache
@sensitive_post_parameters("name")
@policy(Partnership, GET="find people in cases", POST="find people in cases")
def find(request: HttpRequest) -> HttpResponse:
    """Look for a person. The name is posted, so that no address and no log ever holds it."""
    require(can(request.user, "find people in cases", request.partnership))
    cases = finding.worked_on(request.user, request.partnership)
    form = FindForm(
        request.POST or None, initial={"case": request.GET.get("case", "")},
        cases=Application.objects.filter(pk__in=[each.pk for each in cases]),
    )  # fmt: skip
    context: dict[str, Any] = {"form": form, "cases": len(cases)}
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["case"]
        within = [each for each in cases if chosen is None or each.pk == chosen.pk]
        found = searching.look(within, form.cleaned_data["name"], by=request.user)
        context |= {
            "looked": len(within), "found": found,
            "hits": [(hit, _page(request, hit)) for hit in found.hits],
        }  # fmt: skip
    return render(request, "triggers/find.html", context)


def _page(request: HttpRequest, hit: finding.Hit) -> str:
    return address(request, hit.page, hit.case.reference)
