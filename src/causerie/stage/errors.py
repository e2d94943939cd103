"""What the stage refuses."""

from causerie.errors import Conflict, Missing


class StageFull(Conflict):
    code, text = "stage.full", "The stage is full. There is room again when somebody steps down."


class NotInvited(Conflict):
    code, text = "stage.not_invited", "This invitation is over."


class NotOnStage(Conflict):
    code, text = "stage.not_on_stage", "Only somebody on stage can do this."


class NotHere(Missing):
    code, text = "stage.not_here", "This person is not in the room."


class AlreadyOnStage(Conflict):
    code, text = "stage.already", "This person is on stage already."


class MuteIsKept(Conflict):
    code, text = "stage.mute_kept", "A host keeps your microphone shut. You can ask to speak again."


class StageHushed(Conflict):
    code, text = "stage.hushed", "The hosts asked for silence. You can speak again when they lift it."


class GuestsListen(Conflict):
    code, text = "stage.guests", "In this room guests do not come on stage. It takes an account, or a speaker link."


class NotBackstage(Conflict):
    code, text = "stage.not_backstage", "This person is not backstage."


class NoBackstage(Conflict):
    code, text = "stage.no_backstage", "This room has no backstage."
