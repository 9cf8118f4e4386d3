"""What is said of a document that is none is said in words for people, not in Python's."""

from __future__ import annotations

import pytest

from hsb_desktop.errors import InputRefused
from hsb_desktop.interchange.json_document import parse_json

BROKEN = {
    "another encoding": (b'{"format": "\xff"}', "a letter after 12 bytes is not written in it"),
    "cut off": (b'{"format":\n "hsbaudit"', "from line 2, character 12"),
    "a bare line end in a text": (b'{"format": "a\nb"}', "from line 1, character 14"),
    "an escape that is none": (b'{"format": "\\x"}', "from line 1, character 13"),
    "a number of 5,000 figures": (b'{"version": ' + b"9" * 5000 + b"}", "longer than any in an audit"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_document_is_described_in_plain_words(what: str) -> None:
    content, words = BROKEN[what]
    with pytest.raises(InputRefused) as refused:
        parse_json(content, "audit.json")
    assert words in str(refused.value)
    assert "nothing was changed" in str(refused.value).lower()
    for word in ("invalid", "codec", "Exceeds", "delimiter"):
        assert word not in str(refused.value)
