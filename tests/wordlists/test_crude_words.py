"""The lists of crude words on texts of our own: what they must catch, and what they must never be upset by."""

import time

import pytest

from policy428.disguise import DisguiseEntry, DisguiseMatcher
from policy428.lexicon import Lexicon
from policy428.resources import data_folder

LISTS = ("profanity", "obscenity", "slurs")


@pytest.fixture(scope="module")
def entries() -> dict[str, tuple[list[DisguiseEntry], tuple[str, ...]]]:
    lexicon = Lexicon([data_folder("wordlists")])
    return {
        name: (
            [DisguiseEntry(e.word, e.strength, e.inflections, e.innocent) for e in lexicon.get(name).entries],
            lexicon.get(name).innocent_words,
        )
        for name in LISTS
    }


@pytest.fixture(scope="module")
def matchers(entries: dict[str, tuple[list[DisguiseEntry], tuple[str, ...]]]) -> dict[str, DisguiseMatcher]:
    return {name: DisguiseMatcher(*parts) for name, parts in entries.items()}


def hits(matchers: dict[str, DisguiseMatcher], text: str) -> list[tuple[str, str]]:
    return [(name, hit.word) for name, matcher in matchers.items() for hit in matcher.find(text)]


@pytest.mark.parametrize(
    "written",
    """
    fuck FUCKING fuuuuck f*ck f**k f***ing f#@% fck fuk phuck fvck fukc f.u.c.k f-u-c-k f_u_c_k f🍟ck fu¢k fuсk ƒuck
    clusterfuck motherf*cker motherf***er mothafucka unfuckingbelievable fucknuts f—k f--k wtf W.T.F. stfu omfg lmfao
    shit sh1t $hit 5hit sh!t sh*t s**t s*** shiiit bullshit bullsh*t horseshit shitshow shitz dipshits
    bitch b1tch b!tch b*tch b**** biatch bitchin bitchez sumbitch asshole a**hole a$$hole @sshole a-hole jackass
    dumb-ass a$$ @ss azz a** smartass damn d@mn d*mn dammit goddamn goddammit daaaamn pissed p!ssed bastard
    b@stard douchebag
    pendejo cabrón cabron chingada pinche puta mierda coño faen helvete jævla scheiße arschloch merde connard kurwa
    putangina tangina сука блять 他妈的 🖕 🖕🏽 @#$%! 🐂💩 fkn mofo arse bollocks wanker kcuf
    """.split(),
)
def test_swearing_is_seen(matchers: dict[str, DisguiseMatcher], written: str) -> None:
    assert any(name == "profanity" for name, _ in hits(matchers, f"well {written} then"))


@pytest.mark.parametrize(
    "text",
    [
        "f u c k this schedule",
        "this is b u l l s h i t",
        "whiskey tango foxtrot, copier",
        "eff you and your memo",
        "what tf happened here",
        "#thisshitisold",
        "#WhatTheFuckToday",
        "son of a b**ch",
        "que hijo de puta",
        "vete a la verga",
        "đụ má cái máy in",
        "fy faen for en dag",
        "hooyadaa was",
        "Stop pissing me off",
        "Que puta mierda",
        "fukcing shti",
        "fils de pute",
        "tsov tom koj",
        "F\nU\nC\nK",
    ],
)
def test_swearing_in_sentences_is_seen(matchers: dict[str, DisguiseMatcher], text: str) -> None:
    assert any(name == "profanity" for name, _ in hits(matchers, text))


@pytest.mark.parametrize(
    "text",
    [
        "what a dick",
        "Dick move, ref",
        "don't be a d!ck",
        "that cunt again",
        "c*nt",
        "he is a pr1ck",
        "pu$$y",
        "a bunch of wh0res",
        "slutty outfit",
        "deez nuts lol",
        "8=====D",
        "he jerks off at work",
        "suck my balls",
        "turd of a memo",
        "love these hoes",
    ],
)
def test_obscenity_is_seen(matchers: dict[str, DisguiseMatcher], text: str) -> None:
    assert any(name == "obscenity" for name, _ in hits(matchers, text))


@pytest.mark.parametrize(
    "text",
    [
        "n1gger",
        "n***er",
        "my nigga",
        "what a retard",
        "so ret@rded",
        "r3tard",
        "f@ggot",
        "you fag",
        "a dyke like her",
        "tranny in the bathroom",
        "those sp1cs",
        "the chinks next door",
        "a gook family",
        "towelheads",
        "wetbacks everywhere",
        "that squaw",
        "drunk injuns",
        "kike banker",
        "he jewed me down",
        "got gypped again",
        "midget principal",
        "spaz",
        "maricón",
        "khaniis",
        "camel jockey",
    ],
)
def test_slurs_are_seen(matchers: dict[str, DisguiseMatcher], text: str) -> None:
    assert any(name == "slurs" for name, _ in hits(matchers, text))


