"""Facts learnt from many pages of a host; each rule has a line that it must leave alone."""

from __future__ import annotations

import random
from functools import cache
from statistics import fmean

import pytest

from newscrawl.extract.loader import read
from newscrawl.extract.page.document import Document
from newscrawl.items import Article
from newscrawl.profiles.files import as_text
from newscrawl.profiles.learning import learn
from tests.extract.figures import score
from tests.profiles.site import CAPTION, CLOSING, HOST, NEWS, PROMO, SERIES, SITE, made_site


def documents(made) -> list[Document]:
    return [Document(page.content, page.url) for page in made]


@cache
def learnt():
    return learn(HOST, documents(made_site()))


def body_f1(made, profile) -> float:
    rows = []
    for page in made:
        article = read(Document(page.content, page.url), profile=profile)
        body = article.body if isinstance(article, Article) else ""
        rows.append(score({"body": [page.body]}, {"body": body})["body"])
    return fmean(rows)


def test_a_site_whose_furniture_no_page_betrays_is_read_better_with_its_profile():
    """`python -m benchmarks.bench_profiles` prints the figures."""
    without, given = (body_f1(made_site(), profile) for profile in (None, learnt()))
    assert without < 0.88
    assert given > 0.99


def test_pages_that_were_not_learnt_from_are_read_better_too():
    made = made_site()
    profile = learn(HOST, documents(made[:45]))
    assert body_f1(made[45:], None) < 0.88
    assert body_f1(made[45:], profile) > 0.99


def test_no_line_of_a_story_is_lost_by_a_profile():
    for made in made_site():
        before, after = (read(Document(made.content, made.url), profile=used).body for used in (None, learnt()))
        kept = set(made.body.split("\n")) & set(before.split("\n"))
        assert kept <= set(after.split("\n"))


def test_a_site_without_furniture_reads_as_before():
    made = made_site(furniture=False)
    profile = learn(HOST, documents(made))
    assert body_f1(made, profile) >= body_f1(made, None)
    assert not profile.teasers
    assert [line for line in profile.furniture if line in "\n".join(page.body for page in made)] == []


def test_what_is_learnt():
    profile = learnt()
    assert {PROMO, CAPTION} <= set(profile.furniture)
    assert profile.site[-1] == f"_{SITE}"
    assert profile.story == "body > div.x2 > div.x5"
    assert profile.byline == "body > div.x2 > div.x4"
    assert profile.teasers == ("body > div.x2 > div.x5 > h3",)


def test_what_belongs_to_stories_is_not():
    profile = learnt()
    texts = {line for page in made_site() for line in page.body.split("\n")}
    assert not texts & set(profile.furniture)
    assert {SERIES, NEWS, CLOSING} <= texts


def test_the_same_pages_give_the_same_profile_in_any_order():
    pages = documents(made_site())
    random.Random(5).shuffle(pages)
    assert as_text(learn(HOST, pages)) == as_text(learnt())
    assert learn(HOST, pages).version == learnt().version


def test_a_profile_of_too_few_articles_is_none():
    assert learn(HOST, documents(made_site()[:9])) is None
    assert learn(HOST, []) is None
    copies = [Document(page.content, f"{page.url}?{n}") for page in made_site()[:9] for n in range(9)]
    assert learn(HOST, copies) is None, "eighty-one addresses of nine articles"
    assert learn(HOST, documents(made_site()[:10])) is not None


STORY = "第{0}天，河长制办公室的巡查员在第{0}段堤岸登记了新栽的柳树，并与村民商量秋后的清淤。"


def page(number: int, *paragraphs: str, title: str = "", site: str = "", tail: str = "") -> Document:
    title = title or f"巡河记录之{number}"
    text = "".join(f"<p>{line}</p>" for line in (STORY.format(number), *paragraphs))
    return Document(
        f"<html><head><title>{title}{site}</title></head><body><div class='w'><h1>{title}</h1>"
        f"<p class='d'>2024-05-0{number % 9 + 1} 08:00 来源：清溪日报</p><div class='t'>{text}</div>{tail}</div>",
        f"http://www.qingxi.test/{number}.html",
    )


SAID = "巡查员说，堤岸下游的两处险段已经在汛前加固完毕，请沿岸居民放心。"


def furniture_of(pages) -> set[str]:
    return set(learn("www.qingxi.test", pages).furniture)


@pytest.mark.parametrize(("articles", "known"), [(2, False), (4, False), (12, False), (13, True), (50, True)])
def test_a_sentence_is_furniture_from_a_quarter_of_the_articles_on(articles, known):
    pages = [page(n, *([SAID] if n < articles else [])) for n in range(50)]
    assert (SAID in furniture_of(pages)) is known


def test_an_article_that_was_revised_many_times_is_one():
    revised = [page(100 + n, SAID, title="堤岸加固完毕") for n in range(8)]  # at as many addresses
    assert SAID not in furniture_of([page(n) for n in range(30)] + revised)


def test_a_headline_the_rules_read_wrongly_everywhere_tells_no_articles_apart():
    pages = [page(n, SAID, title="清溪在线") for n in range(30)]
    assert SAID in furniture_of(pages)
    assert learn("www.qingxi.test", pages).site == ("清溪在线",)


