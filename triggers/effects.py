"""What trouble does to people, as they tick it: the words of each answer that is kept."""

FEELS = [
    ("afraid", "Afraid"),
    ("anxious", "Worried or on edge"),
    ("sleep", "Cannot sleep"),
    ("low", "Low or sad"),
    ("angry", "Angry"),
    ("alone", "Alone"),
    ("trapped", "Stuck at home, or afraid to go out"),
    ("ill", "Ill because of it"),
    ("move", "Want to move away"),
    ("not_say", "Would rather not say"),
]
VULNERABLE = [
    ("disability", "A disability"),
    ("health", "A long illness"),
    ("mental_health", "Mental health"),
    ("age", "Age: very young or old"),
    ("alone", "Living alone, with nobody near"),
    ("children", "Children at home"),
    ("pregnant", "Being pregnant"),
    ("carer", "Caring for someone"),
    ("abuse", "Abuse, now or in the past"),
    ("language", "Not speaking much English"),
]
HATE = [
    ("race", "Race or skin colour"),
    ("religion", "Religion or belief"),
    ("disability", "Disability"),
    ("orientation", "Being gay, lesbian or bisexual"),
    ("transgender", "Being transgender"),
    ("other", "Something else"),
]
