"""What may come of handing a mail over, other than that it is taken."""


class Refused(Exception):
    """This mail will not be taken, now or later."""


class Later(Exception):
    """It was not taken now; it may be when it is tried again."""


class Down(Later):
    """Nothing is taken now, whatever it is."""