@pytest.mark.parametrize(("share", "known"), [(20, False), (24, True)])
def test_a_short_line_must_stand_on_nearly_all(share, known):
    pages = [page(n, *(["你好，清溪"] if n < share else []), "尾声。" * (n % 3), SAID + str(n)) for n in range(30)]
    assert ("你好，清溪" in furniture_of(pages)) is known


@pytest.mark.parametrize("count", [10, 25, 30])
def test_what_opens_its_articles_is_their_own(count):
    opened = "编者按：今年是清溪治水二十年，本报派出记者走遍全流域，今起刊发系列报道，敬请关注。"
    second = "系列报道由水利、农业两个部门的同志协助完成，数据截至今年六月底。"
    pages = [page(n, SAID + str(n)) for n in range(30)]
    for n in range(count):
        text = pages[n].decoded.text.replace("<div class='t'>", f"<div class='t'><p>{opened}</p><p>{second}</p>")
        pages[n] = Document(text, pages[n].url)
    assert not {opened, second} & furniture_of(pages)


def test_a_last_line_that_is_short_is_too():
    assert CLOSING not in furniture_of([page(n, SAID + str(n), CLOSING) for n in range(30)])


def test_lines_below_links_that_many_pages_have_are_teasers_where_they_stand():
    def feed(number: int) -> str:
        shown = "".join(
            f"<div class='f'><a href='/{n}.html'>巡河记录之{n}</a><p>{STORY.format(n)}</p></div>"
            for n in range(number + 1, number + 4)
        )
        return f"<div class='g'>{shown}</div>"

    pages = [page(n, SAID + str(n), tail=feed(n)) for n in range(30)]
    profile = learn("www.qingxi.test", pages)
    assert profile.teasers == ("body > div.w > div.g > div.f",)
    assert not {STORY.format(n) for n in range(40)} & set(profile.furniture), "each is an article's own text as well"
    for made in pages:
        assert read(made, profile=profile).body.startswith(
            STORY.format(made.url.rpartition("/")[2].removesuffix(".html"))
        )


def test_links_in_stories_are_no_teasers():
    pages = [page(n, f"<a href='/{n}/map.html'>第{n}段堤岸的地图与名册</a>", SAID + str(n)) for n in range(30)]
    assert learn("www.qingxi.test", pages).teasers == ()


def test_a_place_where_everything_repeats_is_furniture_and_new_lines_there_too():
    tips = [f"小贴士：汛期出门请备好雨具，第{n}号预案的电话写在村口的牌子上，随时可打。" for n in range(10)]

    def aside(*lines: str) -> str:
        return "<div class='s'>" + "".join(f"<p>{line}</p>" for line in lines) + "</div>"

    pages = [page(n, SAID + str(n), tail=aside(*(tips[(n + m) % 10] for m in range(2)))) for n in range(30)]
    profile = learn("www.qingxi.test", pages)
    assert profile.places == ("body > div.w > div.s > p",)
    new = page(99, SAID + "九九", tail=aside("小贴士：新的一条，提醒大家入冬以后检查水管，防止夜里冻裂。"))
    assert "小贴士" not in read(new, profile=profile).body
    assert (
        learn("www.qingxi.test", [page(n, SAID + str(n), tail=aside(SAID + f"其{n}")) for n in range(30)]).places == ()
    )


def test_a_title_is_headed_and_not_cut_short_where_the_sites_name_is_known():
    pages = [page(n, title=f"市政务服务中心第{n}窗口搬新址", site="·清溪之声") for n in range(12)]
    profile = learn("www.qingxi.test", pages)
    assert profile.site == ("·清溪之声",)
    hidden = pages[3].decoded.text.replace("<h1>", "<!--").replace("</h1>", "-->")
    assert read(Document(hidden, pages[3].url), profile=profile).title == "市政务服务中心第3窗口搬新址"


@pytest.mark.parametrize("seams", [("-", "—"), (" - ", "_"), ("|", "｜")])
def test_the_sites_name_is_cut_whatever_stands_before_it(seams):
    pages = [
        page(n, title=f"村民{'甲乙丙丁戊'[n % 5]}的第{n}棵柳", site=f"{seams[n % 4 == 0]}清溪之声") for n in range(20)
    ]
    profile = learn("www.qingxi.test", pages)
    for n in (4, 5):
        text = pages[n].decoded.text.replace("<h1>", "<!--").replace("</h1>", "-->")
        assert read(Document(text, pages[n].url), profile=profile).title == f"村民{'甲乙丙丁戊'[n % 5]}的第{n}棵柳"


def test_a_common_end_that_no_page_proves_is_no_sites_name():
    assert learn("www.qingxi.test", [page(n, title=f"关于第{n}段堤岸加固工程的通知") for n in range(20)]).site == ()


def test_pictures_on_many_articles_are_no_storys():
    def pictured(n: int) -> str:
        return f"<img src='/p/{n}.jpg' width=500><img src='/p/card.jpg' width=500>"

    pages = [page(n, pictured(n), SAID + str(n)) for n in range(20)]
    profile = learn("www.qingxi.test", pages)
    assert profile.pictures == ("http://www.qingxi.test/p/card.jpg",)
    assert read(pages[3], profile=profile).images == ["http://www.qingxi.test/p/3.jpg"]
