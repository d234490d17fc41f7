"""A post in the fixed wording that the trained models read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from policy428.folding import fold
from policy428.meaning.facts import BETWEEN
from policy428.post import Post


@dataclass(frozen=True, slots=True)
class Rendered:
    """A post as models read it, folded: its text, and in one line what stands around it."""

    text: str
    context: str
    role: str

    def told(self, facts: str) -> Rendered:
        """The same with `facts` before what stands around it, for the encoder."""
        return replace(self, context=BETWEEN.join(part for part in (facts, self.context) if part))


def render(post: Post) -> Rendered:
    """`post` in the fixed wording the models were trained with; only fields that say something are written."""
    author = post.author
    parts = [] if post.role == "personal" else [f"{post.role} account"]
    if post.authorized:
        parts.append("authorized")
    if author.name:
        parts.append(f"name: {author.name}")
    if author.handle:
        parts.append(f"handle: {author.handle}")
    if author.email:
        parts.append(f"registered at: {author.email.rpartition('@')[2]}")
    if post.group:
        parts.append(f"group: {post.group}")
    parts.extend(f"{media.kind}: {media.alt or 'no description'}" for media in post.media)
    if author.bio:
        parts.append(f"bio: {author.bio}")
    return Rendered(fold(post.text).text, fold(BETWEEN.join(parts)).text, post.role)
