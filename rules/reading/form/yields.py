"""The notation in form files for yields: which facts a question gives to the rules.

```yaml
yields: {months_worked: value}                      # the answer itself
yields: {general_criteria: worst}                   # the worst over all questions that yield the fact
yields: {general_points: sum}                       # the sum over all questions that yield the fact
yields: {tasks_on_time: {when: {value: {at_most: 0}}}}   # whether the answer passes the test
yields: {month_scores: list}                        # a list of the answers of all questions that yield the fact
yields:
  tasks_on_time: {all: on_time}                     # true when the field is true in each item; also `any`
  tasks_efficiency: {worst: efficiency}             # the worst of the field over the items
  month_scores: {list: score}                       # the field of every item
  tasks_exceeded_pct: {share: {exceeded: true}}     # percentage of the items that match
  subunits_good_pct: {share: [{rating: good}, {rating: excellent}], when_empty: 100}
```
"""

from typing import Annotated

from pydantic import PlainValidator

from rules.forms.form import OptionValue, Yield
from rules.nouns.conditions import When
from rules.reading.border import refuse
from rules.reading.conditions import read_when

#: The ways to compute a fact from an answer; `OF_ITEMS`: from a field of the items of a list.
OF_ANSWER = ("value", "worst", "sum", "list")
WHEN = "when"
OF_ITEMS = ("all", "any", "worst", "share", "list", "sum")


def read_yields(data: object) -> tuple[Yield, ...]:
    """The yields described by a mapping in the file. Raises an error of pydantic with one of our names (`refuse`)."""
    if not isinstance(data, dict) or not data:
        raise refuse("yields", example="{months_worked: value}")
    return tuple(_yield(str(fact), how) for fact, how in data.items())


#: The type of a field for yields in a border model.
YieldsField = Annotated[tuple[Yield, ...], PlainValidator(read_yields)]


def _yield(fact: str, how: object) -> Yield:
    if isinstance(how, dict) and set(how) == {WHEN}:
        return Yield(fact, WHEN, where=(read_when(how[WHEN]),))
    if isinstance(how, dict):
        return _of_items(fact, how)
    if how in OF_ANSWER:
        return Yield(fact, str(how))
    raise refuse("one_of", expected=", ".join(OF_ANSWER))


def _of_items(fact: str, how: dict[str, object]) -> Yield:
    words = [word for word in how if word != "when_empty"]
    if len(words) != 1 or words[0] not in OF_ITEMS:
        raise refuse("one_of", expected=", ".join(OF_ITEMS))
    word, when_empty = words[0], _empty(how.get("when_empty"))
    if word == "share":
        return Yield(fact, word, where=_alternatives(how[word]), when_empty=when_empty)
    if not isinstance(how[word], str):
        raise refuse("text")
    return Yield(fact, word, field=str(how[word]), when_empty=when_empty)


def _alternatives(where: object) -> tuple[When, ...]:
    return tuple(read_when(one) for one in (where if isinstance(where, list) else [where]))


def _empty(value: object) -> OptionValue | None:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise refuse("plain_value")
