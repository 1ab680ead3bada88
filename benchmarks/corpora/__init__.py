"""Folders of documents in every format, some of them broken, made from texts: for tests and measurements."""
