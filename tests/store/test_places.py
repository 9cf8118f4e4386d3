"""Where a file lies is told from its path, the environment and what is mounted."""

from __future__ import annotations

import json
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from hsb_desktop.store.places import PlaceKind, mounted_kind, mounts_in, place_of, synchronised_kind

MOUNTINFO = r"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
30 22 0:31 / /mnt/council rw - cifs //server/share rw
31 22 0:32 / /mnt/with\040space rw - nfs4 server:/export rw
32 22 0:33 / /srv/ann/cloud rw,nosuid - fuse.rclone drive: rw
33 22 8:17 / /media/ann/STICK rw - vfat /dev/sdb1 rw
34 22 8:33 / /stick rw - exfat /dev/sdc1 rw
35 22 0:40 / /mnt/c rw - 9p C:\134 rw
36 22 0:41 / /mnt/vm rw - 9p hostshare rw
37 22 0:42 / /run/media/ann/OTHER rw - fuseblk /dev/sdd1 rw
nonsense
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/ann/a.hsbaudit", PlaceKind.LOCAL),
        ("/mnt/council/x/a.hsbaudit", PlaceKind.NETWORK),
        ("/mnt/with space/a.hsbaudit", PlaceKind.NETWORK),
        ("/srv/ann/cloud/a.hsbaudit", PlaceKind.NETWORK),
        ("/media/ann/STICK/a.hsbaudit", PlaceKind.REMOVABLE),
        ("/run/media/ann/OTHER/a.hsbaudit", PlaceKind.REMOVABLE),
        ("/stick/a.hsbaudit", PlaceKind.REMOVABLE),
        ("/media/not-mounted/a.hsbaudit", PlaceKind.LOCAL),
        ("/mnt/c/a.hsbaudit", PlaceKind.LOCAL),
        ("/mnt/vm/a.hsbaudit", PlaceKind.NETWORK),
    ],
)
def test_what_is_mounted_tells_network_and_stick(path: str, kind: PlaceKind) -> None:
    assert mounted_kind(PurePosixPath(path), mounts_in(MOUNTINFO), ("sdc1",)) is kind


def test_without_a_list_of_mounts_the_path_tells() -> None:
    assert mounted_kind(PurePosixPath("/Volumes/STICK/a.hsbaudit"), ()) is PlaceKind.REMOVABLE
    assert mounted_kind(PurePosixPath("/srv/ann/a.hsbaudit"), ()) is PlaceKind.LOCAL
    assert mounted_kind(PureWindowsPath(r"\\server\share\a.hsbaudit"), ()) is PlaceKind.NETWORK


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (r"C:\Council\OneDrive - Invented Council\a.hsbaudit", PlaceKind.ONEDRIVE),
        (r"C:\Council\OneDrive\Documents\a.hsbaudit", PlaceKind.ONEDRIVE),
        (r"C:\Council\Dropbox (Council)\a.hsbaudit", PlaceKind.DROPBOX),
        (r"G:\My Drive\a.hsbaudit", PlaceKind.GOOGLE_DRIVE),
        (r"C:\Council\Nextcloud2\a.hsbaudit", PlaceKind.NEXTCLOUD),
        (r"C:\Council\iCloudDrive\a.hsbaudit", PlaceKind.ICLOUD),
        (r"C:\Council\Documents\OneDrive.hsbaudit", PlaceKind.LOCAL),
        (r"C:\Council\Dropboxes of the past\a.hsbaudit", PlaceKind.LOCAL),
        (r"D:\Synced\a.hsbaudit", PlaceKind.ONEDRIVE),
    ],
)
def test_folders_of_programs_that_synchronise_are_known_on_windows(path: str, kind: PlaceKind) -> None:
    assert synchronised_kind(PureWindowsPath(path), {"OneDriveCommercial": r"D:\Synced"}) is kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/ann/Library/CloudStorage/OneDrive-Council/a.hsbaudit", PlaceKind.ONEDRIVE),
        ("/srv/ann/Library/CloudStorage/GoogleDrive-ann@x.org/a.hsbaudit", PlaceKind.GOOGLE_DRIVE),
        ("/srv/ann/Library/Mobile Documents/com~apple~CloudDocs/a.hsbaudit", PlaceKind.ICLOUD),
        ("/srv/ann/ownCloud/a.hsbaudit", PlaceKind.NEXTCLOUD),
        ("/srv/box/a.hsbaudit", PlaceKind.DROPBOX),
        ("/srv/ann/a.hsbaudit", PlaceKind.LOCAL),
    ],
)
def test_folders_of_programs_that_synchronise_are_known_elsewhere(path: str, kind: PlaceKind) -> None:
    assert synchronised_kind(PurePosixPath(path), {"OneDrive": ""}, (PurePosixPath("/srv/box"),)) is kind


def test_dropbox_is_asked_where_its_folder_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "wherever"
    folder.mkdir()
    info = tmp_path / "home" / ".dropbox" / "info.json"
    info.parent.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    for words in (json.dumps({"business": {"path": str(folder)}}), "not json", '["a list"]'):
        info.write_text(words)
        is_known = words.startswith("{")
        assert (place_of(folder / "a.hsbaudit") is PlaceKind.DROPBOX) == is_known
    assert not any(part == "Dropbox" for part in PurePath(folder).parts)
