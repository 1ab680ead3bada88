"""From candidates to one reading: what counts, what is nested in what, and why the rest does not count.

The longest name wins; inside it stay the states, bodies and resolutions that belong to it. Weak names need
context. Whatever is not kept gets a reason.
"""

from npextract.resolve.decision import REASONS, Reading, Rejected, Resolved
from npextract.resolve.resolver import Resolver

__all__ = ["REASONS", "Reading", "Rejected", "Resolved", "Resolver"]
