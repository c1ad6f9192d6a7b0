"""Dataclasses with slots that are compiled when the first of a kind is made, not when their module is imported.

The standard decorator compiles up to six functions for each class, about a millisecond, and a start imports some eighty
such classes. This one takes the same declaration, compares and hashes without compiling anything, and writes `__init__`
when it is first called. Type checkers see the standard one. It takes `frozen=True, slots=True` or `slots=True` and
refuses every other form.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "field"]

if TYPE_CHECKING:
    from dataclasses import dataclass, field
else:
    field = dataclasses.field

    def dataclass(*, frozen: bool = False, slots: bool) -> Callable[[type], type]:
        """Return the decorator that makes a class a dataclass with slots."""
        if not slots:
            raise TypeError("only dataclasses with slots are made here; the standard library has the others")
        return _frozen if frozen else _declared


def _frozen(plain: type) -> type:
    return _declared(plain, {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete, "__hash__": _digest})


def _declared(plain: type, special: dict[str, Any] | None = None) -> type:
    """Return the class again, with slots for its annotated names and with the methods of a dataclass."""
    written = vars(plain)
    kinds = written.get("__annotations__", {})
    own = {name: written.get(name, dataclasses.MISSING) for name, kind in kinds.items() if "ClassVar" not in str(kind)}
    inherited = getattr(plain, "__declared__", {})
    fields = inherited | own
    given = {
        name: part for name, part in written.items() if name not in own and name not in ("__dict__", "__weakref__")
    }
    body = {
        "__init__": _first_init, "__repr__": _tell, "__eq__": _equals, "__hash__": None, **(special or {}), **given,
        "__slots__": tuple(name for name in own if name not in inherited), "__declared__": fields,
        "__match_args__": tuple(name for name, default in fields.items() if _flag(default, "init")),
        "__content__": staticmethod(_content([name for name, default in fields.items() if _flag(default, "compare")])),
        "__dataclass_fields__": _Standard("fields"), "__dataclass_params__": _Standard("params"),
    }  # fmt: skip
    made = type(plain)(plain.__name__, plain.__bases__, body)
    made.__qualname__ = plain.__qualname__
    return made


def _flag(default: object, name: str) -> bool:
    return not isinstance(default, dataclasses.Field) or bool(getattr(default, name))


def _content(names: Sequence[str]) -> Callable[[object], tuple[Any, ...]]:
    """Return what makes a tuple of the fields of a value; `attrgetter` alone does so for two and more."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


# -- the methods of every class that is declared here


def _equals(self: Any, other: Any) -> object:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self.__content__(self) == self.__content__(other)


def _digest(self: Any) -> int:
    return hash(self.__content__(self))


def _tell(self: Any) -> str:
    shown = [name for name, default in self.__declared__.items() if _flag(default, "repr")]
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _first_init(self: object, *arguments: Any, **named: Any) -> None:
    """Be the `__init__` of a class that has made nothing yet."""
    kind: Any = next(base for base in type(self).__mro__ if vars(base).get("__init__") is _first_init)
    kind.__init__ = _compiled_init(kind)
    kind.__init__(self, *arguments, **named)


def _compiled_init(kind: type) -> Callable[..., None]:
    """Write and compile the `__init__` of a class: one line for each field, as the standard library does."""
    known: dict[str, Any] = {"_MISSING": dataclasses.MISSING}
    asked, lines = ["self"], []
    for name, declared in vars(kind)["__declared__"].items():
        if not _flag(declared, "init"):
            continue
        default, factory = _default(declared)
        known[f"_set_{name}"] = getattr(kind, name).__set__
        parameter, value = name, name
        if factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = factory
            parameter, value = f"{name}=_MISSING", f"_make_{name}() if {name} is _MISSING else {name}"
        elif default is not dataclasses.MISSING:
            known[f"_default_{name}"] = default
            parameter = f"{name}=_default_{name}"
        asked.append(parameter)
        lines.append(f"    _set_{name}(self, {value})")
    if hasattr(kind, "__post_init__"):
        lines.append("    self.__post_init__()")
    exec(f"def __init__({', '.join(asked)}):\n" + ("\n".join(lines) or "    pass"), known)
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    return made


def _default(declared: object) -> tuple[Any, Any]:
    """Return the default of a field and what makes one; `MISSING` for what there is not."""
    if isinstance(declared, dataclasses.Field):
        return declared.default, declared.default_factory
    return declared, dataclasses.MISSING


class _Standard:
    """Gives `dataclasses.replace` and `fields` what they look for in a class; made when they first do."""

    def __init__(self, what: str) -> None:
        self._name = f"__dataclass_{what}__"

    def __get__(self, _value: object, kind: Any) -> Any:
        fields = kind.__declared__.items()
        declared = [(name, Any) if default is dataclasses.MISSING else (name, Any, default) for name, default in fields]
        is_frozen = kind.__setattr__ is _refuse_to_set
        about = {"__doc__": f"Stands for {kind.__name__}."}  # else one is made of the signature, which takes long
        made = dataclasses.make_dataclass(
            "Shadow", declared, namespace=about, init=False, repr=False, eq=False, frozen=is_frozen
        )
        shadow = vars(made)
        for name in ("__dataclass_fields__", "__dataclass_params__"):
            setattr(kind, name, shadow[name])
        return shadow[self._name]
