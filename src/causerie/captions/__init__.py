"""What is said, typed along by a captioner and kept."""
