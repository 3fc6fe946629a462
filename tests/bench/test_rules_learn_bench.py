"""The parts of `bench rules-learn`; nothing is measured here."""

from random import Random

from bench.interleave import read_files
from bench.kinds import ARTICLES
from bench.rules_learn_pages import LINE, engine, pairs

CONFUSIONS = {"正": (("止",), (5,)), "使": (("便",), (3,)), "各": (("客",), (2,))}


def test_pages_come_in_pairs_and_no_article_twice() -> None:
    articles = read_files(ARTICLES)
    made = engine(CONFUSIONS, articles, Random(1), misread=2)
    found = list(pairs(articles.articles[:6], made, 1))
    assert len(found) == 3
    assert found == list(pairs(articles.articles[:6], made, 1))
    for pair in found:
        assert pair.damaged.startswith(LINE)
        assert LINE not in pair.undamaged
        assert pair.damaged.count("\n") == pair.undamaged.count("\n") + 2
