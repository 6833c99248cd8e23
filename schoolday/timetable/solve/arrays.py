"""The kinds of arrays that the kernel works on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Shorts = NDArray[np.int16]
Bytes = NDArray[np.uint8]
Reals = NDArray[np.float64]
