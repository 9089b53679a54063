"""Which of the files that the packages bring are served."""

from __future__ import annotations

from django.contrib.staticfiles.apps import StaticFilesConfig


class PortalStaticFilesConfig(StaticFilesConfig):
    # The editor's styles come as scripts as well, which nobody loads; they name source maps that
    # its package lacks, and the manifest of hashed names refuses what it cannot find.
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "skins/*.js"]
