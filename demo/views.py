"""Sign in as one of the demonstration's invented people, by one click."""

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.permissions import can, policy
from demo import queries
from demo.permissions import Demonstration


@login_not_required
@policy(Demonstration, GET="sign in as", POST="sign in as")
def personas(request: HttpRequest) -> HttpResponse:
    """The people of the demonstration; POST signs in as one of them."""
    if not can(request.user, "sign in as", Demonstration()):
        raise Http404
    people = queries.personas()
    if request.method == "POST":
        chosen = [user for user, _ in people if str(user.pk) == request.POST.get("person")]
        if not chosen:
            raise Http404
        return perform_login(request, chosen[0], redirect_url=reverse("dashboards:home"))
    return render(request, "demo/personas.html", {"people": people})


personas.before_second_factor = True  # type: ignore[attr-defined]
