"""curl, as scripts have it: the identity's token, the exchange, and blobs by the REST reference alone."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


def curl(*arguments: str, body: bytes = b"") -> bytes:
    """What curl prints; it trusts what CURL_CA_BUNDLE names."""
    settings = {**os.environ, "CURL_CA_BUNDLE": os.environ["SSL_CERT_FILE"]}
    command = ["curl", "--silent", "--show-error", *arguments]
    return subprocess.run(command, input=body, env=settings, check=True, capture_output=True).stdout


def field(answer: bytes, name: str) -> str:
    return answer.decode().split(f'"{name}":"')[1].split('"')[0]


@pytest.fixture
def token(world) -> str:
    query = f"api-version=2019-08-01&resource=api://AzureADTokenExchange&client_id={world.identity.clientId}"
    secret = f"X-IDENTITY-HEADER: {world.site.IDENTITY_HEADER}"
    assertion = field(curl("--header", secret, f"{world.site.IDENTITY_ENDPOINT}?{query}"), "access_token")
    form = {
        "grant_type": "client_credentials",
        "client_id": world.applications.trusted.clientId,
        "scope": "https://storage.azure.com/.default",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion,
    }
    fields = [part for name, value in form.items() for part in ("--data-urlencode", f"{name}={value}")]
    address = f"{os.environ['AZURE_AUTHORITY_HOST']}/{world.resource.tenantId}/oauth2/v2.0/token"
    return field(curl(*fields, address), "access_token")


@pytest.fixture
def storage(world, token) -> Callable[..., bytes]:
    """A request on a blob; the status comes after the answer."""

    def ask(blob: str, *arguments: str, body: bytes = b"") -> bytes:
        headers = ["--header", f"Authorization: Bearer {token}", "--header", "x-ms-version: 2023-11-03"]
        address = f"{world.storage}/{world.container.account}/{world.container.name}/{blob}"
        return curl(*headers, "--write-out", " %{http_code}", *arguments, address, body=body)

    return ask


BLOCK_BLOB = ("--header", "x-ms-blob-type: BlockBlob")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="HTTP 1.1"),
        pytest.param(["--http1.0"], id="HTTP 1.0"),
        pytest.param(["--header", "Expect: 100-continue"], id="Expect 100-continue"),
        pytest.param(["--compressed"], id="compressed"),
    ],
)
def test_writes_and_reads_a_file(storage, tmp_path: Path, arguments):
    file = tmp_path / "file"
    file.write_bytes(b"0123456789" * 100_000)
    assert storage("curl/file", "--upload-file", str(file), *BLOCK_BLOB, *arguments) == b" 201"
    assert storage("curl/file", *arguments) == file.read_bytes() + b" 200"
    assert storage("curl/file", "--range", "5-9", *arguments) == b"56789 206"
    assert storage("curl/file", "--request", "DELETE", *arguments) == b" 202"


def test_keeps_the_encoding_of_a_blob(storage):
    zipped = subprocess.run(["gzip"], input=b"hello", check=True, capture_output=True).stdout
    encoding = ("--header", "Content-Encoding: gzip")
    data = ("--request", "PUT", "--data-binary", "@-")
    assert storage("curl/zipped", *data, *encoding, *BLOCK_BLOB, body=zipped) == b" 201"
    assert storage("curl/zipped", "--compressed") == b"hello 200"


def test_is_refused_what_it_pipes_without_a_length(storage):
    refused = storage("curl/piped", "--upload-file", "-", *BLOCK_BLOB, body=b"hello")
    assert b"<Code>MissingContentLengthHeader</Code>" in refused and refused.endswith(b" 411")


def test_is_refused_a_write_of_neither_a_body_nor_a_length(storage):
    refused = storage("curl/nothing", "--request", "PUT", *BLOCK_BLOB)
    assert b"must be chunked or have a content length" in refused and refused.endswith(b" 411")


def test_is_refused_a_blob_of_no_type(storage, tmp_path: Path):
    file = tmp_path / "file"
    file.write_bytes(b"0123456789" * 100_000)
    refused = storage("curl/typeless", "--upload-file", str(file))
    assert b"<HeaderName>x-ms-blob-type</HeaderName>" in refused and refused.endswith(b" 400")
