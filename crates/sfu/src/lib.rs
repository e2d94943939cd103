//! Which packet goes to whom: the media core without socket, clock or thread.
