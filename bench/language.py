"""The shipped language model: bits a character on text that it has not counted, by register."""

from jiaokan.language import load

from bench.fit import corpus, estimate
from bench.fit.counts import DATA
from bench.result import Options, Table, needed


def tables(options: Options) -> list[Table]:
    """Cross-entropy on the last 2 % of each register, and the model's size."""
    registers = corpus.load(needed(options.shared / "corpus", "the corpus"))
    model = load()
    rows = []
    for register in registers:
        held = register.heldout
        bits = estimate.bits(model, held) + estimate.mass(model, held)
        rows.append((register.name, int(held.size), float(bits)))
    size = sum(path.stat().st_size for path in DATA.glob("*.npy")) / 1e6
    columns = ("register", "characters", "bits a character")
    return [Table("language model on held-out text", columns, tuple(rows), (f"{size:.1f} MB",))]
