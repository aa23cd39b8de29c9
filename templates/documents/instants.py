"""Fixing the time stamps of office files. The libraries that write them insert the current time, so that no two files
would have the same bytes.
"""

import datetime as dt
import io
import re
import zipfile

#: Where such a file contains its time of creation, and in which format.
_PARTICULARS = "docProps/core.xml"
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def as_of(content: bytes, at: dt.datetime) -> bytes:
    """The Word or Excel file with all its time stamps replaced by this moment: the same words give the same bytes."""
    moment, made = at.astimezone(dt.UTC), io.BytesIO()
    told = f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == _PARTICULARS:
                part = _MOMENT.sub(told, part)
            info = zipfile.ZipInfo(
                name, (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
            )
            after.writestr(info, part, zipfile.ZIP_DEFLATED)
    return made.getvalue()
