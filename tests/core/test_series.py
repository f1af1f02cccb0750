"""A Series of pandas or polars in gives a Series out, and rows are never mixed up on the way."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from pandas.testing import assert_series_equal

import walkaway_xl as wx
from walkaway_xl.core._takes import BLOCK

COSTS = [68.0, 72.0, -1.0]
INDEX = ["a", "b", "c"]


def in_pandas(values, name="cost", index=INDEX, dtype=None):
    return pd.Series(values, index=index, name=name, dtype=dtype)


def refusal(question):
    with pytest.raises(wx.InputError) as caught:
        question()
    return str(caught.value)


class TestPandas:
    def test_an_answer_has_the_index_and_the_name(self):
        floors = wx.price_floor(in_pandas(COSTS), 0.2)

        assert_series_equal(in_pandas([85.0, 90.0, np.nan]), floors)
        assert "cost" == wx.reason_of(floors["c"]).subject

    def test_a_name_that_differs_is_no_name(self):
        margins = in_pandas([0.2, 0.1, 0.2], name="margin")

        assert wx.price_floor(in_pandas(COSTS), margins).name is None
        assert "cost" == wx.price_floor(in_pandas(COSTS), margins.rename("cost")).name

    def test_it_meets_lists_and_arrays_by_place(self):
        floors = wx.price_floor([68, 72, 80], in_pandas([0.2, 0.1, 0.2], name="margin"), np.zeros(3))

        assert_series_equal(in_pandas([85.0, 80.0, 100.0], name="margin"), floors)

    def test_words_and_gaps_in_them(self):
        sides = in_pandas(["seller", "buyer", None], dtype="category")
        statuses = wx.walkaway_check(in_pandas([105, 105, 105]), 100, sides)

        assert np.int16 == statuses.dtype
        assert [1, -1] == statuses.tolist()[:2]
        assert "side" == wx.reason_of(statuses["c"]).subject

    @pytest.mark.parametrize("dtype", ["Float64", "float64", "object"])
    def test_what_is_missing_is_not_given(self, dtype):
        limits = in_pandas([None, 70.0, None], dtype=dtype)

        assert [69.0, 69.0, 69.0] == wx.walkaway_price(69, "buyer", hard_limit=limits + 1).tolist()

    def test_a_flag_may_have_gaps(self):
        flags = in_pandas([True, None, False], dtype="boolean")

        assert [0.05, 5.0, 5.0] == wx.walkaway_gap(105, 100, "seller", flags).tolist()

    def test_other_rows_are_refused_and_not_aligned(self):
        turned = in_pandas([0.2, 0.1, 0.2], index=INDEX[::-1])

        assert (
            "min_margin must have the index of cost. Rows are taken by their place; align them before."
            == refusal(lambda: wx.price_floor(in_pandas(COSTS), turned))
        )
        assert refusal(lambda: wx.deal_blend(in_pandas([9.0, 8.0, 7.0]), turned, [0, 0, 0])).startswith(
            "quantities must have the index of list_prices."
        )

    def test_a_list_read_as_a_whole_has_rows_of_its_own(self):
        limits, names = pd.Series([0.1, 1.0], index=["x", "y"]), pd.Series(["Rep", "VP"], index=["x", "y"])
        signers = wx.deal_signer(in_pandas([0.05, 0.3, 0.1]), limits, names)

        assert_series_equal(in_pandas(["Rep", "VP", "Rep"], dtype=object), signers)

    def test_a_text_that_is_missing_has_its_reason(self):
        signers = wx.deal_signer(in_pandas([0.05, 5.0, 0.1]), [0.1, 1.0], ["Rep", "VP"])

        assert "value" == wx.reason_of(signers["b"]).subject

    def test_a_table_of_numbers_does_not_spread_it(self):
        square = np.full((3, 3), 0.2)

        assert "min_margin must have 3 rows, as cost has, or be one value. It has 3×3." == refusal(
            lambda: wx.price_floor(in_pandas(COSTS), square)
        )
        assert refusal(lambda: wx.price_floor(in_pandas([1.0], index=["a"]), [0.1, 0.2])).startswith(
            "min_margin must have 1 row"
        )

    def test_a_frame_is_a_block_of_numbers(self):
        block = wx.price_floor(pd.DataFrame({"x": [68.0], "y": [72.0]}), 0.2)

        assert isinstance(block, np.ndarray)
        assert [[85.0, 90.0]] == block.tolist()

    def test_rows_that_rank_each_other(self):
        order = wx.diligence_order(in_pandas([900, 100, 400]), in_pandas([0.1, 0.5, 0.2], name="chance"))

        assert_series_equal(in_pandas([3.0, 1.0, 2.0], name=None), order)

    def test_more_rows_than_a_block(self):
        costs = pd.Series(np.arange(BLOCK + 3.0), index=np.arange(BLOCK + 3) * 2)

        assert_series_equal(costs / 0.8, wx.price_floor(costs, 0.2))

    def test_no_rows_at_all(self):
        assert_series_equal(pd.Series([], dtype=float), wx.price_floor(pd.Series([], dtype=float), 0.2))


class TestPolars:
    def test_an_answer_has_the_name(self):
        floors = wx.price_floor(pl.Series("cost", COSTS), 0.2)

        assert "cost" == floors.name
        assert [85.0, 90.0] == floors.to_list()[:2]
        assert "cost" == wx.reason_of(floors[2]).subject

    def test_a_null_is_not_given(self):
        limits = pl.Series([None, 70, 60])

        assert [69.0, 69.0, 60.0] == wx.walkaway_price(69, "buyer", hard_limit=limits).to_list()

    def test_texts_and_truths_without_an_answer_are_null(self):
        shares = pl.Series("discount", [0.05, 0.3, 5.0, None])
        signers = wx.deal_signer(shares, [0.1, 1.0], ["Rep", "VP"])

        assert pl.String == signers.dtype
        assert ["Rep", "VP", None, None] == signers.to_list()
        assert [True, False, None] == wx.zopa(pl.Series([1.0, 3.0, np.inf]), 2, "exists").to_list()

    def test_no_two_libraries_in_one_call(self):
        assert "min_margin must be a Series of the same library as cost." == refusal(
            lambda: wx.price_floor(pl.Series(COSTS), in_pandas([0.2, 0.2, 0.2]))
        )

    def test_no_two_lengths(self):
        assert "min_margin must have 3 rows, as cost has. It has 2." == refusal(
            lambda: wx.price_floor(pl.Series(COSTS), pl.Series([0.2, 0.1]))
        )


class TestWords:
    def test_of_an_array_a_series_and_one_status(self):
        statuses = wx.walkaway_check(in_pandas([95, 100, 101], name="offer"), 100, "seller")
        expected = ["WALK AWAY", "TOO CLOSE", "ACCEPTABLE"]

        assert_series_equal(
            in_pandas(expected, name="offer", dtype=object), wx.words(statuses, wx.WalkawayStatus)
        )
        assert expected == wx.words(pl.Series(statuses.to_list()), wx.WalkawayStatus).to_list()
        assert [expected] == wx.words(statuses.to_numpy().reshape(1, 3), wx.WalkawayStatus).tolist()
        assert "GOOD NO-DEAL" == wx.words(wx.DealStatus.GOOD_NO_DEAL, wx.DealStatus)
        assert "SELF-BID" == wx.words(np.int16(-2), wx.ConcessionStatus)

    def test_where_there_is_no_status_the_reason_says_why(self):
        statuses = wx.discount_check([120, 0], 0.3, 68, 0.2)
        reason = "list_price must be above 0. Write what one unit lists at."

        assert ["BELOW FLOOR", reason] == wx.words(statuses, wx.DiscountStatus).tolist()
        assert reason == wx.words(wx.discount_check(0, 0.3, 68, 0.2), wx.DiscountStatus)
        codes = wx.discount_check([120, 0], 0.3, 68, 0.2, output="code")
        assert ["BELOW FLOOR", reason] == wx.words(codes, wx.DiscountStatus).tolist()

    @pytest.mark.parametrize(
        ("codes", "said"),
        [
            ([0, 7], "codes must be of FlagStatus: 0, 1, 2, 3; it is 7."),
            (0.5, "codes must be of FlagStatus: 0, 1, 2, 3; it is 0.5."),
            (-32_000, "codes must be of FlagStatus: 0, 1, 2, 3; it is −32,000."),
            (
                wx.DealStatus.BAD_DEAL,
                "codes must be of FlagStatus; <DealStatus.BAD_DEAL: -1> is of DealStatus.",
            ),
            (["RUN"], "codes must be a number; it is text."),
        ],
        ids=str,
    )
    def test_what_is_no_code_of_the_enumeration_is_refused(self, codes, said):
        assert said == refusal(lambda: wx.words(codes, wx.FlagStatus))
