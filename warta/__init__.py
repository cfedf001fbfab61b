"""warta: Indonesian news articles in, records out. `annotate` and `read` are the front door."""

from warta.api import annotate, read
from warta.records import Article, Document, Rejection

__all__ = ["Article", "Document", "Rejection", "annotate", "read"]
