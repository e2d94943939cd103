"""People without a picture, on pages that are written by the server."""

from causerie.web.answers.faces import initials


def test_initials_are_of_the_first_and_the_last_name_in_any_script():
    named = ["Pilar Ortega", "Anna Maria van Dijk", "Ida", "نور حداد", "  "]

    assert [initials(name) for name in named] == ["PO", "AD", "I", "نح", ""]
