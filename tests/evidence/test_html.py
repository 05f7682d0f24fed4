"""An HTML page is read as a browser would show it."""

from pathlib import Path

import pytest

from placedex.errors import UnreadableDocument
from placedex.evidence import read_document


def read(folder: Path, content: str | bytes) -> str:
    path = folder / "a.html"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_document(path).text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<h1>One</h1><p>Two <b>thr</b>ee<p>four", "One\n\nTwo three\n\nfour"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>one<li>two</ul>end", "one\ntwo\n\nend"),
        ("<table><tr><th>a<th>b<tr><td>1</td><td>2</td></table>", "a\tb\n1\t2"),
        ("&pound;4&nbsp;m &amp; 5 &lt;6&gt; &#8217;", "£4\xa0m & 5 <6> ’"),
        ("<p>  many \n\t spaces </p>", "many spaces"),
        ("a<style>b</style><script>c</script><noscript>d</noscript><template>e</template>f", "af"),
        ("a<p hidden>b <i>c<p>d", "a\n\nd"),
        ("a<span style='color:red; display : none'>b</span>c", "ac"),
        ("<svg><title>no</title><path/></svg>yes", "yes"),
        ("<p>open <b>and never closed", "open and never closed"),
        ("a</table></x>b", "ab"),
        ("a<br><br>b", "a\n\nb"),
        ("<!-- £9bn --><p>seen", "seen"),
        ("<body><p>x<textarea>y</textarea></body>", "x"),
    ],
)
def test_what_is_seen_is_read(tmp_path: Path, page: str, text: str) -> None:
    assert read(tmp_path, page) == text


def test_the_title_is_the_pages_own(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_text("<title>Plan &amp;\n more</title><svg><title>x</title></svg>y")

    assert read_document(tmp_path / "a.htm").title == "Plan & more"


def test_a_page_is_read_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    page = "<meta charset='ISO-8859-1'><p>The region’s £4m"

    assert read(tmp_path, page.encode("cp1252")) == "The region’s £4m"
    with pytest.raises(UnreadableDocument, match="no encoding known here"):
        read(tmp_path, "<meta charset=klingon><p>x")
    with pytest.raises(UnreadableDocument, match="says that it is in UTF-8 and is not"):
        read(tmp_path, b"<meta charset=utf-8><p>caf\xe9 is a word")


def test_nothing_in_a_page_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    page = "<link rel=stylesheet href='http://e.org/x'><img src='http://e.org/y'><iframe src='/z'>"

    assert read(tmp_path, f"{page}</iframe>words") == "words"


@pytest.mark.parametrize("part", ["<b>", "<p>", "<td>", "<li><b>", "</x>", "<div> ", "<a "])
def test_a_page_made_to_be_slow_is_read_at_once(tmp_path: Path, part: str) -> None:
    """Seconds would mean that time grows with the square of the length."""
    from time import perf_counter

    began = perf_counter()
    assert read(tmp_path, f"words<p>{part * 50_000}")
    assert perf_counter() - began < 5
