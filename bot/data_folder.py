"""The data folder, readable by its owner only. It contains the key of invitation codes unless the environment provides
one.
"""

import base64
import binascii
import errno
import logging
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.settings import HouseSettings, SettingsError
from storage.code_key import LENGTH, CodeKey
from storage.engine import file_at
from storage.kept_files import KeptFiles

_log = logging.getLogger(__name__)

#: Mode: owner only.
FOLDER, FILE = 0o700, 0o600
#: The permission bits of group and others.
_OTHERS = 0o077


def close_to_others(settings: HouseSettings) -> None:
    """Create the data folder, and restrict it and the database file to the owner even if they exist. A folder shared by
    everybody (`/tmp`) or owned by somebody else is left as it is.
    """
    settings.data_dir.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    file = file_at(settings.database)
    if file is not None and not file.exists() and file.parent.is_dir():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, FILE))  # its log gets the mode of the file
    for path in (settings.data_dir, *_files(settings)):
        _narrow(path)


def _files(settings: HouseSettings) -> Iterator[Path]:
    """The database with its log, and all files in the data folder: the key, backups, older databases."""
    file = file_at(settings.database)
    if file is not None:
        yield from (file.with_name(file.name + end) for end in ("", "-wal", "-shm"))
    yield from (path for path in settings.data_dir.iterdir() if path.is_file())


def _narrow(path: Path) -> None:
    try:
        kept = path.lstat()
        shared = kept.st_mode & stat.S_ISVTX or kept.st_uid != os.geteuid() or stat.S_ISLNK(kept.st_mode)
        if kept.st_mode & _OTHERS and not shared:
            path.chmod(stat.S_IMODE(kept.st_mode) & ~_OTHERS)
    except FileNotFoundError:
        pass
    except OSError as error:
        if error.errno == errno.EROFS:
            return  # nothing can be kept there: whoever writes says so
        _log.warning("%s: không thu hẹp được quyền đọc (%s); người khác trên máy này có thể đọc.", path, error.strerror)


def enclosures(settings: HouseSettings) -> KeptFiles:
    """The folder of enclosures."""
    return KeptFiles(settings.data_dir / "enclosures")


def key_file(settings: HouseSettings) -> Path:
    """The file of the key, if the environment does not provide it."""
    return settings.data_dir / "tusoi.key"


def code_key(settings: HouseSettings) -> CodeKey:
    """The code key from the environment, otherwise from the file, which is created at the first start. Raises
    SettingsError.
    """
    named = settings.code_key.get_secret_value()
    if named:
        return _read(named, "TUSOI_CODE_KEY", "")
    file = key_file(settings)
    try:
        if not file.exists():
            _make(file)
        text = file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: không đọc được khóa của mã mời ({error})") from None
    else:
        lost = (
            " Hãy đặt lại tệp khóa đã sao lưu. Nếu không còn, hãy xóa tệp này: tusoi tạo khóa mới, mọi dữ liệu còn nguyên, chỉ các mã"
            " mời chưa dùng phải cấp lại (tusoi invite reissue --expired)."
        )
        return _read(text, str(file), lost)


def _make(file: Path) -> None:
    """Create the key file atomically; if two processes start at once, the first one's is kept."""
    part = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE), "w", encoding="ascii") as written:
            written.write(fresh_key() + "\n")
            written.flush()
            os.fsync(written.fileno())
        os.link(part, file)
    except FileExistsError:
        pass
    finally:
        part.unlink(missing_ok=True)


def fresh_key() -> str:
    """A new key, in the format used by the environment and the file."""
    return base64.urlsafe_b64encode(secrets.token_bytes(LENGTH)).decode()


def _read(text: str, where: str, then: str) -> CodeKey:
    try:
        return CodeKey(base64.b64decode(text.strip().encode("ascii"), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        raise SettingsError(f"{where}: khóa của mã mời cần 32 byte viết bằng base64 (44 ký tự).{then}") from None
