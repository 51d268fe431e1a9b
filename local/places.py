"""Where things are on this machine: folders and ports."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final


ROOT: Final = Path(__file__).resolve().parent.parent
HOST: Final = "127.0.0.1"

EMULATOR_PORT: Final = 4566
STANDIN_PORT: Final = 4580


@dataclass(frozen=True)
class Places:
    """One running instance: its two ports, and the folder of its logs and facts."""

    emulator_port: int = EMULATOR_PORT
    standin_port: int = STANDIN_PORT

    @classmethod
    def from_env(cls) -> "Places":
        """Ports from ``DEPOT_PORT`` and ``DEPOT_STANDIN_PORT``."""
        return cls(
            int(os.environ.get("DEPOT_PORT", EMULATOR_PORT)),
            int(os.environ.get("DEPOT_STANDIN_PORT", STANDIN_PORT)),
        )

    @property
    def home(self) -> Path:
        """``.local``, or a folder inside it for an instance on other ports."""
        base = ROOT / ".local"
        return base if self.emulator_port == EMULATOR_PORT else base / str(self.emulator_port)

    @property
    def facts(self) -> Path:
        """The file that says where everything is."""
        return self.home / "stack.json"

    @property
    def emulator(self) -> str:
        """Address of the emulator: every AWS API, and the way in to the site."""
        return f"http://{HOST}:{self.emulator_port}"

    @property
    def standin(self) -> str:
        """Address of the stand-in for other people's APIs, and of the mailbox."""
        return f"http://{HOST}:{self.standin_port}"
