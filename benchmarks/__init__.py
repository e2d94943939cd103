"""How fast and how small causerie is: harnesses, and dated results beside them."""
