"""A mail server in a thread of the test: it keeps what it accepts, and answers as it is told."""

import email
import socket
import socketserver
import threading
from contextlib import contextmanager
from email import policy


class Server(socketserver.ThreadingTCPServer):
    """Listens on a port of its own choosing."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.mails = []  # (to, message), each as it was accepted
        self.answers = {}  # of an address, what is said instead of taking its mail
        self.after = []  # said in turn after a whole mail has come, instead of accepting it
        self.hangs = threading.Event()  # while set, nothing is said after a mail has come

    @property
    def port(self):
        return self.server_address[1]

    def received(self, to):
        return [message for each, message in self.mails if each == to]


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        to = ""
        self.say("220 sink")
        try:
            while line := self.rfile.readline():
                verb = line[:4].upper().strip()
                if verb in (b"EHLO", b"HELO"):
                    self.say("250 sink")
                elif verb == b"RCPT":
                    to = line.split(b"<")[1].split(b">")[0].decode()
                    self.say(self.server.answers.get(to, "250 yes"))
                elif verb == b"DATA":
                    self.take(to)
                elif verb == b"QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 yes")
        except OSError:
            return

    def take(self, to):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if not line:
            return
        message = email.message_from_bytes(b"".join(lines), policy=policy.default)
        answer = self.server.after.pop(0) if self.server.after else "250 taken"
        if answer.startswith(("2", "4 after")):
            self.server.mails.append((to, message))
        while self.server.hangs.is_set():
            threading.Event().wait(0.05)
        self.say(answer.replace("4 after", "451 sorry"))


@contextmanager
def listening():
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.hangs.clear()
        server.shutdown()
        server.server_close()


def closed_port():
    """A port on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
