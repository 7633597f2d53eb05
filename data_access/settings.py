"""Every setting: name, default and what it is for. The only reader of the environment."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "assets"


class Settings(BaseSettings):
    """Settings of one installation, from the environment or from a file `.env` beside app.py."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore")

    data_folder: Path = Field(
        ROOT / ".data",
        description="Folder of the embedded database and of the snapshots.",
    )
    database_url: str = Field(
        "",
        description="Database, for example postgresql+psycopg://user@host/name; "
        "empty: an SQLite file in the data folder.",
    )
    owner_id: str = Field(
        "Direktorat Jenderal Binapenta & PKK", description="Owner's name in Indonesian."
    )
    owner_en: str = Field(
        "Directorate-General of Manpower Placement", description="Owner's name in English."
    )
    demo_scale: float = Field(
        1.0, gt=0, description="Size of the DATA SIMULASI that a first start builds."
    )
    demo_seed: int = Field(2026, description="Seed of the DATA SIMULASI.")

    def url(self) -> str:
        """Return the SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.data_folder / 'atnaker.db'}"


@lru_cache
def settings() -> Settings:
    """Return the settings, read once a process."""
    return Settings()
