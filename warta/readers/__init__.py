"""Files in, raw documents or reasoned rejections out; a module for each format."""

from warta.readers.files import read

__all__ = ["read"]
