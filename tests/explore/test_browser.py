"""The pages in a real Chromium: what a reader does, that nothing is loaded from elsewhere, and how it looks.

Where there is a folder artefacts/, screenshots go there, for people to look at.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from tests.explore import seeded

pytest.importorskip("selenium", reason="needs selenium (the dev dependencies)")
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.explore.chromium import CHROMIUM, DRIVER, appearance, driven, picture

pytestmark = [
    pytest.mark.skipif(
        not (CHROMIUM and DRIVER), reason="needs chromium and chromedriver (apt: chromium chromium-driver)"
    ),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # selenium leaves its driver's sockets to the collector
]
ARTEFACTS = Path(__file__).parent.parent.parent / "artefacts"
CONTRAST = Path(__file__).with_name("contrast.js")
ARTICLE = f"/article/{seeded.article_id(seeded.STORY_URL)}"
PAGES = {
    "front": "/",
    "search": f"/search?q={quote('昆明')}",
    "article": ARTICLE,
    "dashboard": "/dashboards/articles_a_day",
    "network": "/dashboards/reprint_network",
    "sources": "/dashboards/top_sources",
    "health": "/dashboards/portal_health",
    "withdrawals": "/dashboards/withdrawals",
    "table": "/archive/article_list",
    "database": "/archive",
}


DATASETTES = {"table", "database"}
WIDTHS = (390, 1280, 1600)
WORDS = "main h2, main thead th, main dt, summary, .legend, .tabs, .hint, .tag"
OF_THE_ARCHIVE = [
    *(text for portal in seeded.PORTALS for text in (portal.title, portal.region)),
    *(
        seeded.STORY_TITLE,
        "昆明",
        "某县",
        "（更新）",
        "相关新闻",
        "热门排行",
        "华样社",
        "样民日报",
        "岭南样报",
        "滇池样报",
    ),
]


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    with driven(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture
def browser(chromium, served):
    """A browser that must not ask any other host for anything, nor complain on its console."""
    appearance(chromium)
    chromium.get("about:blank")
    logs(chromium)
    yield chromium
    requests, complaints = logs(chromium)
    hosts = {urlsplit(url).netloc for url in requests if not url.startswith(("data:", "about:", "chrome"))}
    assert hosts == {urlsplit(served).netloc}
    assert complaints == []


def logs(driver) -> tuple[list[str], list[str]]:
    """The addresses requested and the console's messages since the last call."""
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    requests = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    return requests, [entry["message"] for entry in driver.get_log("browser")]


def serious(driver) -> list[str]:
    """The serious and critical findings of axe-core, https://www.deque.com/axe/, each with its element."""
    axe = pytest.importorskip("axe_playwright_python", reason="needs `make analysis`, which brings axe-core")
    driver.execute_script((Path(axe.__file__).parent / "axe.min.js").read_text("utf-8"))
    found = driver.execute_async_script("axe.run({resultTypes: ['violations']}).then(arguments[0])")
    return [
        f"{finding['id']}: {node['html'][:150]}"
        for finding in found["violations"]
        if finding["impact"] in {"serious", "critical"}
        for node in finding["nodes"]
    ]


def one(driver, selector: str):
    return driver.find_element(By.CSS_SELECTOR, selector)


def texts(driver, selector: str) -> list[str]:
    elements = driver.find_elements(By.CSS_SELECTOR, selector)  # which waits for the page; one call tells all texts
    told = "return arguments[0].map(e => e.checkVisibility() ? e.innerText.trim() : '')"
    return driver.execute_script(told, elements) if elements else []


@pytest.mark.parametrize("word", ["昆明", "乡村振兴战略"])
def test_a_word_typed_on_the_front_page_finds_its_articles(browser, served, word):
    browser.get(f"{served}/")
    one(browser, "main").click()
    browser.switch_to.active_element.send_keys("/")
    box = browser.switch_to.active_element
    assert box.get_attribute("name") == "q"
    box.send_keys(word, Keys.ENTER)
    assert set(texts(browser, ".hits h3")) == {seeded.STORY_TITLE, seeded.STORY_TITLE + "（更新）"}
    assert len(texts(browser, ".hits li")) == 5
    assert word in texts(browser, ".hits h3 mark")
    assert texts(browser, ".snippet mark").count(word) >= 5


def test_an_article_shows_its_revisions_and_its_family(browser, served):
    browser.get(f"{served}/search?q={quote('标题:昆明 更新')}")
    one(browser, ".hits a").click()
    assert texts(browser, ".body p") == seeded.REVISED.splitlines()
    assert browser.current_url == served + ARTICLE
    assert {"六", "两"} <= set(texts(browser, ".change del"))
    assert any("会后" in text for text in texts(browser, ".change ins"))
    assert len(texts(browser, ".family li")) == 5
    assert "原发" in one(browser, ".family .original").text
    assert one(browser, ".family .this strong").text == seeded.STORY_TITLE + "（更新）"


