"""An edition as it reads on a day, and as it was frozen; its PDF, its leaflet and its page.

Everything shown is in one nested dictionary of texts and numbers (``content.build``). At adoption
it is kept as ``Edition.frozen``; from then on every document is made of that and of nothing else.
"""
