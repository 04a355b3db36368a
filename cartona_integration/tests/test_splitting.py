# Sums of money as lines: whatever the numbers, the lines are the sum.
import random
from decimal import Decimal

from odoo.tests import TransactionCase, tagged

from ..utils.prices import round_price
from ..utils.splitting import lay_out, share_out

PIASTRE = Decimal("0.01")


def d(*numbers):
    return [Decimal(str(number)) for number in numbers]


@tagged("post_install", "-at_install")
class TestSplitting(TransactionCase):
    def test_a_price_for_each_piece_is_one_line(self):
        for total, quantity, price in (
            # 114 / 12; 192.50 / 7; 10 / 0.3 is 33.333…, and 0.3 × 33.33 = 9.999 is 10.00
            (114, 12, 9.5),
            (192.5, 7, 27.5),
            (10, 0.3, 33.33),
            (0, 4, 0),
        ):
            lines = lay_out(*d(total, quantity), PIASTRE, PIASTRE)
            self.assertEqual(lines, [tuple(d(quantity, price))])

    def test_no_price_for_each_piece_makes_two_lines(self):
        for total, quantity, lines in (
            # 1.42 + 6 × 1.43 = 1.42 + 8.58
            (10, 7, [(1, 1.42), (6, 1.43)]),
            # 2 × 33.33 + 33.34
            (100, 3, [(2, 33.33), (1, 33.34)]),
            # 16 × 9.58 + 8 × 9.59 = 153.28 + 76.72
            (230, 24, [(16, 9.58), (8, 9.59)]),
            # 1.5 × 4.00 + 4.01
            (10.01, 2.5, [(1.5, 4), (1, 4.01)]),
            # less than a piastre for each
            (0.03, 5, [(2, 0), (3, 0.01)]),
        ):
            with self.subTest(total=total, quantity=quantity):
                expected = [tuple(d(*line)) for line in lines]
                self.assertEqual(lay_out(*d(total, quantity), PIASTRE, PIASTRE), expected)

    def test_the_price_that_was_told_is_kept_where_it_makes_the_sum(self):
        for price_step in (PIASTRE, None):
            # 0.25 × 90.90 = 22.725
            lines = lay_out(*d(22.73, 0.25), price_step, PIASTRE, told=Decimal("90.90"))
            self.assertEqual(lines, [tuple(d(0.25, 90.9))])
        for total, quantity, told, lines in (
            # 7 × 1.42 = 9.94
            (10, 7, 1.42, [(1, 1.42), (6, 1.43)]),
            # 2 × 7.505 = 15.01, but no price has three digits
            (15.01, 2, 7.505, [(1, 7.5), (1, 7.51)]),
        ):
            told = Decimal(str(told))
            found = lay_out(*d(total, quantity), PIASTRE, PIASTRE, told=told)
            self.assertEqual(found, [tuple(d(*line)) for line in lines])

    def test_where_every_price_can_be_kept_there_is_one_line(self):
        [(quantity, price)] = lay_out(*d(10, 7), None, PIASTRE)
        self.assertEqual((quantity, float(price)), (7, 10 / 7))

    def test_whatever_the_numbers_the_lines_are_the_sum(self):
        numbers = random.Random(17)
        for _number in range(4000):
            step = Decimal(numbers.choice(["1", "0.01", "0.001", "0.5"]))
            price_step = Decimal(numbers.choice(["0.01", "0.001", "0.0001"]))
            quantity = numbers.randint(1, 2000) * step
            total = Decimal(numbers.randint(0, numbers.choice([20, 2000, 2_000_000]))) / 100
            lines = lay_out(total, quantity, price_step, PIASTRE)
            with self.subTest(total=total, quantity=quantity, price_step=price_step):
                sums = [round_price(many * price, PIASTRE) for many, price in lines]
                self.assertEqual(
                    (sum(sums), sum(many for many, _price in lines)), (total, quantity)
                )
                self.assertTrue(all(many > 0 and not many % step for many, _price in lines))
                self.assertTrue(all(price >= 0 for _many, price in lines))

    def test_shares_follow_what_the_parts_are_worth(self):
        for total, parts, shares in (
            # 200 × 94.50 / 254.50 = 74.263…, for each of three 24.75; the rest goes to the other
            (200, [(160, 2), (94.5, 3)], [125.75, 74.25]),
            (200, [(94.5, 3), (160, 2)], [74.25, 125.75]),
            # nobody knows what they are worth: by their number
            (100, [(0, 1), (0, 3)], [25, 75]),
            # the dear one would be left with 0.01 − 0.01: it ends where its share does
            (0.01, [(6, 1), (5, 1)], [0.01, 0]),
            (7, [(5, 2)], [7]),
        ):
            with self.subTest(total=total, parts=parts):
                found = share_out(Decimal(str(total)), [d(*one) for one in parts], PIASTRE, PIASTRE)
                self.assertEqual(found, d(*shares))

    def test_whatever_the_parts_the_shares_are_the_sum(self):
        numbers = random.Random(19)
        for _number in range(2000):
            parts = [
                (Decimal(numbers.choice([0, numbers.randint(0, 99999)])) / 100, quantity)
                for quantity in d(*numbers.choices(range(1, 60), k=numbers.randint(1, 6)))
            ]
            total = Decimal(numbers.randint(0, numbers.choice([6, 100, 99999]))) / 100
            for price_step in (PIASTRE, None):
                shares = share_out(total, parts, price_step, PIASTRE)
                with self.subTest(total=total, parts=parts):
                    self.assertEqual(sum(shares), total)
                    self.assertTrue(all(share >= 0 for share in shares))
