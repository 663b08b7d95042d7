#!/usr/bin/python3
"""A mail server with STARTTLS and log-in, for tests of net/smtp.c: user "letters", password "right".

    smtp_tls.py CERTIFICATE KEY

Prints its port and serves until its standard input ends.
"""
import asyncio
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Sink:
    async def handle_DATA(self, server, session, envelope):
        return "250 2.0.0 taken"


def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"letters", b"right"), handled=False)


def server():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    return SMTP(Sink(), hostname="tls.localhost", tls_context=context, require_starttls=True, auth_required=True,
                auth_require_tls=True, authenticator=authenticate)


async def main():
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(server, "127.0.0.1", 0)
    print(listening.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