@pytest.mark.parametrize(
    "text",
    [
        # names and places
        "Scunthorpe, Penistone, Essex and Middlesex",
        "Dick Larson coached with Uncle Dick and Tom Hancock.",
        "Dick was our neighbor. So was Mr. Dick.",
        "Emily Dickinson and Charles Dickens, read by Mrs. Dickson",
        "Dr. Kuntz, Nguyen Phuc, Pastor Fuchs, Ms. Dyck and Dick Van Dyke",
        "Coon Rapids won at Coon Creek",
        "Kike Hernández hit two out",
        "Lund, Gus, Randi, Bobo and Leche",
        "Matsushita, Harshita, Takeshita and Akshit",
        "Squaw Lake is being renamed",
        "a Cocker spaniel, a cockatoo, a shih tzu and a titmouse",
        # words that contain one
        "assess the class, pass the bass, assume, embarrass, grass, passion, assistant, associate",
        "shiitake and shitake mushrooms, cocktail hour, peacock, hitchcock, cockpit, cockroach",
        "circumstance, document, cucumber, scum, accumulate, Cumberland",
        "analysis of the canal, therapist, grapes, title, constitution, button, butter",
        "snigger, niggardly, niggling doubts",
        "retardant foam, fire retardant, flame retardants, a ritard in measure nine",
        "raccoon, cocoon, tycoon, cartoon, spoon, funk, de-funk, shirt, shift, ditch",
        "swank, twang, spicy, spice, despicable, suspicion, conspicuous",
        "prickly pear, shoe, hoedown, Tahoe, phoenix, whole, wholesale",
        "faggoted? no: fagot stitch for the embroidered hem",
        "homogeneous, homonym, homophone, homo sapiens",
        "dam, damp, damage, Amsterdam, Damian, Rotterdam",
        "bitumen, bit, ditch, Mitchell, stitch, witch",
        "mishit the ball; push it, wash it, fish it out",
        # contexts
        "Rooster for sale, a fine cock with four hens",
        "pussy willows are out along the creek",
        "Palm Sunday: the donkey, or ass, was a llama",
        "thou shalt not covet thy neighbor's ass, nor his ox",
        "Two-year-old coonhound, treed a coon last night",
        "a chink in the armor of their zone defense",
        "everything is spic and span",
        "hoe the beans, then weed the garden",
        "the bitch whelped six pups, AKC papers",
        "tit for tat",
        "magna cum laude",
        "prick the potatoes with a fork",
        "the transmission is out, anyone rebuild a tranny for a Chevy?",
        "the dyke broke and flooded the marsh",
        "midget hockey at the arena",
        "I'm queer and proud; the queer student alliance meets at 3",
        "Cripple Creek on the banjo",
        "fag er norsk og matte",
        "doo-wop quartet at the senior center",
        "honky-tonk piano on Saturday",
        "le train est parti plus tard que prévu",
        "slut is Swedish for the end",
        "a dog lick my face kind of day",
        "blow me away, what a concert",
        "the contract was laid out; we got laid off in May",
        # signs
        "W-E-M, I.S.D. 2143, Q&A, R&B, AT&T, A+ work, grade B**",
        "**Plan B** and **Room A** meet *today*",
        "$500, 50%, #1, 3-2, 5-4-3-2-1, 7:30 @ gym",
        "**** a four-star night **** !!! ??? ...",
        "call 555-0142 ext. 7 or e-mail",
        "h2o, co2, u12, b4, gr8, l8r, 3rd, 5k",
        "A B C D E F G, s t a r",
        "f(x) = a*b + c*d",
        "the vowels: a, e, i, o, u",
        # other tongues
        "Cunto macaan, waad mahadsan tahay",
        "cúm mùa, hoè, tít mít",
        "Kurs, fart og slutt: norske ord",
        "una puesta de sol, la computadora, disputa, reputación",
        "niaj hnub, quav? no: tsev kawm ntawv",
        "das dicke Buch, ein Fach, die Arche",
        "hell of a game, holy crap, lmao, freaking cold",
    ],
)
def test_honest_words_are_let_be(matchers: dict[str, DisguiseMatcher], text: str) -> None:
    assert hits(matchers, text) == []


def test_mild_and_strong_are_told_apart(matchers: dict[str, DisguiseMatcher]) -> None:
    strengths = {hit.word: hit.strength for hit in matchers["profanity"].find("damn, ass, fuck, shit, pissed")}
    assert strengths == {"damn": "mild", "ass": "mild", "fuck": "strong", "shit": "strong", "piss": "mild"}


@pytest.mark.parametrize("name", LISTS)
def test_no_entry_is_listed_twice(entries: dict[str, tuple[list[DisguiseEntry], tuple[str, ...]]], name: str) -> None:
    words = [word.lower() for entry in entries[name][0] for word in (entry.word, *entry.inflections)]
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_is_found_as_listed(
    entries: dict[str, tuple[list[DisguiseEntry], tuple[str, ...]]], name: str
) -> None:
    matcher = DisguiseMatcher([DisguiseEntry(e.word, e.strength, e.inflections) for e in entries[name][0]])
    for entry in entries[name][0]:
        for word in (entry.word, *entry.inflections):
            written = word.strip("*~") or word
            text = f"see {written} there"
            assert any(text[hit.start : hit.end] in (written, written.rstrip(".")) for hit in matcher.find(text)), word


def test_quick_enough_for_an_archive(entries: dict[str, tuple[list[DisguiseEntry], tuple[str, ...]]]) -> None:
    begun = time.perf_counter()
    matchers = [DisguiseMatcher(*parts) for parts in entries.values()]
    assert time.perf_counter() - begun < 0.3
    text = "The band plays at 7 p.m. in the new gym, and we can't wait to see Mrs. Olson's class (bring a dish). " * 3
    begun = time.perf_counter()
    for number in range(100):
        for matcher in matchers:
            matcher.find(text + str(number))
    assert (time.perf_counter() - begun) / 100 < 0.01
