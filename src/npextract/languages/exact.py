"""Matrix products that are exact, and so the same on every machine, thread count and batch.

A sum of floating point numbers depends on the order of its terms, and BLAS chooses the order by processor
and by the place of a row in the matrix: on common ones the same word in another row gives other last
digits, and a close decision could fall otherwise in other company. Here the numbers are first rounded to
multiples of a power of two, so coarse that all sums fit into the 53 bits of a double: nothing is ever
rounded on the way, whatever the order.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_BITS = 53


class ExactProduct:
    """Multiplies rows by a fixed matrix.

    Inputs are rounded to multiples of 2 ** -`input_bits` and cut off at ±`largest`, the matrix is rounded
    to multiples of 2 ** -`weight_bits`; the product is exact and is then rounded once, to single precision.
    """

    def __init__(self, weight: npt.NDArray[Any], *, largest: float, input_bits: int, weight_bits: int) -> None:
        self._weight = np.rint(weight.astype(np.float64) * 2.0**weight_bits)
        self._unit = 2.0**input_bits
        self._largest = largest * self._unit
        self._result_unit = 2.0 ** -(input_bits + weight_bits)
        sums = np.abs(self._weight).sum(axis=0).max() * self._largest
        if not sums < 2.0**_BITS:
            raise ValueError(f"the sums need {np.log2(sums):.1f} bits; take fewer bits or a lower limit")

    def __call__(self, rows: Floats) -> Floats:
        """`rows` @ the matrix."""
        inputs = np.multiply(rows, self._unit, dtype=np.float64)
        np.clip(inputs, -self._largest, self._largest, out=inputs)
        np.rint(inputs, out=inputs)
        result = inputs @ self._weight
        result *= self._result_unit
        return result.astype(np.float32)
