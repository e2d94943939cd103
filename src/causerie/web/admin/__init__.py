"""What those who run this place see and do over HTTP; nobody else gets an answer."""
