"""Writes reference.json: what NumPy and SciPy say of the same samples. Run again after a change, and check the result in.

    python3 -m venv /tmp/reference && /tmp/reference/bin/pip install numpy scipy
    /tmp/reference/bin/python Tests/StatisticsTests/Reference/make_reference.py
"""

import json
import math
import pathlib

import numpy
import scipy
from scipy.optimize import least_squares
from scipy.stats import binom, median_abs_deviation, spearmanr, t

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


def scaling():
    """Throughputs over workers, and what SciPy's least squares of log residuals make of them, model by model."""
    rng = numpy.random.default_rng(11)
    levels = [1, 2, 4, 8, 16, 32]
    cases = [
        ("exact usl", levels, 50.0, 0.03, 0.0008, 0.0),
        ("exact usl, strong", [1, 2, 3, 4, 6, 8, 12, 24], 3.5, 0.2, 0.01, 0.0),
        ("exact amdahl", levels, 20.0, 0.1, 0.0, 0.0),
        ("noisy usl", levels, 50.0, 0.03, 0.0008, 0.03),
        ("noisy usl, many levels", [1, 2, 3, 5, 8, 13, 21, 34, 55], 7.0, 0.01, 0.0002, 0.05),
        ("noisy amdahl", levels, 20.0, 0.25, 0.0, 0.02),
        ("noisy linear", levels, 20.0, 0.0, 0.0, 0.02),
        ("falling", levels, 20.0, 1.0, 0.02, 0.02),
    ]
    for name, workers, gamma, alpha, beta, noise in cases:
        n = numpy.repeat(workers, 10).astype(float)
        x = gamma * n / (1 + alpha * (n - 1) + beta * n * (n - 1)) * numpy.exp(noise * rng.standard_normal(n.size))
        fits = {model: scaling_fit(model, n, x) for model in ("linear", "amdahl", "usl")}
        yield {"name": name, "workers": n.astype(int).tolist(), "times": (1 / x).tolist(), "fits": fits}


def scaling_fit(model, n, x):
    free = {"linear": 1, "amdahl": 2, "usl": 3}[model]

    def residuals(p):
        alpha = p[1] if free > 1 else 0
        beta = p[2] / 1000 if free > 2 else 0
        return numpy.log(x) - p[0] - numpy.log(n / (1 + alpha * (n - 1) + beta * n * (n - 1)))

    lower, upper = [-numpy.inf, 0, 0][:free], [numpy.inf, 1, numpy.inf][:free]
    fits = [
        least_squares(
            residuals, [math.log(x[0]), a, b][:free], bounds=(lower, upper), xtol=1e-15, ftol=1e-15, gtol=1e-15,
            x_scale=[1, 0.1, 1][:free])
        for a in (0.01, 0.3) for b in (0.01, 1.0, 10.0)
    ]
    best = min(fits, key=lambda fit: fit.cost)
    k, rss = free + 1, 2 * best.cost
    aicc = n.size * math.log(max(rss / n.size, 1e-18)) + 2 * k + 2 * k * (k + 1) / (n.size - k - 1)
    alpha = float(best.x[1]) if free > 1 else 0.0
    beta = float(best.x[2]) / 1000 if free > 2 else 0.0
    return {"gamma": math.exp(best.x[0]), "alpha": alpha, "beta": beta, "rss": rss, "aicc": aicc}


def trends():
    """Spearman's rank correlation with the order, and its two-sided p-value from t."""
    rng = numpy.random.default_rng(13)
    for n in (6, 10, 11, 30):
        for slope in (0.0, 0.3, 3.0, -3.0):
            values = rng.standard_normal(n) + slope * numpy.arange(n) / n
            values = numpy.round(values, 1) if slope == 0.3 else values
            rho, p = spearmanr(numpy.arange(n), values)
            yield {"values": values.tolist(), "rho": rho, "p": p}


reference = {
    "madeBy": f"numpy {numpy.__version__}, scipy {scipy.__version__}",
    "ranks": ranks(),
    "samples": [describe(*sample) for sample in samples()],
    "ratios": list(ratios()),
    "scaling": list(scaling()),
    "trends": list(trends()),
    "t975": [{"degrees": v, "quantile": t.ppf(0.975, v)} for v in (5, 6, 9, 14, 19, 29, 99, 999)],
}
path = pathlib.Path(__file__).with_name("reference.json")
path.write_text(json.dumps(reference, allow_nan=False, separators=(",", ":")).replace("},{", "},\n{") + "\n")
