#!/usr/bin/env python
"""Django's command line for the portal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if "SECRET_KEY" not in os.environ:
        # A checkout that nobody configured is a developer's; the web server's entry point,
        # portal/wsgi.py, stays strict.
        os.environ.setdefault("DEBUG", "1")
        Path(__file__).with_name(".dev").mkdir(exist_ok=True)
    execute_from_command_line(sys.argv)
