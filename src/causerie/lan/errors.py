"""What keeps this place from opening in the house."""

from causerie.errors import Conflict


class NoNetwork(Conflict):
    code = "lan.no_network"
    text = (
        "This machine has no address in a private network. Connect it, "
        "or name the addresses people reach it by in media.public_address."
    )


class AuthorityDamaged(Conflict):
    """`file`: the one that cannot be read."""

    code = "lan.authority_damaged"
    text = (
        "{file} is damaged. Put it back from a backup; or move it away: "
        "then a new authority is made, which every device has to accept."
    )


class AuthorityOver(Conflict):
    """`file`: the one that has run out; `day`: when."""

    code = "lan.authority_over"
    text = (
        "The authority in {file} ran out on {day}. Move the file away: "
        "then a new one is made, which every device has to accept."
    )


class ClockWrong(Conflict):
    """`now`: what the clock says."""

    code = "lan.clock_wrong"
    text = "The clock of this machine is wrong: it says {now}. Set it; browsers look at the days of certificates."


class NotWritable(Conflict):
    """`file`: what cannot be written or read; `why`: as the system says it."""

    code = "lan.not_writable"
    text = "{file} cannot be read or written: {why}."
