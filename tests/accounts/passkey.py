"""A security key in software: it makes passkeys and signs with them as a browser's would."""

import hashlib
import json
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

ORIGIN = "https://testserver"
PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Passkey:
    """One key pair, for the site of the tests."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.count = 0

    def register(self, options):
        """The answer to the options of the page that adds a passkey."""
        self.user = options["publicKey"]["user"]["id"]
        told = self._told("webauthn.create", options)
        public = AttestedCredentialData.create(
            b"\0" * 16, self.id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = AuthenticatorData.create(
            self._site(), PRESENT_AND_VERIFIED | AuthenticatorData.FLAG.AT, 0, public
        )
        attestation = AttestationObject.create("none", data, {})
        return self._answer(
            {"clientDataJSON": encoded(told), "attestationObject": encoded(attestation)},
            {"credProps": {"rk": True}},
        )

    def sign(self, options):
        """The answer to the options of a page that asks for a passkey."""
        self.count += 1
        told = self._told("webauthn.get", options)
        data = AuthenticatorData.create(self._site(), PRESENT_AND_VERIFIED, self.count)
        signature = self.key.sign(
            bytes(data) + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256())
        )
        return self._answer(
            {
                "clientDataJSON": encoded(told),
                "authenticatorData": encoded(data),
                "signature": encoded(signature),
                "userHandle": self.user,
            },
            {},
        )

    def _answer(self, response, results):
        return {
            "id": encoded(self.id), "rawId": encoded(self.id), "type": "public-key",
            "response": response, "clientExtensionResults": results,
        }  # fmt: skip

    @staticmethod
    def _site():
        return hashlib.sha256(b"testserver").digest()

    @staticmethod
    def _told(kind, options):
        challenge = options["publicKey"]["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": ORIGIN}).encode()


def encoded(value):
    return websafe_encode(bytes(value))
