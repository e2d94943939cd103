"""What is refused to those who look at what was published."""

from causerie.errors import Missing, Refusal


class AnswerUnknown(Missing):
    code, text = "answer.unknown", "There is no answer at this address."


class FeedUnknown(Missing):
    code, text = "feed.unknown", "There is no podcast at this address."


class FormatUnknown(Refusal):
    code, text = "oembed.format", "This is told as JSON alone."
