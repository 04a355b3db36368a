# What a listing should be like now, as far as anybody can say. Filled by marketplace_listing_values
# and the price guard, read by the product lane.
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass
class Today:
    """What a listing should be like now.

    :param values: {name: value}; a name that is absent has nothing to say
    :param held: the code of what keeps its price or stock back, if anything
    :param withheld: the names of what is kept back: a listing is not introduced without them
    :param held_price: the price that is kept back until somebody decides about it
    """

    values: dict = field(default_factory=dict)
    held: str = ""
    withheld: set = field(default_factory=set)
    held_price: Decimal | None = None

    def hold(self, name, code):
        self.held = code
        self.withheld.add(name)

    def hold_price(self, code):
        self.hold("price", code)
        self.held_price = self.values.pop("price")
