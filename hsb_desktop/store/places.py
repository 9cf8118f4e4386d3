"""Where a file lies: on this computer, a network drive, a stick, or in a folder that is synchronised."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePath


class PlaceKind(Enum):
    """A kind of place; the value of a folder that is synchronised is the name of the program that does it."""

    ONEDRIVE = "OneDrive"
    DROPBOX = "Dropbox"
    GOOGLE_DRIVE = "Google Drive"
    ICLOUD = "iCloud Drive"
    NEXTCLOUD = "Nextcloud"
    NETWORK = "network"
    REMOVABLE = "removable"
    LOCAL = "local"

    @property
    def is_synchronised(self) -> bool:
        """Whether another program carries the files to other computers."""
        return self not in (PlaceKind.NETWORK, PlaceKind.REMOVABLE, PlaceKind.LOCAL)


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of Linux's list of mounted file systems."""

    folder: PurePath
    kind: str
    device: str


_ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_FOLDERS: tuple[tuple[str, PlaceKind], ...] = (
    (r"onedrive( - .+)?", PlaceKind.ONEDRIVE),
    (r"onedrive-.+", PlaceKind.ONEDRIVE),  # macOS: Library/CloudStorage/OneDrive-Council
    (r"dropbox( \(.+\))?", PlaceKind.DROPBOX),
    (r"(google ?drive|my drive|googledrive-.+)", PlaceKind.GOOGLE_DRIVE),
    (r"(icloud ?drive|com~apple~clouddocs|mobile documents)", PlaceKind.ICLOUD),
    (r"(nextcloud|owncloud)\d?", PlaceKind.NEXTCLOUD),
)
_NETWORK_KINDS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "9p", "afs", "ceph", "davfs", "ncpfs", "afpfs", "webdav"}
    | {"fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.s3fs"}
)
_WINDOWS_DISK = re.compile(r"[A-Za-z]:\\?")
"""Linux inside Windows reaches the disks of the same computer as it would a network."""
_ESCAPED = re.compile(r"\\([0-7]{3})")


def place_of(path: Path) -> PlaceKind:
    """Return where a file lies, as this computer tells. Asks the disk: not on the window's thread."""
    real = path.resolve()
    mounts: tuple[Mount, ...] = ()
    with suppress(OSError):
        mounts = mounts_in(Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace"))
    known = synchronised_kind(real, os.environ, _dropbox_folders(Path.home(), os.environ))
    if known is not PlaceKind.LOCAL:
        return known
    if sys.platform == "win32":
        return _windows_kind(real)
    return mounted_kind(real, mounts, _removable_devices(Path("/sys/class/block")))


def synchronised_kind(
    path: PurePath, environment: Mapping[str, str], dropbox: Iterable[PurePath] = ()
) -> PlaceKind:
    """Return which program synchronises the folders above an absolute path, else LOCAL."""
    for variable in _ONEDRIVE_VARIABLES:
        folder = environment.get(variable, "")
        if folder and path.is_relative_to(folder):
            return PlaceKind.ONEDRIVE
    if any(path.is_relative_to(folder) for folder in dropbox):
        return PlaceKind.DROPBOX
    for part in reversed(path.parent.parts):
        for pattern, kind in _FOLDERS:
            if re.fullmatch(pattern, part, re.IGNORECASE):
                return kind
    return PlaceKind.LOCAL


def mounted_kind(path: PurePath, mounts: Iterable[Mount], removable: Iterable[str] = ()) -> PlaceKind:
    """Return NETWORK, REMOVABLE or LOCAL for an absolute path, given what is mounted where.

    `removable` holds the names of devices that can be pulled out, such as "sdb1".
    """
    above = [mount for mount in mounts if path.is_relative_to(mount.folder)]
    if above:
        # Of two that are mounted in one place, the later one is seen.
        mount = max(enumerate(above), key=lambda found: (len(found[1].folder.parts), found[0]))[1]
        if mount.kind in _NETWORK_KINDS and not _WINDOWS_DISK.fullmatch(mount.device):
            return PlaceKind.NETWORK
        if mount.device.startswith("/dev/") and PurePath(mount.device).name in set(removable):
            return PlaceKind.REMOVABLE
        # A folder named so on the computer's own disk is not a stick.
        return PlaceKind.REMOVABLE if _is_for_sticks(mount.folder) else PlaceKind.LOCAL
    if path.as_posix().startswith("//"):
        return PlaceKind.NETWORK
    is_volume = path.parts[1:2] == ("Volumes",) and len(path.parts) > 3
    return PlaceKind.REMOVABLE if is_volume else PlaceKind.LOCAL


def mounts_in(mountinfo: str) -> tuple[Mount, ...]:
    """Return what Linux's /proc/self/mountinfo lists; lines that cannot be understood are left out."""
    mounts = []
    for line in mountinfo.splitlines():
        about, _, source = line.partition(" - ")
        left, right = about.split(), source.split()
        if len(left) >= 5 and len(right) >= 2:
            mounts.append(Mount(PurePath(_unescaped(left[4])), right[0], _unescaped(right[1])))
    return tuple(mounts)


def _is_for_sticks(folder: PurePath) -> bool:
    parts = folder.parts[1:]
    return (parts[:1] == ("media",) and len(parts) > 1) or parts[:2] == ("run", "media")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), text)


def _removable_devices(blocks: Path) -> tuple[str, ...]:
    """Return the devices, and their partitions, that Linux says can be pulled out or hang on USB."""
    names: list[str] = []
    with suppress(OSError):
        for block in blocks.iterdir():
            with suppress(OSError):
                target = block.resolve()
                whole = target if (target / "removable").exists() else target.parent
                is_removable = (whole / "removable").read_text().strip() == "1"
                if is_removable or any(part.startswith("usb") for part in target.parts):
                    names.append(block.name)
    return tuple(names)


def _dropbox_folders(home: Path, environment: Mapping[str, str]) -> tuple[PurePath, ...]:
    """Return the folders that Dropbox itself says it synchronises."""
    places = [home / ".dropbox" / "info.json"]
    places += [
        Path(environment[name]) / "Dropbox" / "info.json"
        for name in ("APPDATA", "LOCALAPPDATA")
        if environment.get(name)
    ]
    folders: list[PurePath] = []
    for place in places:
        with suppress(OSError, ValueError, AttributeError, TypeError):
            accounts = json.loads(place.read_text(encoding="utf-8"))
            folders.extend(Path(account["path"]) for account in accounts.values() if "path" in account)
    return tuple(folder for folder in folders if folder.is_absolute())


if sys.platform == "win32":

    def _windows_kind(path: PurePath) -> PlaceKind:
        import ctypes

        removable, remote, disc = 2, 4, 5
        if path.drive.startswith("\\\\"):
            return PlaceKind.NETWORK
        kind = ctypes.windll.kernel32.GetDriveTypeW(path.anchor)
        return {
            removable: PlaceKind.REMOVABLE,
            disc: PlaceKind.REMOVABLE,
            remote: PlaceKind.NETWORK,
        }.get(kind, PlaceKind.LOCAL)
