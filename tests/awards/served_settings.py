"""The portal's settings for a server under test: e-mails go to files, static files unhashed."""

from __future__ import annotations

from portal.settings import *  # noqa: F403
from portal.settings import STORAGES, env

ADMINS = [("Quản trị", "admin@example.vn")]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = env.str("EMAIL_FILE_PATH")
# Without hashed names nothing need be collected first.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
