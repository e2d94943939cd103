"""What people are told: an inbox in the application, by mail, and by push. It only hears; nothing waits for it."""
