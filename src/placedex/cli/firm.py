"""What can be said of a firm on the command line."""

from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class AboutFirm:
    """A firm: what is left out is not known of it.

    Parameters
    ----------
    size
        micro, small, medium or large; or how many people it has.
    need
        skills, finance, export, testbed, advice or space.
    age
        Its age in years.
    industry
        Its industry, as two to five digits of SIC 2007.
    comes_from
        inland or abroad.
    """

    size: Annotated[str, Parameter(name="--size")] = ""
    need: Annotated[str, Parameter(name="--need")] = ""
    age: Annotated[str, Parameter(name="--age")] = ""
    industry: Annotated[str, Parameter(name="--industry")] = ""
    comes_from: Annotated[str, Parameter(name="--from")] = ""

    @property
    def words(self) -> dict[str, str]:
        """What was said, by the words that are asked for."""
        return {
            "size": self.size,
            "need": self.need,
            "age": self.age,
            "industry": self.industry,
            "from": self.comes_from,
        }
