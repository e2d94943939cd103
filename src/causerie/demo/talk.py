"""Who talks in the demo room, and what its audience wants to know."""

ROOM = "demo"
TITLE = "Can a river have rights?"
DESCRIPTION = (
    "Aurélie Sandoz talks with Karim Tafrout, who farms beside the Loire, and Tomasz Wilk, who teaches law. "
    "A demo: its voices come from files and its people are bots. Ask something, raise a hand, come on stage."
)
COVER = "/art/c-river.svg"

# Name, portrait, voice; the first is the host.
STAGE = [
    ("Aurélie Sandoz", "/art/p-aurelie.svg", "aurelie.opus"),
    ("Karim Tafrout", "/art/p-karim.svg", "karim.opus"),
    ("Tomasz Wilk", "/art/p-tomasz.svg", "tomasz.opus"),
]

AUDIENCE = [
    "Nour Haddad",
    "Samuel Okafor",
    "Céleste Aubry",
    "Ida Brandt",
    "Fiona MacRae",
    "Otto Brandner",
    "Greta Lindqvist",
    "Marek Tesar",
]

QUESTIONS = [
    "Who speaks for the river when the town and the farmers both say they do?",
    "If a river can sue, can it also be sued when it floods a village?",
    "Le Whanganui en Nouvelle-Zélande a un visage humain devant la loi. Qui seraient les visages de la Loire ?",
    "What does a sturgeon need that a lawyer would never think of?",
    "Kann ein Grundbuch einen Fluss überhaupt fassen, der sein Bett verlegt?",
    "We moved here because of the water. Do newcomers get a voice in this?",
    "Has a court ever listened to the guardians of a river?",
    "What would you plant on a meadow that the river has taken?",
]
