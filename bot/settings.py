"""The settings of the installation, all from environment variables TUSOI_…, which the README lists. Channels have
settings of their own (`bot.channels.Settings` contains all).
"""

import hashlib
import ipaddress
import re
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from rules.nouns.errors import TusoiError
from rules.personal.keeping import FLOORS, Keeping

Settings_ = TypeVar("Settings_", bound=BaseSettings)


class SettingsError(TusoiError):
    """A setting is wrong; the message names each one and what was expected."""


def _http_address(value: str) -> str:
    """An address in its stored form. Raises ValueError."""
    if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc):
        raise ValueError("cần một địa chỉ bắt đầu bằng http:// hoặc https://")
    return value.rstrip("/")


HttpAddress = Annotated[str, AfterValidator(_http_address)]

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _networks(value: object) -> object:
    """Addresses and networks from one line. Raises ValueError naming the position but not the value."""
    if not isinstance(value, str):
        return value
    found: list[Network] = []
    for place, one in enumerate(re.split(r"[\s,;]+", value.strip(" \t,;")) if value.strip(" \t,;") else (), start=1):
        try:
            found.append(ipaddress.ip_network(one, strict=False))
        except ValueError:
            raise ValueError(
                f"mục thứ {place} không phải địa chỉ hay mạng; cần dạng 127.0.0.1, 10.0.0.0/8, cách nhau bằng dấu phẩy"
            ) from None
        if not found[-1].prefixlen:
            raise ValueError(f"mục thứ {place} là mọi địa chỉ; tin tất cả thì ai cũng giả được địa chỉ của người khác")
    return tuple(found)


#: Maximum number of days that browsers keep a cookie.
MOST_DAYS = 400

Networks = Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_networks)]


def _days(name: str, what: str) -> Any:
    """A keeping time (rules.personal.keeping) in days, not below its minimum."""
    default, floor = asdict(Keeping())[name], asdict(FLOORS)[name]
    return Field(default=default, ge=floor, le=36500, description=f"giữ bao nhiêu ngày: {what}; ít nhất {floor}")


#: The kinds of files that may be handed in for dossiers.
ENCLOSURE_KINDS = ("pdf", "jpg", "png", "heic", "docx", "xlsx")


def _kinds(value: object) -> object:
    """Kinds from one line. Raises ValueError."""
    if not isinstance(value, str):
        return value
    found = tuple(one.lower() for one in re.split(r"[\s,;]+", value.strip(" \t,;")) if one)
    unknown = [one for one in found if one not in ENCLOSURE_KINDS]
    if unknown or not found:
        raise ValueError(f"cần một hay nhiều loại trong: {', '.join(ENCLOSURE_KINDS)}")
    return found


EnclosureKinds = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_kinds)]


