"""Files of Meta's exports that are understood and hold no posts: adverts, logins, likes, other people's words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policy428.exports.meta import ACTIVITY, root_of
from policy428.exports.meta.messages import conversations
from policy428.exports.tree import Member, Tree, suffix

_FOLDERS = re.compile(
    rf"(?:{ACTIVITY})?(?:ads_\w{{1,40}}|apps_and_websites\w{{0,60}}|connections|followers_and_following|friends"
    r"|friends_and_followers|logged_information|location|preferences|security_and_login\w{0,40}|search\w{0,40}|likes"
    r"|saved\w{0,60}|story_\w{1,40}|events|polls|pages|payments?\w{0,40}|marketplace|gaming|reviews|files|your_topics"
    r"|facebook_(?:accounts_center|assistant|editor|gaming|live|marketplace|news|payments|portal|watch)|your_places"
    r"|your_problem_reports|other_activity|other_logged_information|messages|monetization|shopping|avatars\w{0,20}"
    r"|personal_information|profile_information|device_information|login_\w{1,60}|recent_\w{1,60}|contacts|bug_reports"
    r"|information_about_you|voice_\w{1,40}|navigation\w{0,40}|spark_ar|fundraisers\w{0,40}|ai_\w{1,40}|dating|rooms"
    r"|notifications|cross-app_\w{1,40}|digital_wallets|subscriptions|guides|gifts|reports|media_settings|supervision"
    r"|website_settings|meta_\w{1,40}|edits|link_history|reels|your_interactions\w{0,40}|live_videos|fantasy_games)/.{1,400}",
    re.IGNORECASE,
)
_FILES = re.compile(
    r"(?:^|/)(?:no-data\.txt|start_here\.html|index\.html|readme\.txt|[^/]{0,80}(?:likes?|liked|reactions?|membership"
    r"|invites?|badges|contributions|tagged_in|used_for_memories|sharing_links|your_groups|saved|viewed|followers"
    r"|following|blocked|unfollowed|requests|memories)[^/]{0,80}\.(?:json|html))\Z",
    re.IGNORECASE,
)
_LIKELY = frozenset({".json", ".html", ".htm", ".txt", ".csv", ".js"})


def without_posts(tree: Tree, claimed: Iterable[Member], platform: str, *, messages: bool) -> list[Member]:
    """The members of the exports whose `claimed` members are read that are known to hold no posts.

    Conversations are among them, unless `messages` are read.
    """
    roots = {root_of(member) for member in claimed}
    read = {id(member) for member in conversations(tree, platform)} if messages else set()
    return [
        member
        for member in tree
        if suffix(member) in _LIKELY and id(member) not in read and any(_known(member.name, root) for root in roots)
    ]


def _known(name: str, root: str) -> bool:
    if not name.startswith(root):
        return False
    inner = name[len(root) :]
    if inner.endswith("personal_information.json"):
        return False
    return _FOLDERS.match(inner) is not None or _FILES.search(inner) is not None
