"""Writes reference.json: what NumPy and SciPy say of the same samples. Run again after a change, and check the result in.

    python3 -m venv /tmp/reference && /tmp/reference/bin/pip install numpy scipy
    /tmp/reference/bin/python Tests/StatisticsTests/Reference/make_reference.py
"""

import json
import math
import pathlib

import numpy
import scipy
from scipy.stats import binom, median_abs_deviation

PROBABILITIES = [0, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1]

# NumPy makes NaN of infinity (∞ − ∞, 0 · ∞). A number beyond all others stands in for it, and what comes out of it is
# infinite again.
STAND_IN = 1e300


def ranks():
    """The largest l with 1 − 2·P(Bin(n, ½) ≤ l − 1) ≥ confidence, and n + 1 − l."""
    rows = []
    for confidence in (0.8, 0.95, 0.99):
        for n in [*range(1, 121), 500, 1000, 10_000]:
            fitting = [l for l in range(1, n // 2 + 2) if 1 - 2 * binom.cdf(l - 1, n, 0.5) >= confidence]
            lower = max(fitting, default=None)
            upper = None if lower is None else n + 1 - lower
            rows.append({"n": n, "confidence": confidence, "lower": lower, "upper": upper})
    return rows


def samples():
    rng = numpy.random.default_rng(20261122)
    lognormal = lambda n: rng.lognormal(0, 0.03, n)
    spiked = lognormal(20)
    spiked[[3, 11]] *= 2
    yield "one", [0.125]
    yield "two", [0.3, 0.1]
    yield "three", [3.0, 1.0, 2.0]
    yield "identical", [0.7] * 10
    yield "zeros", [0.0] * 6
    yield "ties", [1, 1, 1, 2, 2, 3, 3, 3, 3, 4]
    yield "even", lognormal(10)
    yield "odd", lognormal(11)
    yield "large", lognormal(101)
    yield "spikes", spiked
    yield "one spike", [1, 1, 1, 1, 1, 100]
    yield "low spike", [10, 10.1, 10.2, 10.3, 10.4, 10.5, 1]
    yield "on the fence", [0, 1, 2, 3, 4, 5, 6, 7, 8, 13.5]
    yield "tiny and huge", [1e-9, 2e-9, 3e-9, 1e9, 2e9, 3e9]
    yield "offset", 1e6 + rng.normal(0, 1e-3, 30)
    yield "one timeout", [*lognormal(9), math.inf]
    yield "two timeouts", [*lognormal(4), math.inf, math.inf]
    yield "half timeouts", [*lognormal(3), *[math.inf] * 3]
    yield "only timeouts", [math.inf] * 6


def number(value):
    if value is None or math.isnan(value):
        return None
    return "inf" if value >= STAND_IN / 1e9 else float(value)


def describe(name, values):
    values = numpy.sort(numpy.asarray(values, dtype=float))
    isfinite = bool(numpy.isfinite(values).all())
    ranked = numpy.where(numpy.isinf(values), STAND_IN, values)
    p25, median, p75 = numpy.quantile(ranked, [0.25, 0.5, 0.75], method="linear")
    reach = 1.5 * (p75 - p25)
    outside = int(((ranked < p25 - reach) | (ranked > p75 + reach)).sum())
    return {
        "name": name,
        "values": [number(v) for v in values],
        "probabilities": PROBABILITIES,
        "quantiles": [number(q) for q in numpy.quantile(ranked, PROBABILITIES, method="linear")],
        "mean": number(values.mean()) if isfinite else "inf",
        "sd": number(values.std(ddof=1)) if isfinite and len(values) > 1 else None,
        "mad": None if median >= STAND_IN / 1e9 else number(median_abs_deviation(ranked, scale=1)),
        "outliers": None if p75 >= STAND_IN / 1e9 else outside,
    }


def ratios():
    """Percentile intervals of ratios, pair by pair, as the bootstrap makes them of resampled medians."""
    rng = numpy.random.default_rng(7)
    for n in (1, 2, 40, 500):
        base, other = rng.lognormal(0, 0.1, n), rng.lognormal(-0.5, 0.1, n)
        low, high = numpy.quantile(base / other, [0.025, 0.975], method="linear")
        yield {"base": base.tolist(), "other": other.tolist(), "low": low, "high": high}


reference = {
    "madeBy": f"numpy {numpy.__version__}, scipy {scipy.__version__}",
    "ranks": ranks(),
    "samples": [describe(*sample) for sample in samples()],
    "ratios": list(ratios()),
}
path = pathlib.Path(__file__).with_name("reference.json")
path.write_text(json.dumps(reference, allow_nan=False, separators=(",", ":")).replace("},{", "},\n{") + "\n")
