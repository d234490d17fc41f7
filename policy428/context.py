"""What a document is read with: the District's profile, rosters, permits, word lists, language model and the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy428.language import LanguageModel
    from policy428.lexicon import Lexicon
    from policy428.meaning import Ears
    from policy428.permits import Permits
    from policy428.profile import Profile
    from policy428.rosters import Rosters


@dataclass(frozen=True, slots=True)
class Context:
    """Everything outside the post that its layers need; one for a whole run, shared and never changed.

    `not_people` are names that the configuration says are nobody's, `people_roles` the roles it gives; both lower case.
    """

    profile: Profile
    rosters: Rosters
    permits: Permits
    lexicon: Lexicon
    language: LanguageModel
    ears: Ears
    today: date
    not_people: frozenset[str] = frozenset()
    people_roles: Mapping[str, str] = field(default_factory=dict)
