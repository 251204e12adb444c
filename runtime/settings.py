"""The only reader of the environment. Every setting is listed in docs/settings.md."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of one process, read once and never changed. Prefix: GUITU_."""

    model_config = SettingsConfigDict(env_prefix="GUITU_", frozen=True, extra="ignore")

    #: Data folder: database, keys, snapshots.
    home: Path = Path("var")
    #: SQLAlchemy URL; empty means SQLite inside the data folder.
    database_url: SecretStr = SecretStr("")
    #: Key file; empty means keys.json inside the data folder. Keep it on another disk in earnest use.
    key_file: Path | None = None
    #: API token of the user on whose behalf the command line acts.
    token: SecretStr = SecretStr("")
    #: Face engine of new vectors.
    face_engine: str = "dlib-onnx"
    #: Threads that reading one photo may use.
    face_threads: int = Field(default=1, ge=1, le=64)
    #: Seconds before a photo that hangs the face process is given up.
    photo_seconds: float = Field(default=20.0, gt=0)
    #: Send the session cookie over HTTPS only. Switch on behind a TLS proxy.
    secure_cookies: bool = False
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)

    @property
    def sqlalchemy_url(self) -> str:
        """The database to use."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.home / 'guitu.db'}"

    @property
    def models_path(self) -> Path:
        """Converted face models, and those that the station adds with a manifest."""
        return self.home / "models"

    @property
    def keyring_path(self) -> Path:
        """Where the data keys are."""
        return self.key_file or self.home / "keys.json"
