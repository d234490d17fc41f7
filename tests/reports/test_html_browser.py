"""The HTML report in a real browser; skipped, with the reason, where there is none."""

import json
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from policy428.errors import InputError, Place
from policy428.reports.finding import Finding

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed: pip install policy428[test]")

from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import Select, WebDriverWait  # noqa: E402

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HOSTILE = "<script>document.title='run'</script><img src=http://127.0.0.1:9/x onerror=\"document.title='run'\">"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    binary = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("no browser: needs chromium and chromedriver (Debian: apt install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    try:
        made = webdriver.Chrome(options=options, service=Service(driver))
    except Exception as error:
        pytest.skip(f"no browser: chromium does not start ({type(error).__name__})")
    yield made
    made.quit()


@pytest.fixture(scope="module")
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    finding: Callable[..., Finding] = request.getfixturevalue("finding")
    told: Callable[..., str] = request.getfixturevalue("told")
    findings = [
        finding(
            n,
            clause=("IV.B", "IV.E", "III.A")[n % 3],
            severity=("error", "warning", "notice")[n % 3],
            message=f"“word{n}” counts as a swear word.",
            member="your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json",
            platform=("x", "facebook")[n % 2],
            time=f"20{16 + n % 9}-{n % 12 + 1:02}-05T10:00:00Z",
            permalink=f"https://social.example/p/{n}",
        )
        for n in range(30)
    ]
    long = "".join(f"{n:05}" for n in range(20_000))
    findings.append(finding(90, message=HOSTILE, excerpt=(("1", HOSTILE, "^" * len(HOSTILE)),), member=HOSTILE))
    findings.append(finding(91, message=long, path=long, excerpt=(("1", "\u05e9\u05dc" * 300 + "🙂", "^^"),)))
    path = tmp_path_factory.mktemp("report") / "report.html"
    errors = (InputError(HOSTILE, place=Place("part2.zip")),)
    path.write_text(told("html", *findings, errors=errors), encoding="utf-8")
    return path.as_uri()


def visit(browser: Any, page: str, width: int = 1280, scheme: str = "light") -> None:
    metrics = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(page)


def shown(browser: Any) -> list[Any]:
    return [item for item in browser.find_elements(By.CSS_SELECTOR, ".group > ol > li") if item.is_displayed()]


def status(browser: Any, words: str) -> None:
    WebDriverWait(browser, 10).until(lambda driver: words in driver.find_element(By.ID, "status").text)


def test_nothing_leaves_the_file_and_the_console_stays_silent(browser: Any, page: str) -> None:
    visit(browser, page)
    status(browser, "All 32 findings on this page are shown.")
    assert browser.get_log("browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {
        message["params"]["request"]["url"] for message in messages if message["method"] == "Network.requestWillBeSent"
    }
    assert asked <= {page, "data:,"}
    assert browser.title.endswith("policy428")


def test_the_content_policy_stops_a_foreign_script(browser: Any, page: str) -> None:
    visit(browser, page)
    foreign = "const s = document.createElement('script'); s.textContent = 'document.title = \"run\"';"
    browser.execute_script(f"{foreign} document.body.append(s)")
    assert browser.title != "run"
    assert any("Content Security Policy" in entry["message"] for entry in browser.get_log("browser"))


def test_filters_choose_and_are_taken_back(browser: Any, page: str) -> None:
    visit(browser, page)
    assert len(shown(browser)) == 32
    Select(browser.find_element(By.ID, "by-clause")).select_by_value("IV.E")
    status(browser, "10 of 32")
    assert len(shown(browser)) == 10
    assert [group.text.partition("\n")[0] for group in browser.find_elements(By.CLASS_NAME, "group") if group.text] == [
        "Policy 428 § IV.E 10 findings"
    ]
    Select(browser.find_element(By.ID, "by-platform")).select_by_value("x")
    status(browser, "5 of 32")
    words = browser.find_element(By.ID, "by-text")
    words.send_keys("WORD4 swear")
    status(browser, "1 of 32 findings on this page is shown.")
    browser.find_element(By.CSS_SELECTOR, "button[type=reset]").click()
    status(browser, "All 32")
    Select(browser.find_element(By.ID, "by-severity")).select_by_value("notice")
    status(browser, "10 of 32")


def test_the_whole_list_shows_without_script(browser: Any, page: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        visit(browser, page)
        assert len(browser.find_elements(By.CSS_SELECTOR, ".group > ol > li")) == 32
        assert not browser.find_element(By.ID, "filters").is_displayed()
        assert not browser.find_element(By.ID, "status").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(browser: Any, page: str, width: int) -> None:
    visit(browser, page, width)
    # Everything is laid out, also what is far below.
    browser.execute_script("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    browser.execute_script("document.querySelectorAll('li').forEach((item) => { void item.offsetHeight; })")
    for place in ("0", "document.body.scrollHeight"):
        browser.execute_script(f"window.scrollTo(0, {place})")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    wide = "return Array.from(document.querySelectorAll('.scroll')).filter((e) => e.scrollWidth > e.clientWidth).length"
    assert browser.execute_script(wide) == 0


def test_the_keyboard_reaches_the_filters_and_its_focus_is_seen(browser: Any, page: str) -> None:
    visit(browser, page)
    reached = []
    for _ in range(20):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        at = browser.switch_to.active_element
        reached.append(at.get_attribute("id") or at.get_attribute("class") or at.tag_name)
        outline = browser.execute_script("return getComputedStyle(arguments[0]).outlineWidth", at)
        assert outline == "3px"
        if at.tag_name == "button":
            break
    assert reached[0] == "skip"
    assert [name for name in reached if name.startswith("by-")] == [
        "by-clause",
        "by-severity",
        "by-platform",
        "by-text",
    ]
    at.send_keys(Keys.SHIFT, Keys.TAB)
    browser.switch_to.active_element.send_keys("word7")
    status(browser, "1 of 32")


CONTRAST = """
function channel(v) { v /= 255; return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); }
function parts(color) { return color.match(/[\\d.]+/g).map(Number); }
function light(c) { return 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]); }
function ground(e) {
  for (; e; e = e.parentElement) {
    const c = parts(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c;
  }
  return [255, 255, 255];
}
function ratio(a, b) { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); }
const poor = [];
for (const e of document.querySelectorAll("body *")) {
  const own = Array.from(e.childNodes).some((n) => n.nodeType === 3 && n.textContent.trim());
  if (!own || ["SCRIPT", "TITLE", "DESC"].includes(e.tagName.toUpperCase())) continue;
  const r = ratio(parts(getComputedStyle(e).color), ground(e));
  if (r < 4.5) poor.push(e.tagName + "." + e.className + " " + r.toFixed(2));
}
for (const e of document.querySelectorAll("rect")) {
  const r = ratio(parts(getComputedStyle(e).fill), ground(e));
  if (r < 3) poor.push("rect." + e.getAttribute("class") + " " + r.toFixed(2));
}
return Array.from(new Set(poor));
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough(browser: Any, page: str, scheme: str) -> None:
    visit(browser, page, scheme=scheme)
    paper = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") == (scheme == "light")
    assert browser.execute_script(CONTRAST) == []


def test_it_prints_without_filters_and_on_white(browser: Any, page: str) -> None:
    visit(browser, page, scheme="dark")
    features = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": features})
    try:
        assert not browser.find_element(By.ID, "filters").is_displayed()
        assert browser.execute_script("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"].startswith("JVBERi")
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
