"""One line of questions and hands, under a policy that everybody can read."""
