"""`.eml`, `.mbox`: a mail is an article, and so is each file attached to it whose format is read."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from functools import lru_cache, partial
from typing import TypeAlias

from warta.lang import alternatives, load
from warta.readers import fields, formats, html_text, markup, page_article
from warta.readers.archive import Found, Read, shown
from warta.readers.source import Damaged, Source, Unreadable, decode
from warta.records import RawDocument, Rejection

MAX_MAIL = 64 << 20
MAX_PARTS = 100
MAX_LOOKS = 4_000_000  # times a line is compared with a boundary
MAX_LEVELS = 5  # of mails in mails
MIN_PLAIN = 300  # characters of a plain text that is no notice beside the page of a mail
_NESTING = re.compile(rb"^content-type:\s{0,100}(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(rb"From \S{1,320} .{0,60}\d{4}\b")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_NO_ARTICLE = re.compile(r"(?:image|audio|video)/|text/(?:calendar|x?-?vcard)|application/(?:pgp|(?:x-)?pkcs7)")
_SOFT_END = re.compile(r"(?<=\S) \r?\n(?=\S)")  # RFC 3676: the line goes on
_LETTERS = re.compile(r"[^\W\d_]+")
_COMMENT = re.compile(r"\s*\([^()]{0,40}\)$")

Part: TypeAlias = "Message[str, str]"


def message(source: Source, read: Read) -> Found:
    yield from _of_bytes(source, source.binary(MAX_MAIL), read)


def mailbox(source: Source, read: Read) -> Found:
    for number, data in _messages(source):
        locator = f"message {number}"
        if data is None:
            detail = f"the message or a line of it is larger than {MAX_MAIL >> 20} MiB"
            yield source.reject("too_large", detail, locator=locator, data=b"")
        else:
            yield from _of_bytes(source, data, read, locator)


def _messages(source: Source) -> Iterator[tuple[int, bytes | None]]:
    """Numbered messages; None for one that is too large."""
    number, size, lines, after_blank = 0, 0, list[bytes](), True
    is_large = False
    try:
        for _, line in source.lines():
            if after_blank and line is not None and _FROM.match(line):
                if number:
                    yield number, None if is_large else _unquoted(lines)
                number, size, lines, is_large = number + 1, 0, [], False
            elif line is None or size + len(line) > MAX_MAIL:
                number, is_large, lines = number or 1, True, []
            elif number or line.strip():
                number, size = number or 1, size + len(line)
                lines.append(line)
            after_blank = line is not None and not line.strip()
    except Damaged as damage:
        raise Damaged(damage.reason, damage.detail, f"from message {number or 1}") from None
    if number:
        yield number, None if is_large else _unquoted(lines)


def _unquoted(lines: list[bytes]) -> bytes:
    return _QUOTED_FROM.sub(rb"\1", b"".join(lines))


def _of_bytes(source: Source, data: bytes, read: Read, locator: str = "") -> Found:
    stored = data if locator else None
    mail = source.attempt(lambda: _parsed(data), locator=locator, data=stored)
    if isinstance(mail, Rejection):
        yield mail
    else:
        yield from _documents(source, mail, stored, read, locator, 1)


def _parsed(data: bytes) -> Part:
    # The parser compares each line with the boundaries of all parts around it.
    levels = len(_NESTING.findall(data))
    if levels > MAX_PARTS:
        raise Unreadable("too_many", f"there are more than {MAX_PARTS} mails and groups of parts in it")
    lines = data.count(b"\n")
    if lines * (levels + 1) > MAX_LOOKS:
        raise Unreadable("too_many", f"it has {lines:,} lines in {levels} groups of parts")
    # Of the library's two parsers of headers the older one: the new one fails on what mails have in them.
    return message_from_bytes(data)


def _documents(source: Source, mail: Part, stored: bytes | None, read: Read, locator: str, level: int) -> Found:
    leaves = list(_leaves(mail))
    cut = leaves[-1] if leaves and _is_cut(mail) else None
    parts, further = leaves[:MAX_PARTS], leaves[MAX_PARTS:]
    body = [part for part in parts if not _is_attached(part)]
    attached = [part for part in parts if _is_attached(part) and not _NO_ARTICLE.match(_type(part))]
    if cut in body:
        yield source.reject("truncated", "the mail ends before its last part does", locator=locator, data=stored)
    else:
        found = source.attempt(lambda: _document(source, mail, body, stored, locator), locator=locator, data=stored)
        if not (attached and isinstance(found, Rejection) and found.reason == "no_text"):  # a letter around articles
            yield found
    for number, part in enumerate(attached, 1):
        yield from _attachment(source, part, read, f"{locator} attachment {number}".lstrip(), level, part is cut)
    if further:
        detail = f"the mail has {len(leaves):,} parts; the first {MAX_PARTS} were read"
        place = f"{locator} from part {MAX_PARTS + 1}".lstrip()
        yield source.reject("too_many", detail, locator=place, data=b"")


def _leaves(mail: Part) -> Iterator[Part]:
    """The parts that have no parts, and whole mails; the way there is not deeper than the parser itself could go."""
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        if part.is_multipart() and (part is mail or not _type(part).startswith("message/")):
            waiting.extend(reversed(part.get_payload()))  # type: ignore[arg-type]
        else:
            yield part


def _is_cut(mail: Part) -> bool:
    return any(isinstance(defect, CloseBoundaryNotFoundDefect) for part in mail.walk() for defect in part.defects)


def _is_attached(part: Part) -> bool:
    return bool(_name(part)) or not _type(part).startswith("text/") or _disposition(part) == "attachment"


def _attachment(source: Source, part: Part, read: Read, locator: str, level: int, is_cut: bool) -> Found:
    name, media_type = _name(part), _type(part)
    locator = f"{locator} {shown(name)}" if name else locator
    inner = source.within(name, formats.media_type(name))
    if inner.media_type == formats.UNKNOWN and media_type in formats.MEDIA_TYPES.values():
        inner = replace(inner, media_type=media_type)
    if is_cut:
        yield inner.reject("truncated", "the mail ends before this part does", locator=locator, data=b"")
    elif level >= MAX_LEVELS:
        yield inner.reject("too_deep", f"it lies more than {MAX_LEVELS} mails deep", locator=locator, data=b"")
    elif part.is_multipart():
        for mail in part.get_payload()[:MAX_PARTS]:  # type: ignore[index]
            yield from _documents(source, mail, _written(mail), read, locator, level + 1)  # type: ignore[arg-type]
    else:
        inner = replace(inner, content=partial(io.BytesIO, _payload(part)))
        for found in read(inner):
            yield replace(found, locator=f"{locator} {found.locator}".rstrip())


def _written(mail: Part) -> bytes:
    """Bytes that tell a mail in a mail from others."""
    texts = (_payload(part) for part in _leaves(mail))
    return b"\n".join([_header(mail, "subject").encode(), _header(mail, "date").encode(), *texts])


def _document(
    source: Source, mail: Part, body: list[Part], stored: bytes | None, locator: str
) -> RawDocument | Rejection:
    subject = _header(mail, "subject")
    title = _in_front().sub("", subject)
    marks = _LETTERS.findall(subject[: len(subject) - len(title)].casefold())
    is_forwarded = not set(marks).isdisjoint(load("id", "fields")["mail_subject"]["forward"])
    # Who forwards an article has neither written it nor published it on that day.
    author = "" if is_forwarded else parseaddr(_header(mail, "from"))[0]
    record = {
        "id": _header(mail, "message-id").strip("<> "),
        "title": title,
        "author": author,
        "published": None if is_forwarded else _COMMENT.sub("", _header(mail, "date")),
        "text": _text(body),
    }
    return fields.document(source, record, locator=locator, data=stored)


@lru_cache(maxsize=1)
def _in_front() -> re.Pattern[str]:
    words = load("id", "fields")["mail_subject"]
    return re.compile(rf"^(?:\s*(?:{alternatives(words['reply'] + words['forward'])})\s?:)+\s*", re.IGNORECASE)


def _text(body: list[Part]) -> str:
    """The plain text; that of the page beside it where the plain one is no more than a notice."""
    plain = "\n\n".join(map(_plain, (part for part in body if _type(part) != "text/html"))).strip()
    pages = [part for part in body if _type(part) == "text/html"]
    if pages and len(plain) < MIN_PLAIN:
        of_pages = "\n".join(_of_page(_payload(part), _charset(part)) for part in pages)
        return of_pages if len(of_pages) > len(plain) else plain
    return plain


def _plain(part: Part) -> str:
    text = decode(_payload(part), _charset(part))
    if text is None:
        raise Unreadable("bad_encoding", "the text is neither of the charset that the mail names nor UTF-8")
    if "\0" in text:
        raise Unreadable("binary_content", "there is a NUL byte in the text")
    return _SOFT_END.sub(" ", text) if part.get_param("format") == "flowed" else text


def _of_page(data: bytes, charset: str | None) -> str:
    """The article of a page, or all its text where most of that would be lost: most mails are no pages of articles."""
    if len(data) > markup.MAX_PAGE:
        raise Unreadable("too_large", f"the page is larger than {markup.MAX_PAGE >> 20} MiB")
    text = decode(data, charset)
    if text is None:
        raise Unreadable("bad_encoding", "the page is neither of the charset that the mail names nor UTF-8")
    whole = html_text.plain(text)
    try:
        article = str(page_article.read(*markup.parse(text.encode()))["text"])
    except Unreadable:
        return whole
    return article if len(article) * 2 > len(whole) else whole


# Headers and contents, whatever is in them


def _header(part: Part, name: str) -> str:
    """A header on one line, decoded; "" where there is none."""
    value = next((value for key, value in part.raw_items() if key.lower() == name), "")
    written = str(value)[: fields.MAX_OTHER * 4].encode("utf-8", "surrogateescape")
    text = decode(written) or written.decode("utf-8", "replace")
    return " ".join(_decoded(text).replace("\0", "").split())


def _decoded(text: str) -> str:
    """Encoded words (`=?utf-8?q?...`) as what they say."""
    try:
        pieces = decode_header(text)
    except (MessageError, ValueError):
        return text
    return "".join(decode(piece, charset) or "" if isinstance(piece, bytes) else piece for piece, charset in pieces)


def _type(part: Part) -> str:
    return part.get_content_type()


def _disposition(part: Part) -> str:
    return part.get_content_disposition() or ""


def _name(part: Part) -> str:
    return _decoded(part.get_filename() or "")


def _charset(part: Part) -> str | None:
    return part.get_content_charset()


def _payload(part: Part) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""
