"""The formats that are read, by the endings of names, and what to do with a file of another format."""

from __future__ import annotations

import re
from pathlib import PurePath

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP, TAR, PDF = "application/zip", "application/x-tar", "application/pdf"
MAIL, MAILBOX = "message/rfc822", "application/mbox"
UNKNOWN = "application/octet-stream"
MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".docx": DOCX,
    ".pdf": PDF,
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".shtml": "text/html",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".ndjson": "application/x-ndjson",
    ".jl": "application/x-ndjson",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".xlsx": XLSX,
    ".xlsm": XLSX,
    ".parquet": "application/vnd.apache.parquet",
    ".xml": "application/rss+xml",
    ".rss": "application/rss+xml",
    ".atom": "application/rss+xml",
    ".eml": MAIL,
    ".mbox": MAILBOX,
    ".warc": "application/warc",
    ".wet": "application/warc",
    ".zip": ZIP,
    ".tar": TAR,
    ".tgz": TAR,
}
LIST = f"warta reads {' '.join(MEDIA_TYPES)}; each also as .gz"

_OCR = "run OCR over it first (for example ocrmypdf), which gives a PDF with text"
_UNPACK = "unpack it, or pack it as .zip or .tar.gz"
_ADVICE = {
    "a Word document of another form": ("save it as .docx", ".doc .docm .dot .dotx .wps"),
    "a text document": ("save it as .docx", ".odt .rtf .pages .wpd .fodt .ott"),
    "a table of another form": ("save it as .xlsx or .csv", ".xls .xlsb .ods .numbers .fods"),
    "a presentation": ("save its text as .docx or .pdf", ".ppt .pptx .odp .key"),
    "a book": ("convert it to .html or .pdf", ".epub .mobi .azw3 .djvu"),
    "a picture": (_OCR, ".jpg .jpeg .png .gif .webp .tif .tiff .bmp .heic .svg"),
    "sound or film": (
        "write down what is said and save it as .txt",
        ".mp3 .m4a .wav .ogg .opus .mp4 .mov .avi .mkv .webm",
    ),
    "an archive of another form": (_UNPACK, ".rar .7z .bz2 .tbz .xz .txz .zst .lz4 .cab"),
    "a mail of Outlook": ("save it as .eml, a folder of mail as .mbox", ".msg .pst .ost"),
    "a saved page of another form": ("save it as .html", ".mht .mhtml .webarchive .maff"),
    "a database": ("export its table of articles as .csv or .jsonl", ".db .sqlite .sqlite3 .mdb .accdb .dbf .sql"),
    "a table of a program": ("save it as .csv, .jsonl or .parquet", ".feather .arrow .pkl .pickle .npy .rds .sav"),
}
_BY_ENDING = {ending: (what, todo) for what, (todo, endings) in _ADVICE.items() for ending in endings.split()}
# The first bytes of formats that are not read, whatever the name says.
_FOREIGN = [
    (re.compile(start, re.DOTALL), ending)
    for start, ending in (
        (rb"\{\\rtf", ".rtf"),
        (rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|RIFF....WEBP|II\*\0|MM\0\*", ".jpg"),
        (rb"ID3[\2-\4]|OggS\0|RIFF....(?:WAVE|AVI )|....ftyp|\x1aE\xdf\xa3", ".mp4"),
        (rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|BZh\d1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd", ".rar"),
        (rb"SQLite format 3\0", ".sqlite"),
    )
]
_OLE = re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # Office before 2007, and documents with a password


def media_type(name: str) -> str:
    """What a file's name says; UNKNOWN for a name that says nothing we read."""
    return MEDIA_TYPES.get(PurePath(name.lower().removesuffix(".gz")).suffix, UNKNOWN)


def is_foreign(head: bytes) -> bool:
    """Whether the content begins as one of a format that is not read."""
    return bool(_OLE.match(head)) or any(start.match(head) for start, _ in _FOREIGN)


def advice(name: str, head: bytes) -> str:
    """What the file is, of a format that is not read, and what to do instead: one line."""
    ending = PurePath(name.lower()).suffix
    if _OLE.match(head) and _BY_ENDING.get(ending, ("",))[0] != "a mail of Outlook":
        return "an old Office file, or one with a password: save it as .docx or .xlsx without a password"
    ending = next((known for start, known in _FOREIGN if start.match(head)), ending)
    if found := _BY_ENDING.get(ending):
        return ": ".join(found)
    return "neither the name nor the content is of a format that warta reads"
