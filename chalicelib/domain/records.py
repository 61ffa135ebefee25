"""Frozen records, made at a tenth of what `dataclasses` takes: a cold start makes a hundred of them while somebody waits.

`@record` gives a class what `@dataclass(frozen=True, slots=True)` gives it; the test holds one against the other. But its
methods are shared by all records, its `__init__` is compiled when the first instance is made, and `dataclasses` (with
`inspect`, `ast` and `dis` behind it) is loaded only where somebody asks for the fields, as its `replace`, `fields` and
`asdict` do.
"""

from __future__ import annotations

from operator import attrgetter

TYPE_CHECKING = False  # as typing has it, which is not loaded for it
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar, dataclass_transform

    _Made = TypeVar("_Made")
    _Value = TypeVar("_Value")
else:

    def dataclass_transform(**_: object) -> object:
        """What type checkers are told: nothing that is done."""
        return lambda decorator: decorator


class _Fresh:
    """A default that each instance gets an own one of."""

    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], _Value]) -> _Value:
    """A default that is made anew for each instance."""
    return _Fresh(default_factory)  # type: ignore[return-value] # the class sees what the instance will have


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[_Made]) -> type[_Made]:
    """The class as a frozen record of its annotated attributes, with slots. Takes no inheritance and no options."""
    names = tuple(cls.__annotations__)
    defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
    kept = {name: value for name, value in cls.__dict__.items() if name not in defaults and name not in _NOT_KEPT}
    made: Any = type(cls.__name__, cls.__bases__, _SHARED | kept | {"__slots__": names, "__match_args__": names})
    made.__qualname__ = cls.__qualname__
    made._values = staticmethod(attrgetter(*names)) if names else staticmethod(lambda _: ())
    made._defaults = defaults
    made.__init__ = _beginner(made)
    return made  # type: ignore[no-any-return]


_FEW = 4  # instances
_NOT_KEPT = ("__dict__", "__weakref__")


def _beginner(made: Any) -> Callable[..., None]:
    """An `__init__` for the first few instances, which puts a compiled one in its place for the others: a cold start makes
    few of most records, and to compile takes as long as to make a hundred."""
    names, defaults = made.__slots__, made._defaults
    begun = 0

    def __init__(self: Any, *given: Any, **named: Any) -> None:  # noqa: N807
        nonlocal begun
        begun += 1
        values = {**defaults, **dict(zip(names, given)), **named}  # noqa: B905 # what does not fit, the compiled one refuses
        if (
            begun > _FEW
            or len(given) > len(names)
            or len(values) < len(names)
            or not named.keys() <= set(names[len(given) :])
        ):
            made.__init__ = _initialiser(made)
            made.__init__(self, *given, **named)
            return
        for name in names:
            value = values[name]
            fresh = isinstance(value, _Fresh) and value is defaults.get(name)
            object.__setattr__(self, name, value.make() if fresh else value)

    return __init__


def _initialiser(made: Any) -> Callable[..., None]:
    names, defaults = made.__slots__, made._defaults
    takes = "".join(f", {name}=_d_{name}" if name in defaults else f", {name}" for name in names)
    known: dict[str, Any] = {f"_s_{name}": made.__dict__[name].__set__ for name in names}
    lines = []
    for name in names:
        default = defaults.get(name)
        known[f"_d_{name}"] = default
        value = f"_d_{name}.make() if {name} is _d_{name} else {name}" if isinstance(default, _Fresh) else name
        lines.append(f"_s_{name}(self, {value})")
    said = f"def __init__(self{takes}):\n " + "\n ".join(lines or ["pass"])
    exec(said, known)  # noqa: S102 # nosec B102 - names of attributes alone, as dataclasses does it
    return known["__init__"]  # type: ignore[no-any-return]


def _eq(self: Any, other: Any) -> Any:
    return self._values(self) == self._values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(self._values(self))


def _repr(self: Any) -> str:
    said = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
    return f"{self.__class__.__qualname__}({said})"


def _setattr(self: Any, name: str, value: Any) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: Any, name: str) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__slots__]


def _setstate(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, value)


class _Fields:
    """The fields as `dataclasses` has them, made when they are first asked for."""

    def __get__(self, _: object, owner: Any) -> Any:
        import dataclasses

        given = owner._defaults.items()
        defaults = {n: dataclasses.field(default_factory=v.make) if isinstance(v, _Fresh) else v for n, v in given}
        plain: Any = type(owner.__name__, (), {"__annotations__": owner.__annotations__, **defaults})
        twin: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(plain)
        owner.__dataclass_fields__ = twin.__dataclass_fields__
        return owner.__dataclass_fields__


_SHARED = {
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
    "__dataclass_fields__": _Fields(),
}
