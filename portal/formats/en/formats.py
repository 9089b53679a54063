"""English screens keep the Vietnamese way of writing: the same figures stand on the papers."""

from __future__ import annotations

from portal.formats.vi.formats import *  # noqa: F403 -- every format, and whatever is added there
