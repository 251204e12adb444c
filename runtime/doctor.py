"""Looks at every part and says how it is and what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from importlib.resources import files
from typing import Final

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from casework.errors import UnavailableError
from casework.ports import UnitOfWork
from casework.search.gallery import GalleryName
from matching.face.layered_index import LayeredIndex
from runtime.face_galleries import serving_galleries
from runtime.model_files import model_sums
from runtime.settings import Settings
from storage.engine import make_engine
from storage.face_snapshots import SnapshotFolder
from storage.keyring import load_keyring
from storage.sealing import Sealer
from storage.unit_of_work import sql_work


class Health(StrEnum):
    """How a part is."""

    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartHealth:
    """One part, how it is, and what to do (empty when it is well)."""

    part: str
    health: Health
    #: What was seen.
    found: str
    remedy: str = ""


def examine(settings: Settings) -> tuple[PartHealth, ...]:
    """Every part in the order in which a broken one stops the others. Writes nothing."""
    return tuple(check(settings) for check in CHECKS)


def _home(settings: Settings) -> PartHealth:
    if not settings.home.exists():
        return PartHealth(part="home", health=Health.OK, found="数据目录尚未建立，首次使用时创建")
    return PartHealth(part="home", health=Health.OK, found="数据目录可用")


def _database(settings: Settings) -> PartHealth:
    is_new = not settings.database_url.get_secret_value() and not settings.home.exists()
    if is_new:
        return PartHealth(part="database", health=Health.OK, found="SQLite，首次使用时创建")
    engine = make_engine(settings.sqlalchemy_url)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return PartHealth(
            part="database",
            health=Health.DOWN,
            found="数据库连不上",
            remedy="检查 GUITU_DATABASE_URL 和数据库服务",
        )
    finally:
        engine.dispose()
    return PartHealth(part="database", health=Health.OK, found=engine.dialect.name)


def _index(settings: Settings) -> PartHealth:
    """Whether every large face gallery has a snapshot to start from."""
    is_new = not settings.database_url.get_secret_value() and not settings.home.exists()
    if is_new or not settings.keyring_path.exists():
        return PartHealth(part="index", health=Health.OK, found="人脸索引，首次检索时建立")
    engine = make_engine(settings.sqlalchemy_url)
    try:
        with sql_work(engine, Sealer(load_keyring(settings.keyring_path)))() as work:
            missing = [
                name
                for name in serving_galleries(work)
                if work.faces.count(name, work.faces.revision()) > LayeredIndex.exact_up_to
                and not _has_snapshot(settings, work, name)
            ]
    except UnavailableError:
        return PartHealth(
            part="index",
            health=Health.DOWN,
            found="人脸索引查不了",
            remedy="先按上面的提示恢复数据库和密钥",
        )
    finally:
        engine.dispose()
    if missing:
        return PartHealth(
            part="index",
            health=Health.DEGRADED,
            found=f"{len(missing)} 个人脸库没有可用的快照",
            remedy="运行 guitu serve，会从数据库重建；重建期间检索只按文字线索，之后自动补比",
        )
    return PartHealth(part="index", health=Health.OK, found="人脸索引就绪")


def _has_snapshot(settings: Settings, work: UnitOfWork, name: GalleryName) -> bool:
    pin = work.faces.pinned(name)
    return pin is not None and SnapshotFolder(settings.galleries_path).has(pin)


def _keys(settings: Settings) -> PartHealth:
    path = settings.keyring_path
    if path.exists() and path.stat().st_mode & 0o077:
        return PartHealth(
            part="keys",
            health=Health.DOWN,
            found="密钥文件权限过宽",
            remedy="运行 chmod 600 收紧密钥文件的权限",
        )
    found = "密钥文件就绪" if path.exists() else "首次使用时生成"
    return PartHealth(part="keys", health=Health.OK, found=found)


def _face_models(_settings: Settings) -> PartHealth:
    if not model_sums():
        return PartHealth(
            part="models",
            health=Health.DOWN,
            found="没有找到人脸模型",
            remedy="重新运行 make setup 安装 face_recognition_models",
        )
    return PartHealth(part="models", health=Health.OK, found=f"{len(model_sums())} 个模型文件")


def _rules(_settings: Settings) -> PartHealth:
    table = files("casework.windows").joinpath("rules.toml").read_bytes()
    return PartHealth(
        part="windows", health=Health.OK, found=f"时限表 {sha256(table).hexdigest()[:12]}"
    )


def _static(_settings: Settings) -> PartHealth:
    if not files("api").joinpath("static", "vendor").is_dir():
        return PartHealth(
            part="static",
            health=Health.DEGRADED,
            found="页面样式文件缺失，网页能用但不好看",
            remedy="运行 make setup",
        )
    return PartHealth(part="static", health=Health.OK, found="页面资源就绪")


def _broker(settings: Settings) -> PartHealth:
    if not settings.has_broker:
        return PartHealth(part="broker", health=Health.OK, found="未配置，任务在进程内运行")
    from runtime.broker import Broker, broker_app  # noqa: PLC0415 - loads Celery

    try:
        Broker(broker_app(settings.broker_url.get_secret_value())).ping()
    except UnavailableError:
        return PartHealth(
            part="broker",
            health=Health.DEGRADED,
            found="任务队列（Redis）连不上，任务在数据库里等候",
            remedy="检查 GUITU_BROKER_URL 和 Redis 服务",
        )
    return PartHealth(part="broker", health=Health.OK, found="Redis")


CHECKS: Final[tuple[Callable[[Settings], PartHealth], ...]] = (
    _home,
    _database,
    _keys,
    _index,
    _face_models,
    _rules,
    _static,
    _broker,
)
