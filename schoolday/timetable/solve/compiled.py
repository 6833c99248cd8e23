"""The search's functions are compiled to machine code, kept apart from other rooms'."""

from __future__ import annotations

from pathlib import Path

from schoolday.ground.machine_code import PLAIN, Compiler

__all__ = ["FOLDER", "PLAIN", "compiled"]

compiled = Compiler(Path(__file__).parent)
FOLDER = compiled.folder
"""Where this process keeps and finds machine code."""
