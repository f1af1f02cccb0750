"""What users of Python meet: the names of the package, what help says, and how its members show."""

import doctest
import inspect
import pickle
import pydoc
import traceback

import pytest

import walkaway_xl as wx

FUNCTIONS = [name for name in wx.__all__ if inspect.isfunction(getattr(wx, name))]
CLASSES = [name for name in wx.__all__ if inspect.isclass(getattr(wx, name))]
WIDTH = 110


def test_dir_shows_what_users_need_and_nothing_else():
    assert wx.__all__ == dir(wx)
    assert {"CATALOGUE", "walkaway_explain"} < set(dir(wx))
    assert [] == [name for name in dir(wx) if name.startswith("_")]


@pytest.mark.parametrize("name", [*FUNCTIONS, *CLASSES])
def test_everything_is_known_by_the_name_that_users_import(name):
    public = getattr(wx, name)

    assert f"walkaway_xl.{name}" == f"{public.__module__}.{public.__qualname__}"
    assert public is pickle.loads(pickle.dumps(public))


def test_a_traceback_names_the_error_as_users_catch_it():
    with pytest.raises(wx.InputError) as caught:
        wx.walkaway_gap(105, 100, "byer")

    (line,) = traceback.format_exception_only(caught.value)
    assert line.startswith("walkaway_xl.InputError: side must be ")


@pytest.mark.parametrize("name", FUNCTIONS)
class TestHelp:
    def test_the_call_is_short_and_the_page_whole(self, name):
        page = pydoc.plain(pydoc.render_doc(getattr(wx, name)))
        title, call, rest = page.split("\n", 3)[0], page.split("\n", 3)[2], page.split("\n", 3)[3]

        assert f"Python Library Documentation: function {name} in module walkaway_xl" == title
        assert call.startswith(f"{name}(")
        assert not any(word in call for word in ("Any", "numpy", "typing", "walkaway_xl"))
        assert all(f"    {section}\n" in rest for section in ("Parameters", "Returns", "Examples"))
        assert all(len(line) <= WIDTH for line in rest.split("\n"))


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name not in vars(wx)])
def test_the_examples_of_what_loads_on_demand_run(name):
    """Those of the others are collected with the package."""
    finder, runner = doctest.DocTestFinder(recurse=False), doctest.DocTestRunner()
    tried = [
        runner.run(test).attempted for test in finder.find(getattr(wx, name), globs={name: getattr(wx, name)})
    ]

    assert 0 < sum(tried)
    assert 0 == runner.summarize(verbose=False).failed


class TestSide:
    def test_a_candidate_shows_as_one_and_counts_as_a_seller(self):
        assert "<Side.CANDIDATE: 1>" == repr(wx.Side.CANDIDATE)
        assert ["SELLER", "BUYER", "CANDIDATE"] == [side.name for side in wx.Side]
        assert [1, -1, 1] == [1 * side for side in wx.Side]
        assert wx.Side.CANDIDATE is pickle.loads(pickle.dumps(wx.Side.CANDIDATE))
        assert wx.Side.CANDIDATE is wx.Side("candidate")

    @pytest.mark.parametrize("side", wx.Side)
    def test_a_member_answers_as_its_word(self, side):
        assert wx.walkaway_gap(105, 100, side.value) == wx.walkaway_gap(105, 100, side)
        assert [wx.walkaway_gap(105, 100, side)] == wx.walkaway_gap([105], 100, [side]).tolist()
