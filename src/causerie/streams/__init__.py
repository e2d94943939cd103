"""Plain streams of a room's programme, for whatever plays sound from an address: MP3, AAC, Ogg Opus, and HLS."""
