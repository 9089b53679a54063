"""The portal's settings: one file, and only the environment decides what differs."""

from __future__ import annotations

from pathlib import Path

import environ
from django.contrib.messages import constants as message_levels
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
PACKAGES = STATIC / "node_modules"

env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
# Without DEBUG a missing key stops the start: a guessable key would open every session.
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development" if DEBUG else environ.Env.NOTSET)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"] if DEBUG else [])
# Where people reach the portal: stands in the QR codes on its papers.
SITE_URL = env.str(
    "SITE_URL",
    default="http://127.0.0.1:8000"
    if DEBUG
    else f"https://{''.join(ALLOWED_HOSTS[:1]).lstrip('.')}",
).rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The demo world may be built only where this says so; a province's database never does.
DEMO = env.bool("DEMO", default=DEBUG)

INSTALLED_APPS = [
    "portal",
    "awards",
    "scoring",
    "blocs",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.security.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.login.LoginWallMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.demo",
            ],
        },
    },
]

# --- databases

SQLITE_OPTIONS = {
    # IMMEDIATE: a transaction that reads first and writes later must not fail as "locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # secure_delete: what a row held before must not stay readable in the file; a ballot box is one
    # row that is written anew with each paper. Not every SQLite is built with it.
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA temp_store=MEMORY;"
    "PRAGMA secure_delete=ON;",
}
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{ROOT / '.dev' / 'portal.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people

AUTH_USER_MODEL = "blocs.User"
AUTHENTICATION_BACKENDS = ["blocs.backends.AgencyBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
SESSION_COOKIE_AGE = 8 * 60 * 60  # one working day

# --- language, dates, numbers

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "portal" / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
# Thousands stay ungrouped: "2.022" is no year, and "1.000" typed as points must not become 1000.
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- files

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=ROOT / "staticfiles")
STATICFILES_DIRS = [
    ("css", STATIC / "css"),
    ("js", STATIC / "js"),
    ("img", STATIC / "img"),
    ("bootstrap/css", PACKAGES / "bootstrap" / "dist" / "css"),
    ("bootstrap/js", PACKAGES / "bootstrap" / "dist" / "js"),
    ("hugerte", PACKAGES / "hugerte"),
    ("fonts/icons", PACKAGES / "bootstrap-icons" / "font"),
    ("fonts/tinos", PACKAGES / "@expo-google-fonts" / "tinos"),
]
STATICFILES_FINDERS = [
    "portal.static_files.NeededFilesFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Uploads have no URL: they leave only through a view that asks for rights.
MEDIA_ROOT = env.path("MEDIA_ROOT", default=ROOT / ".dev" / "media")
MEDIA_URL = ""
FILE_UPLOAD_PERMISSIONS = 0o640
# A directory with the certificates (PEM or DER) of authorities whose digital signatures count as
# theirs; without it signatures are checked, and their authority is said to be unchecked.
SIGNATURE_ROOTS = env.str("SIGNATURE_ROOTS", default="")

# --- work in the background: rows of the database, done by `manage.py db_worker`

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- forms and messages

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
MESSAGE_TAGS = {message_levels.ERROR: "danger", message_levels.DEBUG: "secondary"}
# A sheet of 60 criteria posted in one form has about 600 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# --- safety

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if env.bool("BEHIND_PROXY", default=True):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    # What is wrong with an uploaded signature is told to whoever uploaded it.
    "loggers": {"pyhanko": {"level": "CRITICAL"}},
}
