"""What is printed where nobody's terminal is: every fifth of the way, of each part of a step."""

from tools import console


def test_each_part_of_a_step_shows_its_own_fifths(capsys):
    progress = console.Progress()
    progress.show(1, 1, "base")
    for done in range(1, 11):
        progress.show(done, 10, "modules")
    assert capsys.readouterr().out.split("\n")[:-1] == [
        "    1/1 base",
        "    2/10 modules",
        "    4/10 modules",
        "    6/10 modules",
        "    8/10 modules",
        "    10/10 modules",
    ]
