"""The proxies of infra/machine before it, real ones where they are installed: whose word on an address is believed."""

import http.client
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from pathlib import Path
from time import monotonic, sleep

import pytest

from infra.local.httpd import Request, Response, Server
from infra.local.proxies import source_ip
from tests.certificates import certificate

MACHINE = Path(__file__).parents[3] / "infra/machine"
NAME = "t.example.com"
CLIENT = "127.0.0.9"  # another address than the proxy's own
_PATIENCE = 20.0


@contextmanager
def behind(program: str, folder: Path) -> Iterator[int]:
    """A proxy, set as infra/machine has it, before a server that tells whose request it had; the proxy's port."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed.")
    server = Server("127.0.0.1", 0, _tell)
    server.start()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    proof = certificate(folder, NAME)
    settings = (_nginx if program == "nginx" else _caddy)(folder, port, server.port, proof)
    begin = (
        ["-e", "stderr", "-c", settings]
        if program == "nginx"
        else ["run", "--adapter", "caddyfile", "--config", settings]
    )
    process = subprocess.Popen([found, *begin], env={"HOME": str(folder)}, stderr=subprocess.PIPE, text=True)
    until = monotonic() + _PATIENCE
    while not _listens(port) and monotonic() < until and process.poll() is None:
        sleep(0.02)
    try:
        assert process.poll() is None, process.stderr.read()
        yield port
    finally:
        process.terminate()
        process.communicate(timeout=_PATIENCE)
        server.stop()


def _tell(request: Request) -> Response:
    return Response(200, [], source_ip(request, [ip_network("127.0.0.1")]).encode())


def _nginx(folder: Path, port: int, behind: int, proof: Path) -> Path:
    site = (MACHINE / "nginx.conf").read_text().replace("listen 443", f"listen 127.0.0.1:{port}")
    live = f"/etc/letsencrypt/live/{NAME}"
    for each in ("fullchain", "privkey"):
        site = site.replace(f"{live}/{each}.pem", str(proof))
    folders = "".join(f"{each}_temp_path {folder};" for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    settings = folder / "nginx.conf"
    settings.write_text(
        f"daemon off; pid {folder}/pid; events {{}} http {{ access_log off; {folders}\n"
        f"{site.replace('127.0.0.1:8000', f'127.0.0.1:{behind}')} }}"
    )
    return settings


def _caddy(folder: Path, port: int, behind: int, proof: Path) -> Path:
    site = (MACHINE / "Caddyfile").read_text().replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
    settings = folder / "Caddyfile"
    alone = f"admin off\nauto_https disable_redirects\nhttps_port {port}\ndefault_bind 127.0.0.1"
    settings.write_text(
        f"{{\n{alone}\n}}\n{site.replace('reverse_proxy', f'tls {proof} {proof}{chr(10)}reverse_proxy')}"
    )
    return settings


def _listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def asked(port: int, **headers: str) -> str:
    """Whose request it was, by the server behind."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = http.client.HTTPConnection(NAME, port)
    plain = socket.create_connection(("127.0.0.1", port), source_address=(CLIENT, 0))
    connection.sock = context.wrap_socket(plain, server_hostname=NAME)
    connection.request("GET", "/", headers={"Host": NAME, **headers})
    response = connection.getresponse()
    said = response.read().decode()
    connection.close()
    assert response.status == 200, said
    return said


@pytest.mark.parametrize("program", ["nginx", "caddy"])
def test_a_client_is_whom_the_proxy_saw_whatever_the_client_says(program: str, tmp_path: Path):
    with behind(program, tmp_path) as port:
        assert asked(port) == CLIENT
        assert asked(port, **{"X-Forwarded-For": "6.6.6.6"}) == CLIENT
        assert asked(port, **{"X-Forwarded-For": "6.6.6.6, 127.0.0.1"}) == CLIENT
