"""Who may speak: seats, hands, invitations. Two keys open a microphone, and nobody holds both."""
