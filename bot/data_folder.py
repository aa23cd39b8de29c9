"""The data folder: nobody else of the machine reads it. In it, unless the environment names one, the key of invitation codes."""

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

#: Only the owner.
FOLDER, FILE = 0o700, 0o600
#: What of a mode others have.
_OTHERS = 0o077


def close_to_others(settings: HouseSettings) -> None:
    """Make the data folder, and the file of the database, such that only their owner reads them; also when they are there already.
    A folder that is everybody's (`/tmp`) or belongs to somebody else stays as it is.
    """
    settings.data_dir.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    file = file_at(settings.database)
    if file is not None and not file.exists() and file.parent.is_dir():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, FILE))  # its log gets the mode of the file
    for path in (settings.data_dir, *_files(settings)):
        _narrow(path)


def _files(settings: HouseSettings) -> Iterator[Path]:
    """The database with its log, and whatever lies in the data folder itself: the key, backups, older databases."""
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
    """Where the files lie that are handed in for dossiers."""
    return KeptFiles(settings.data_dir / "enclosures")


def key_file(settings: HouseSettings) -> Path:
    """Where the key stands that the environment does not name."""
    return settings.data_dir / "tusoi.key"


def code_key(settings: HouseSettings) -> CodeKey:
    """The key of invitation codes: of the environment, else of the file, which is made at the first start. Raises SettingsError."""
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
    """Whole or not at all; of two that start at once the quicker one's stays."""
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
    """A key as the environment or the file names it."""
    return base64.urlsafe_b64encode(secrets.token_bytes(LENGTH)).decode()


def _read(text: str, where: str, then: str) -> CodeKey:
    try:
        return CodeKey(base64.b64decode(text.strip().encode("ascii"), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        raise SettingsError(f"{where}: khóa của mã mời cần 32 byte viết bằng base64 (44 ký tự).{then}") from None
