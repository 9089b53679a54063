import pytest, time
from portal.demo.clock import at
pytestmark = pytest.mark.browser
def test_a(build_once, log_in):
    t=time.time()
    build_once("self_scoring"); print("build", time.time()-t)
    with at("2023-01-12 09:00"):
        page = log_in("officer.gtvt")
        page.screenshot(path="/tmp/home.png")
        pass
        page.get_by_role("link", name="Tự chấm điểm").first.click()
        page.screenshot(path="/tmp/sheet.png")
        pass
def test_b(build_once, log_in):
    t=time.time()
    build_once("self_scoring"); print("build", time.time()-t)
    with at("2023-01-12 09:00"):
        page = log_in("officer.gtvt")
