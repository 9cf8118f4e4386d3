"""The `.hsbaudit` file. Only here is SQL; `docs/file-format.md` describes what is written."""
