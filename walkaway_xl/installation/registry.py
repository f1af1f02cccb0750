"""The registry of Windows: values that are read, and steps that set or delete one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from walkaway_xl.core.phrasing import phrase
from walkaway_xl.installation.steps import Undo

TEXT = 1  # the kind of a plain text, winreg.REG_SZ


class Value(NamedTuple):
    """What stands under a name, and of which kind it is."""

    data: Any
    kind: int = TEXT


class Registry(Protocol):
    """The registry, or what stands in for it; a key begins with its root, as HKEY_CURRENT_USER."""

    def names(self, key: str) -> Sequence[str]:
        """Names under a key; none if there is no such key."""

    def read(self, key: str, name: str) -> Value | None:
        """What stands under a name, None if nothing does."""

    def write(self, key: str, name: str, value: Value) -> None:
        """Put a value under a name."""

    def delete(self, key: str, name: str) -> None:
        """Take a name out."""


class WindowsRegistry:
    """The registry of this machine, as its 64-bit programs see it."""

    def __init__(self) -> None:
        import winreg

        self._winreg: Any = winreg

    def names(self, key: str) -> Sequence[str]:
        """Names under a key."""
        try:
            with self._opened(key) as opened:
                count = self._winreg.QueryInfoKey(opened)[1]
                return [self._winreg.EnumValue(opened, place)[0] for place in range(count)]
        except FileNotFoundError:
            return []

    def read(self, key: str, name: str) -> Value | None:
        """What stands under a name."""
        try:
            with self._opened(key) as opened:
                return Value(*self._winreg.QueryValueEx(opened, name))
        except FileNotFoundError:
            return None

    def write(self, key: str, name: str, value: Value) -> None:
        """Put a value under a name."""
        root, path = self._split(key)
        with self._winreg.CreateKeyEx(root, path, 0, self._winreg.KEY_SET_VALUE) as opened:
            self._winreg.SetValueEx(opened, name, 0, value.kind, value.data)

    def delete(self, key: str, name: str) -> None:
        """Take a name out."""
        with self._opened(key, self._winreg.KEY_SET_VALUE) as opened:
            self._winreg.DeleteValue(opened, name)

    def _opened(self, key: str, access: int = 0) -> Any:
        reading = self._winreg.KEY_READ | self._winreg.KEY_WOW64_64KEY
        return self._winreg.OpenKey(*self._split(key), 0, access or reading)

    def _split(self, key: str) -> tuple[Any, str]:
        root, _, path = key.partition("\\")
        return getattr(self._winreg, root), path


@dataclass(frozen=True)
class SetValue:
    """Set a value of the registry, or delete it where there is none to set."""

    registry: Registry
    key: str
    name: str
    value: Value | None

    @property
    def words(self) -> str:
        place = f"{self.key}\\{self.name}"
        return (
            phrase("delete {place}", place=place)
            if self.value is None
            else phrase("set {place} to {data}", place=place, data=self.value.data)
        )

    def carry_out(self) -> Undo:
        before = self.registry.read(self.key, self.name)
        self._put(self.value)
        return lambda: self._put(before)

    def _put(self, value: Value | None) -> None:
        if value is not None:
            self.registry.write(self.key, self.name, value)
        elif self.registry.read(self.key, self.name) is not None:
            self.registry.delete(self.key, self.name)
