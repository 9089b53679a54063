"""The portal's settings for a server under test: e-mails go to files, static files unhashed."""

from __future__ import annotations

from portal.settings import *  # noqa: F403
from portal.settings import LOGGING, STORAGES, env

ADMINS = [("Quản trị", "admin@example.vn")]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = env.str("EMAIL_FILE_PATH")
# Without hashed names nothing need be collected first.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# The most that a server could be set to report: with the variables of every frame.
LOGGING = LOGGING | {
    "handlers": LOGGING["handlers"]
    | {"whole": {"class": "django.utils.log.AdminEmailHandler", "include_html": True}},
    "loggers": {"django.request": {"handlers": ["whole"], "level": "ERROR"}},
}