@pytest.mark.parametrize("name", ["articles_a_day", "top_sources", "reprint_network", "withdrawals", "portal_health"])
def test_a_dashboard_draws_its_chart_and_shows_its_numbers(browser, served, name):
    browser.get(f"{served}/dashboards/{name}")
    script = """return [...document.querySelectorAll('svg.chart rect, svg.chart path')].filter(
        shape => shape.getBoundingClientRect().width > 1 && shape.getBoundingClientRect().height > 1).length"""
    assert browser.execute_script(script) >= 2
    assert one(browser, "svg.chart > title").get_attribute("textContent")
    assert one(browser, "svg.chart > desc").get_attribute("textContent")
    assert len(texts(browser, ".numbers tbody tr")) >= 2


def test_a_hostile_page_is_shown_and_does_nothing(browser, served):
    browser.get(f"{served}/article/{seeded.article_id(seeded.HOSTILE_URL)}")
    assert seeded.HOSTILE_TITLE in browser.title
    assert one(browser, "h1").text == seeded.HOSTILE_TITLE
    browser.find_element(By.LINK_TEXT, "原始页面").click()
    frame = one(browser, "iframe")
    photograph(browser, "raw-light")
    assert frame.get_attribute("sandbox") == ""
    browser.switch_to.frame(frame)
    assert one(browser, "h1").text == "编码为国标的页面"
    assert "简体字“财政”也要对" in one(browser, "p").text
    live = "script, iframe, form, input, [onclick], [src], [href]"
    assert browser.execute_script("return document.querySelectorAll(arguments[0]).length", live) == 0
    browser.switch_to.default_content()


@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_can_be_read_by_day_by_night_and_at_any_width(browser, served, name):
    browser.get(served + PAGES[name])
    for dark in (True, False):
        for width in WIDTHS:
            appearance(browser, dark=dark, width=width)
            photograph(browser, f"{name}-{width}-{'dark' if dark else 'light'}")
            if name not in DATASETTES or width == 1600:  # Datasette's tables may be wider than the window, and scroll
                assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        assert browser.execute_script(CONTRAST.read_text("utf-8")) == []
    assert serious(browser) == []


@pytest.mark.parametrize("name", [name for name in PAGES if name not in DATASETTES])
def test_a_page_is_in_one_language(browser, served, name):
    """In English nothing Chinese is left but what comes out of the archive, and that none in Chinese is English."""
    separator = "&" if "?" in PAGES[name] else "?"
    browser.get(f"{served}{PAGES[name]}{separator}lang=en")
    photograph(browser, f"{name}-english")
    assert one(browser, "html").get_attribute("lang") == "en"
    told = " ".join(
        texts(browser, "header.site a, header.site button, footer.site a:not([hreflang]), main h1, " + WORDS)
    )
    for name_ in OF_THE_ARCHIVE:
        told = told.replace(name_, "")
    assert re.findall("[\u4e00-\u9fff]+", told) == []
    browser.get(one(browser, "footer.site a[hreflang]").get_attribute("href"))  # and back, for what follows too
    assert one(browser, "html").get_attribute("lang") == "zh-CN"
    assert not re.search("[A-Z][a-z]{3,} [a-z]{3,}", " ".join(texts(browser, "main h1, main h2, main th, main dt")))


def test_charts_open_at_the_newest_end_on_a_phone(browser, served):
    browser.get(served + PAGES["dashboard"])
    appearance(browser, width=390, height=780)
    script = """const box = document.querySelector('.scroll.newest'), chart = box.querySelector('svg');
        return [chart.getBoundingClientRect().width > box.clientWidth + 50,
            Math.abs(chart.getBoundingClientRect().right - box.getBoundingClientRect().right) < 2]"""
    assert browser.execute_script(script) == [True, True]


def test_the_link_of_a_capture_can_be_seen_without_scrolling(browser, served):
    browser.get(served + ARTICLE)
    for width in WIDTHS:
        appearance(browser, width=width)
        link = browser.find_element(By.CSS_SELECTOR, "#captures ~ table td a")
        assert 0 < link.rect["x"] < link.rect["x"] + link.rect["width"] < width


def test_only_a_fall_below_its_own_habit_is_marked(browser, served):
    browser.get(served + PAGES["health"])
    assert len(browser.find_elements(By.CSS_SELECTOR, ".fill progress")) > 5
    fallen = "return document.querySelectorAll('.fallen').length"  # to look for nothing takes the driver ten seconds
    assert browser.execute_script(fallen) == 0  # "images 40 %" is what this portal always has


def test_the_keyboard_reaches_the_text_first(browser, served):
    browser.get(served + ARTICLE)
    one(browser, "body").send_keys(Keys.TAB)
    first = browser.switch_to.active_element
    assert (first.text, first.get_attribute("href")) == ("跳到正文", served + ARTICLE + "#content")
    assert first.rect["x"] >= 0
    first.send_keys(Keys.ENTER, Keys.TAB)
    focused = browser.switch_to.active_element
    assert browser.execute_script("return document.querySelector('main').contains(arguments[0])", focused)
    assert browser.execute_script("return getComputedStyle(arguments[0]).outlineStyle", focused) == "solid"


def photograph(driver, name: str) -> None:
    """Keep a picture of the page, up to 3000 pixels of it, where pictures are wanted."""
    if ARTEFACTS.is_dir():
        height = min(3000, driver.execute_script("return document.documentElement.scrollHeight"))
        (ARTEFACTS / f"{name}.png").write_bytes(picture(driver, height))
