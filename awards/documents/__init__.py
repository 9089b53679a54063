"""The printed papers: each module gathers one paper into a frozen dataclass, ``pdf`` prints it."""
