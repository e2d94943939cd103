"""What pages are told when the server is stopped on purpose: when to come back, each at a moment of its own."""

RESTARTS = 1012
# Hardly a stop and a start together take less; whoever is away for five seconds is found by the third try.
SOONEST_MS, ROUND_MS = 2_000, 1_500
# So many are let into a round; where there are more, it lasts longer.
COMERS_A_ROUND = 3_000


def come_back(people: int, chance: float) -> str:
    """`restart 2750 1500`: come in 2,750 ms, and while nobody answers again each 1,500 ms.

    `chance`, from 0 to 1, is where in the round one comes. So whenever the server is ready, everybody is in within one.
    """
    lasts = max(ROUND_MS, ROUND_MS * people // COMERS_A_ROUND)
    return f"restart {SOONEST_MS + int(chance * lasts)} {lasts}"
