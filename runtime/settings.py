"""The only reader of the environment. Every setting is listed in docs/settings.md."""

from datetime import timedelta
from os import cpu_count
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from matching.text.cantonese_writer import Writer


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
    #: A station's own figures over the shipped matching policy (`guitu policy train`); none when empty.
    policy_file: Path | None = None
    #: Whose sounds those go by who write down what residents say.
    writer: Writer = Writer.MANDARIN
    #: Face engine of new vectors.
    face_engine: str = "dlib-onnx"
    #: Threads that reading one photo may use.
    face_threads: int = Field(default=1, ge=1, le=64)
    #: Seconds before a photo that hangs the face process is given up.
    photo_seconds: float = Field(default=20.0, gt=0)
    #: Send the session cookie over HTTPS only. Switch on behind a TLS proxy.
    secure_cookies: bool = False
    #: Redis URL of the job queue; empty means that jobs run inside the process.
    broker_url: SecretStr = SecretStr("")
    #: Processes that score when everyone is matched again; 1: the one that runs the job, by itself.
    match_processes: int = Field(default_factory=lambda: cpu_count() or 1, ge=1, le=64)
    #: Seconds for which jobs may wait with no worker at them before the workers are restarted.
    idle_seconds: float = Field(default=120.0, gt=0)
    #: Seconds between two signs of life of a process that runs jobs; three missed ones are its death.
    beat_seconds: float = Field(default=10.0, gt=0)
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)

    @property
    def sqlalchemy_url(self) -> str:
        """The database to use."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.home / 'guitu.db'}"

    @property
    def has_broker(self) -> bool:
        """Whether jobs go to workers through a broker."""
        return bool(self.broker_url.get_secret_value())

    @property
    def beat_every(self) -> timedelta:
        """Time between two signs of life."""
        return timedelta(seconds=self.beat_seconds)

    @property
    def models_path(self) -> Path:
        """Converted face models, and those that the station adds with a manifest."""
        return self.home / "models"

    @property
    def galleries_path(self) -> Path:
        """Sealed snapshots of large face galleries."""
        return self.home / "galleries"

    @property
    def places_path(self) -> Path:
        """The table of natural villages that the station adds to the gazetteer."""
        return self.home / "places.tsv"

    @property
    def keyring_path(self) -> Path:
        """Where the data keys are."""
        return self.key_file or self.home / "keys.json"
