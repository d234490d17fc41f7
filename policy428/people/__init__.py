"""People in a post: those it names, and those it singles out without a name."""

from policy428.people.finding import find_people
from policy428.people.person import KINDS, ROLES, Kind, Person, Role

__all__ = ["KINDS", "ROLES", "Kind", "Person", "Role", "find_people"]
