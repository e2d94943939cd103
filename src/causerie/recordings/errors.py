"""What is refused about recordings."""

from causerie.errors import Conflict, Forbidden


class RecordingOff(Conflict):
    code, text = "recording.off", "This room is not recorded."


class NotRecording(Conflict):
    code, text = "recording.not_on", "Nothing is being recorded just now."


class StopFirst(Conflict):
    code, text = "recording.stop_first", "Stop the recording first. It goes by the rule it began with."


class NotAsked(Conflict):
    code, text = "recording.not_asked", "Nobody asks you about a recording just now."


class YesNeeded(Forbidden):
    code, text = "recording.yes_needed", "Who speaks here agrees to be recorded. A question can be read out instead."


class NeverRecorded(Forbidden):
    code, text = "recording.never", "Your part is never recorded."


class WordsChanged(Conflict):
    code, text = "recording.words", "What you were shown is not what it says today. Read it again."
