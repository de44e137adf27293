"""Who carries a mail: an SMTP server, GOV.UK Notify, or nobody, where it is only kept to be read.

A carrier raises ``Refused`` when this mail will never arrive, ``Later`` when it may yet, and
``Down`` when there is no point in trying another one now.
"""

import smtplib
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from notices.workflow import notify
from notices.workflow.answers import Down, Later, Refused
from notices.workflow.letters import Letter


class Carrier(Protocol):
    """Takes letters one after another."""

    def carry(self, letter: Letter) -> None:
        """Hand one over."""

    def close(self) -> None:
        """Let go of the connection."""


class Smtp:
    """The mail server of the settings, over one connection for as long as it holds."""

    def __init__(self) -> None:
        self.connection = get_connection()

    def carry(self, letter: Letter) -> None:
        """Hand one over. What the server answers decides whether it is tried again."""
        self._connect()
        message = EmailMultiAlternatives(
            letter.subject, letter.text, letter.sender, [letter.to],
            headers=letter.headers, connection=self.connection,
        )  # fmt: skip
        message.attach_alternative(letter.html, "text/html")
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            self.close()
            code, said = next(iter(error.recipients.values()))
            raise _answer(code, said) from error
        except smtplib.SMTPSenderRefused as error:  # that is about us, and may be mended
            self.close()
            raise Down(_said(error.smtp_code, error.smtp_error)) from error
        except smtplib.SMTPResponseException as error:
            self.close()
            raise _answer(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPServerDisconnected) as error:  # it hangs, or hung up
            self.close()
            raise Down(f"{type(error).__name__}: {error}"[:300]) from error
        except smtplib.SMTPException as error:
            self.close()
            raise Later(f"{type(error).__name__}: {error}"[:300]) from error
        except ValueError as error:
            raise Refused("This is not an address that mail can be sent to.") from error

    def _connect(self) -> None:
        try:
            self.connection.open()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Down(f"The mail server cannot be reached. {error}"[:300]) from error

    def close(self) -> None:
        """Let go of the connection; one that is broken already is let go of too."""
        try:
            self.connection.close()
        except (OSError, smtplib.SMTPException):
            self.connection = get_connection()


def _said(code: int, said: bytes | str) -> str:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(words.split())}"[:300]


def _answer(code: int, said: bytes | str) -> Exception:
    return (Refused if code >= 500 else Later)(_said(code, said))


class Notify:
    """GOV.UK Notify, with the key and the template of the settings."""

    def carry(self, letter: Letter) -> None:
        """Hand one over."""
        notify.send(letter)

    def close(self) -> None:
        """Each mail is a request of its own."""


class Kept:
    """Nobody: the mail is kept in the database, where the demonstration shows it."""

    def carry(self, letter: Letter) -> None:
        """Take it."""

    def close(self) -> None:
        """There is nothing to let go of."""


def chosen() -> Carrier:
    """Whoever carries this installation's mail."""
    if settings.NOTIFY_API_KEY:
        return Notify()
    if settings.DEMONSTRATION and settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        return Kept()
    return Smtp()


__all__ = ["Carrier", "Down", "Kept", "Later", "Notify", "Refused", "Smtp", "chosen"]
