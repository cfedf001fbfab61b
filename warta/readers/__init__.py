"""Files in, raw documents or reasoned rejections out; a module for each format."""
