"""The file behind a scan: SQLite, readable by its owner alone, made whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from policy428.errors import InputError, Place

APPLICATION = 0x70343238
"""`p428`: tells a scan's database from any other SQLite file."""
VERSION = 1
"""Of the tables below; a database of another version is refused, never guessed at."""

_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE runs (
    run INTEGER PRIMARY KEY, state TEXT NOT NULL, started TEXT NOT NULL, ended TEXT,
    version TEXT NOT NULL, rules TEXT NOT NULL, sources TEXT NOT NULL, options TEXT NOT NULL, judged INTEGER NOT NULL
);
CREATE TABLE verdicts (verdict INTEGER PRIMARY KEY, content BLOB NOT NULL UNIQUE);
CREATE TABLE findings (
    verdict INTEGER NOT NULL, number INTEGER NOT NULL, clause TEXT NOT NULL, severity TEXT NOT NULL,
    family TEXT NOT NULL, record TEXT NOT NULL, excerpt TEXT NOT NULL, quote TEXT NOT NULL, reasons TEXT NOT NULL,
    mark TEXT NOT NULL, PRIMARY KEY (verdict, number)
) WITHOUT ROWID;
CREATE TABLE posts (
    run INTEGER NOT NULL, place INTEGER NOT NULL, verdict INTEGER NOT NULL, id TEXT, platform TEXT, kind TEXT NOT NULL,
    path TEXT NOT NULL, line INTEGER, member TEXT, record INTEGER, field TEXT, permalink TEXT, time TEXT,
    PRIMARY KEY (run, place)
) WITHOUT ROWID;
CREATE TABLE errors (
    run INTEGER NOT NULL, place INTEGER NOT NULL, path TEXT, line INTEGER, spot INTEGER, message TEXT NOT NULL,
    hint TEXT, remark INTEGER NOT NULL, PRIMARY KEY (run, place)
) WITHOUT ROWID;
"""


def connect(path: Path | None, *, create: bool) -> sqlite3.Connection:
    """A connection to the scan database at `path`; without one, to a database that is gone when it is closed.

    Args:
        path: the file.
        create: the database is for writing, by this process alone, and made where it is missing.

    Raises:
        InputError: there is none, it cannot be opened, it is in use, or it is not of this kind and version.
    """
    if path is None:
        connection = sqlite3.connect("", isolation_level=None)
        _make(connection)
        return connection
    place = Place(str(path))
    try:
        if create:
            # Made with its mode, not given it afterwards: at no time may others open it.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        elif not path.is_file():
            raise InputError("there is no such scan database", place=place)
        connection = sqlite3.connect(path, isolation_level=None, timeout=2)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be opened: {getattr(error, 'strerror', None) or error}", place=place) from None
    except sqlite3.Error as error:
        raise InputError(f"cannot be opened: {error}", place=place) from None
    try:
        _check(connection, place, create=create)
        if create:
            # One writer at a time; the lock goes with the process, however it ends.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            # What is forgotten is gone from the file too.
            connection.execute("PRAGMA secure_delete = ON")
            if not _tables(connection):
                _make(connection)
            else:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("COMMIT")
    except sqlite3.Error as error:
        connection.close()
        raise _refusal(error, place) from None
    except InputError:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, place: Place, *, create: bool) -> None:
    """Refuses what is no scan database, and one of another version.

    Raises:
        InputError: it is not.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        if create and not _tables(connection) and version == 0:
            return
        raise InputError("not a scan database", place=place, hint="name another file with --out")
    if version != VERSION:
        message = f"a scan database of version {version}, and this program reads version {VERSION}"
        raise InputError(message, place=place, hint="scan again into a new file")


def _tables(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return int(count)


def _make(connection: sqlite3.Connection) -> None:
    connection.executescript(
        f"BEGIN EXCLUSIVE; {_TABLES} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
        "INSERT INTO facts VALUES ('key', randomblob(32)); COMMIT;"
    )


def _refusal(error: sqlite3.Error, place: Place) -> InputError:
    if "locked" in str(error) or "busy" in str(error):
        return InputError("in use by another scan", place=place, hint="wait for it to end")
    if "not a database" in str(error) or "malformed" in str(error):
        return InputError("not a scan database", place=place, hint="name another file with --out")
    return InputError(f"cannot be used: {error}", place=place)
