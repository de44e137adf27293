"""What the public reads while asking for a case review can be read at the age of twelve.

The measure is the Flesch-Kincaid grade (Kincaid and others, 1975), 0.39 words a sentence plus 11.8
syllables a word less 15.59, and five years more for the age of the school year that it names.
Syllables are counted as groups of vowels, a silent e at the end left out. Only what is shown is
read: not the law's own name of the procedure, which is said once a page and cannot be shortened.
"""

import re

from django.urls import reverse
from lxml import html

from triggers import links
from triggers.forms.applying import BY_SLUG, REPORT_BY_SLUG

OLDEST = 12
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[^aeiouytd])ed$")
SHOWN = {"h1", "h2", "h3", "p", "li", "label", "legend", "dt", "dd", "summary"}
UNREAD = "//script|//style|//nav|//svg"
NAMES = re.compile(
    r"ASB case review|anti-social behaviour|Anti-social behaviour|Community Trigger|Dartford\w*"
    r"|\S+@\S+|[\d:/]+",
)


def syllables(word):
    return max(1, len(VOWELS.findall(SILENT.sub("", word.lower()))))


def age(text):
    """Years of age at which a text can be read."""
    sentences = [
        each for each in re.split(r"[.!?:]+(?:\s|$)", text) if re.search(r"[a-zA-Z]", each)
    ]
    words = [word for each in sentences for word in re.findall(r"[A-Za-z’']+", each)]
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words)
    return grade - 15.59 + 5


def shown(page):
    """The texts of a page, each ended as a sentence."""
    (main,) = html.fromstring(page.content).xpath("//main")
    for each in main.xpath(UNREAD):
        each.drop_tree()
    texts = []
    for each in main.iter(*SHOWN):
        if not any(True for _ in each.iterdescendants(*SHOWN)):
            text = NAMES.sub("it", " ".join(each.text_content().split()))
            texts.append(text if re.search(r"[.!?:]$", text) else f"{text}.")
    return " ".join(texts)


def test_the_measure_tells_plain_from_official():
    plain = "Tell us what happened. You can stop at any time. We will keep what you wrote."
    official = (
        "Notwithstanding the aforementioned provisions, applications necessitate authoritative "
        "corroboration by responsible organisations operating within the administrative area."
    )
    assert age(plain) < 8
    assert age(official) > 20


def test_every_page_of_applying_is_read_at_twelve(world, application, client):
    def own(name, *args):
        token = links.token(application)
        return reverse(f"triggers:{name}", args=[world.partnership.slug, token, *args])

    pages = [reverse(f"triggers:{name}", args=[world.partnership.slug])
             for name in ("public", "apply")]  # fmt: skip
    pages += [own(f"mine{name}") for name in ("", "_danger", "_reports", "_link", "_check")]
    pages += [own("mine_question", slug) for slug in BY_SLUG]
    pages += [own("mine_report", 1, slug) for slug in REPORT_BY_SLUG]

    ages = {}
    for address in pages:
        page = client.get(address)
        assert page.status_code == 200, address
        ages[address] = round(age(shown(page)), 1)
    assert {address: years for address, years in ages.items() if years >= OLDEST} == {}