class HouseSettings(BaseSettings):
    """The settings of an installation that do not depend on its channels."""

    model_config = SettingsConfigDict(env_prefix="TUSOI_", extra="ignore", frozen=True)

    database_url: str = Field(
        default="", description="sqlite:///tệp hoặc postgresql://…; mặc định tệp trong TUSOI_DATA_DIR"
    )
    data_dir: Path = Field(default=Path("var"), description="thư mục dữ liệu")
    code_key: SecretStr = Field(
        default=SecretStr(""),
        description="khóa của mã mời: 32 byte viết bằng base64; mặc định tệp tusoi.key trong TUSOI_DATA_DIR",
    )
    rulebooks: Path | None = Field(
        default=None, description="thư mục bộ quy định riêng của cơ quan; mặc định rulebooks trong TUSOI_DATA_DIR"
    )
    workdays: Path | None = Field(
        default=None,
        description="tệp ngày làm việc hoán đổi của các năm; mặc định workdays.toml trong TUSOI_DATA_DIR",
    )
    web_listen: str = Field(
        default="127.0.0.1:8080", description="địa chỉ:cổng của trang web; để trống thì không mở web"
    )
    public_url: HttpAddress = Field(default="", description="địa chỉ công khai của trang web, dùng trong đường dẫn mời")
    health_listen: str = Field(
        default="127.0.0.1:8081", description="địa chỉ:cổng riêng của /healthz và /metrics; để trống thì không mở"
    )
    health_token: SecretStr | None = Field(
        default=None,
        description="mã hỏi /healthz và /metrics (Authorization: Bearer …); khi đặt, cổng của trang web cũng trả lời",
    )
    trusted_proxies: Networks = Field(
        default=(),
        description="địa chỉ, mạng của máy chuyển tiếp (nginx, Caddy) được tin khi cho biết ai gọi đến, cách nhau bằng dấu phẩy",
    )
    session_idle_days: int = Field(
        default=45, ge=1, le=MOST_DAYS, description="số ngày không dùng thì phiên của trang web hết hiệu lực (1–400)"
    )
    session_days: int = Field(
        default=365,
        ge=1,
        le=MOST_DAYS,
        description="số ngày dài nhất của một phiên trên trang web, dù vẫn dùng (1–400)",
    )
    enclosure_mb: int = Field(default=20, ge=1, le=20, description="tệp nộp vào hồ sơ lớn nhất bao nhiêu MB (1–20)")
    enclosure_kinds: EnclosureKinds = Field(
        default=ENCLOSURE_KINDS,
        description="loại tệp nhận vào hồ sơ, cách nhau bằng dấu phẩy: pdf, jpg, png, heic, docx, xlsx",
    )
    console_idle_minutes: int = Field(
        default=30, ge=5, le=720, description="số phút không dùng thì bảng điều hành tự đóng (5–720)"
    )
    language: Literal["vi", "en"] = Field(default="vi", description="ngôn ngữ mặc định: vi hoặc en")
    keep_chat_days: int = _days("chat", "trao đổi trong trò chuyện, tính từ ngày trao đổi")
    keep_leavers_days: int = _days("leavers", "trao đổi, kế hoạch khắc phục và tin nhắn của người đã nghỉ, chuyển đi")
    keep_strangers_days: int = _days("strangers", "trao đổi của tài khoản không phải của ai")
    keep_guesses_days: int = _days("guesses", "lần gõ sai mã")
    keep_doors_days: int = _days("doors", "tài khoản đã đăng xuất, mã đã hết giá trị")
    keep_unsent_days: int = _days("unsent", "câu trả lời chưa từng gửi, tính từ ngày đóng đợt")
    keep_notices_days: int = _days("notices", "tin nhắn, nhắc việc đã gửi xong")
    worker: str = Field(default="1", description="tên ổn định của tiến trình này (khi chạy nhiều tiến trình)")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and urlsplit(value).scheme.split("+")[0] not in {"sqlite", "postgresql", "postgres"}:
            raise ValueError("cần sqlite:///tệp hoặc postgresql://người:mật-khẩu@máy/cơ-sở-dữ-liệu")
        return value

    @field_validator("web_listen", "health_listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, colon, port = value.rpartition(":")
        if value and not (colon and host and port.isdecimal() and int(port) < 65536):
            raise ValueError("cần dạng địa-chỉ:cổng, ví dụ 127.0.0.1:8080")
        return value

    @field_validator("health_token")
    @classmethod
    def _not_guessed(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not 20 <= len(value.get_secret_value()) <= 256:
            raise ValueError("cần 20 đến 256 ký tự, ví dụ do lệnh này tạo ra: openssl rand -hex 24")
        return value or None

    @field_validator("worker")
    @classmethod
    def _plain_name(cls, value: str) -> str:
        if not value.isalnum() or len(value) > 32:
            raise ValueError("cần một tên ngắn gồm chữ và số")
        return value

    @property
    def database(self) -> str:
        """The database URL in use."""
        return self.database_url or f"sqlite:///{self.data_dir / 'tusoi.db'}"

    @property
    def database_mark(self) -> str:
        """A short identifier of the database that reveals neither address nor password."""
        named = urlsplit(self.database)
        if named.scheme.startswith("sqlite"):
            where = str(Path(named.path.removeprefix("/")).absolute())
        else:
            where = f"{named.hostname}:{named.port or 5432}{named.path}"
        return hashlib.sha256(where.encode()).hexdigest()[:12]

    @property
    def own_rulebooks(self) -> Path:
        """The folder of the office's own rulebooks; it need not exist."""
        return self.rulebooks or self.data_dir / "rulebooks"

    @property
    def keeping(self) -> Keeping:
        """How long data that is not an official record is kept."""
        chosen = {one.name: getattr(self, f"keep_{one.name}_days", None) for one in fields(Keeping)}
        return replace(Keeping(), **{name: days for name, days in chosen.items() if days})

    @property
    def own_workdays(self) -> Path:
        """The file of swapped working days known to the installation; it need not exist."""
        return self.workdays or self.data_dir / "workdays.toml"

    @property
    def web_address(self) -> tuple[str, int]:
        """Host and port of `web_listen`."""
        return _address(self.web_listen)

    @property
    def health_address(self) -> tuple[str, int]:
        """Host and port of `health_listen`."""
        return _address(self.health_listen)

    @property
    def public_address(self) -> str:
        """The beginning of links to the web chat."""
        return self.public_url or f"http://{self.web_listen}"


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    return host.strip("[]"), int(port)


def read(settings: type[Settings_]) -> Settings_:
    """The settings from the environment. Raises SettingsError with a line for each wrong one."""
    try:
        return settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_line(dict(mistake)) for mistake in error.errors())) from None


def _line(mistake: dict[str, object]) -> str:
    """A wrong setting in words, without its value, which may be a secret."""
    location = mistake["loc"]
    name = "TUSOI_" + str(location[0]).upper() + ": " if isinstance(location, tuple) and location else ""
    if mistake["type"] == "literal_error":
        return name + "cần một trong: vi, en"
    if mistake["type"] in {"greater_than_equal", "less_than_equal", "int_parsing", "int_from_float"}:
        bounds = dict(mistake.get("ctx") or {})  # type: ignore[call-overload]
        least, most = bounds.get("ge"), bounds.get("le")
        return name + (
            f"cần ít nhất {least}" if least is not None else f"cần không quá {most}" if most else "cần một số nguyên"
        )
    return name + str(mistake["msg"]).removeprefix("Value error, ")
