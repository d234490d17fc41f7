"""English inflections of a word: what `word~` in a phrase stands for.

Spelling rules only, for verbs and nouns together, so that `text~` gives texts, texted, texting and text's. Forms that
do not exist in English cost nothing, since nobody writes them.
"""

from __future__ import annotations

from functools import lru_cache

_VOWELS = "aeiou"

# Common irregular words, each line one word's forms.
_IRREGULAR_LINES = """
be am is are was were been being
have has had having
do does did done doing
go goes went gone going
say says said saying
get gets got gotten getting
make makes made making
know knows knew known knowing
take takes took taken taking
see sees saw seen seeing
come comes came coming
give gives gave given giving
find finds found finding
think thinks thought thinking
tell tells told telling
become becomes became becoming
leave leaves left leaving
feel feels felt feeling
bring brings brought bringing
begin begins began begun beginning
keep keeps kept keeping
hold holds held holding
write writes wrote written writing
stand stands stood standing
hear hears heard hearing
let lets letting
mean means meant meaning
meet meets met meeting
pay pays paid paying
sit sits sat sitting
speak speaks spoke spoken speaking
lead leads led leading
read reads reading
lose loses lost losing
fall falls fell fallen falling
send sends sent sending
build builds built building
catch catches caught catching
draw draws drew drawn drawing
choose chooses chose chosen choosing
wear wears wore worn wearing
fight fights fought fighting
throw throws threw thrown throwing
buy buys bought buying
drive drives drove driven driving
break breaks broke broken breaking
eat eats ate eaten eating
drink drinks drank drunk drinking
steal steals stole stolen stealing
beat beats beaten beating
bite bites bit bitten biting
blow blows blew blown blowing
burn burns burned burnt burning
cut cuts cutting
dig digs dug digging
forget forgets forgot forgotten forgetting
forgive forgives forgave forgiven forgiving
freeze freezes froze frozen freezing
hang hangs hung hanged hanging
hide hides hid hidden hiding
hit hits hitting
hurt hurts hurting
lie lies lied lay lain lying
put puts putting
quit quits quitting
ride rides rode ridden riding
ring rings rang rung ringing
run runs ran running
sell sells sold selling
shake shakes shook shaken shaking
shoot shoots shot shooting
shut shuts shutting
sing sings sang sung singing
sleep sleeps slept sleeping
smell smells smelled smelt smelling
spend spends spent spending
spit spits spat spitting
split splits splitting
stick sticks stuck sticking
sting stings stung stinging
strike strikes struck stricken striking
swear swears swore sworn swearing
swing swings swung swinging
teach teaches taught teaching
tear tears tore torn tearing
wake wakes woke woken waking
win wins won winning
kneel kneels knelt kneeled kneeling
bleed bleeds bled bleeding
slay slays slew slain slaying
grow grows grew grown growing
show shows showed shown showing
fly flies flew flown flying
sew sews sewed sewn sewing
child children child's children's
man men man's men's
woman women woman's women's
person people persons person's people's
kid kids kid's kids' kiddo kiddos
foot feet
tooth teeth
mouse mice
wife wives wife's
life lives
knife knives
thief thieves
"""
_IRREGULAR: dict[str, frozenset[str]] = {}
for _line in _IRREGULAR_LINES.split("\n"):
    if _line:
        _forms = _line.split()
        _IRREGULAR[_forms[0]] = frozenset(_forms)


@lru_cache(maxsize=20_000)
def inflect(word: str) -> frozenset[str]:
    """`word` in lower case and its inflected forms, the possessive included."""
    irregular = _IRREGULAR.get(word)
    if irregular is not None:
        return irregular | {f"{word}'s"}
    if len(word) < 2 or not word[-1].isalpha():
        return frozenset({word})
    return frozenset({word, f"{word}'s", *_plural(word), *_verbal(word)})


def _plural(word: str) -> set[str]:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return {word + "es"}
    if word.endswith("y") and word[-2] not in _VOWELS:
        return {word[:-1] + "ies"}
    if word.endswith("o"):
        return {word + "es", word + "s", word + "s'"}
    return {word + "s", word + "s'"}


def _verbal(word: str) -> set[str]:
    if word.endswith("ie"):
        return {word + "d", word[:-2] + "ying"}
    if word.endswith("ee"):
        return {word + "d", word + "ing"}
    if word.endswith("e"):
        return {word + "d", word[:-1] + "ing", word[:-1] + "in'"}
    if word.endswith("y") and word[-2] not in _VOWELS:
        return {word[:-1] + "ied", word + "ing"}
    forms = {word + "ed", word + "ing", word + "in'"}
    if _doubles(word):
        forms |= {word + word[-1] + "ed", word + word[-1] + "ing", word + word[-1] + "in'"}
    return forms


def _doubles(word: str) -> bool:
    """Whether the last letter may double: consonant, vowel, consonant (`snap` gives `snapped`)."""
    return len(word) >= 3 and word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS


def bases(word: str) -> set[str]:
    """Words of which `word`, perhaps without its apostrophe, may be an inflection; some of which it is none."""
    found = {word, *_BASES.get(word, ())}
    for ending, others in _ENDINGS:
        if word.endswith(ending):
            root = word[: -len(ending)]
            found.update(root + other for other in others)
            if ending in _DOUBLING and len(root) > 1 and root[-1] == root[-2]:
                found.add(root[:-1])
    return found


_DOUBLING = {"ed", "ing", "in", "in'"}
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("'s", ("",)),
    ("s'", ("",)),
    ("s", ("",)),
    ("es", ("",)),
    ("ies", ("y",)),
    ("d", ("",)),
    ("ed", ("",)),
    ("ied", ("y",)),
    ("ing", ("", "e")),
    ("in'", ("", "e")),
    ("in", ("", "e")),
    ("ying", ("ie",)),
)
_BASES: dict[str, set[str]] = {}
for _base, _every in _IRREGULAR.items():
    for _form in _every:
        _BASES.setdefault(_form, set()).add(_base)
        _BASES.setdefault(_form.replace("'", ""), set()).add(_base)
