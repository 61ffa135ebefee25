"""A snapshot: what moto holds, as a pickle in one file. Only ever loaded from the system's own folder: a pickle is code."""

import gc
import io
import os
import pickle  # nosec B403 # see above: the folder is the owner's, as the code is
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

from moto.backends import get_backend
from moto.core.base_backend import BaseBackend
from moto.dynamodb.models.dynamo_type import LimitedSizeDict

from infra.local.moto_speed import attributes

SERVICES = ("dynamodb", "s3", "ses", "sns", "sqs")

_LOCK, _RLOCK = type(threading.Lock()), type(threading.RLock())


def save() -> bytes:
    """What the services hold. For the caller to keep all others off them meanwhile."""
    held = {
        (service, account, region): backend.__dict__
        for service in SERVICES
        for account, regions in get_backend(service).items()
        for region, backend in regions.items()
    }
    made = io.BytesIO()
    _Pickler(made, protocol=5).dump(held)
    return made.getvalue()


def load(content: bytes) -> None:
    """Give the services what `save` took of them."""
    gc.disable()  # a million objects, none of them garbage
    try:
        held = _Unpickler(io.BytesIO(content)).load()
    finally:
        gc.enable()
    for (service, account, region), state in held.items():
        get_backend(service)[account][region].__dict__.update(state)


def write(file: Path, content: bytes) -> None:
    """Put a snapshot in the place of the old one, whole, on the disk before the journal is started anew."""
    written = file.with_suffix(".new")
    with written.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    written.replace(file)


class _Pickler(pickle.Pickler):
    def persistent_id(self, thing: Any) -> tuple[str, str, str] | None:
        """Objects that point back to their service shall point to the living one."""
        if isinstance(thing, BaseBackend):
            return type(thing).__module__.split(".")[1], thing.account_id, thing.region_name
        return None

    def reducer_override(self, thing: Any) -> tuple[Callable[..., Any], tuple[Any, ...]] | Any:
        if isinstance(thing, LimitedSizeDict):
            return attributes, (dict(thing),)
        if isinstance(thing, threading.Condition):
            return threading.Condition, ()
        if isinstance(thing, _LOCK):
            return threading.Lock, ()
        if isinstance(thing, _RLOCK):
            return threading.RLock, ()
        if isinstance(thing, SpooledTemporaryFile):
            thing.seek(0)
            return _spooled, (thing.read(),)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, place: tuple[str, str, str]) -> Any:
        service, account, region = place
        return get_backend(service)[account][region]


def _spooled(content: bytes) -> Any:
    made = SpooledTemporaryFile(max_size=1 << 24)  # noqa: SIM115 - it lives as long as the object it is part of
    made.write(content)
    return made
