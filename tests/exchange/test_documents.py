"""Documents become plain text, or a sentence says why not."""

from __future__ import annotations

import random
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.errors import UserError
from azcn_desktop.evidence.cleaning import clean
from azcn_desktop.exchange import documents
from azcn_desktop.exchange.documents import Document, read_document
from azcn_desktop.exchange.text_encoding import decode

PASSWORD = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O ({'a' * 32}) /U ({'b' * 32}) /P -4 >> /ID [(a) (a)]"


def read(folder: Path, name: str, data: bytes | str) -> Document:
    """Write a file and read it as a document."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_document(path)


def pdf(*pages: str, trailer: str = "", title: str = "") -> bytes:
    """Return a small PDF with a line of text on each page; a page without text is a picture to its reader."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", font, f"<< /Title ({title}) >>"]
    kids = []
    for page in pages:
        content = f"BT /F1 12 Tf 72 720 Td ({page}) Tj ET" if page else "0 0 100 100 re f"
        packed = zlib.compress(content.encode()).hex() + ">"
        objects.append(
            f"<< /Length {len(packed)} /Filter [/ASCIIHexDecode /FlateDecode] >>\nstream\n{packed}\nendstream"
        )
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {len(objects)} 0 R >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, offsets = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R {trailer} >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode()


# -- plain text and its encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-32"])
def test_text_is_read_in_every_unicode_encoding(tmp_path: Path, encoding: str) -> None:
    words = "Bakı, Пекин, 北京"
    data = b"\xff\xfe" + words.encode("utf-16-le") if encoding == "utf-16-le-bom" else words.encode(encoding)
    assert read(tmp_path, "a.txt", data) == Document(words, "text")


@pytest.mark.parametrize(
    ("words", "encoding", "name"),
    [
        ("Торговля Азербайджана и Китая выросла", "cp1251", "windows-1251"),
        ("БАКУ", "cp1251", "windows-1251"),
        ("МИНИСТР: ТОРГОВЛЯ РАСТЁТ", "cp1251", "windows-1251"),
        ("中国与阿塞拜疆的贸易额增长了百分之三十七，达到37.4亿美元。", "gb18030", "GB18030"),
        ("Trade grew by 37 %, the ministry said. 贸易增长。", "gbk", "GB18030"),
        ("“一带一路”倡议：巴库港（阿拉特）——里海最大的港口", "gb18030", "GB18030"),
        ("Görüşdə iki ölkə arasında ticarət", "cp1254", "windows-1254"),
    ],
)
def test_encoding_that_is_not_said_is_guessed_and_the_guess_is_said(
    tmp_path: Path, words: str, encoding: str, name: str
) -> None:
    written = words.replace("ə", "e")
    document = read(tmp_path, "a.txt", written.encode(encoding))
    assert document.text == written
    assert name in document.notes[0]


def test_chinese_text_that_is_cut_within_its_last_character_is_still_chinese(tmp_path: Path) -> None:
    document = read(tmp_path, "a.txt", ("两国贸易额增长了百分之三十七。" * 9).encode("gb18030")[:-1])
    assert document.text.startswith("两国贸易额增长")
    assert "GB18030" in document.notes[0]


def test_damaged_utf_8_stays_utf_8_and_the_damage_is_said(tmp_path: Path) -> None:
    document = read(tmp_path, "a.txt", ("两国贸易额增长了百分之三十七。" * 9).encode()[:-1])
    assert document.text.startswith("两国贸易额增长")
    assert document.notes == ("1 character can't be read and shows as \ufffd.",)


def test_declaration_that_does_not_fit_the_bytes_is_not_used(tmp_path: Path) -> None:
    page = "<meta charset=big5><p>Торговля Азербайджана и Китая выросла".encode("cp1251")
    document = read(tmp_path, "a.html", page)
    assert document.text == "Торговля Азербайджана и Китая выросла"
    assert "windows-1251" in document.notes[0]


@given(st.text("абвгдежзийклмнопрстуфхцчшщъыьэюяАБВ .,", min_size=30, max_size=200))
def test_russian_letters_are_never_taken_for_others(words: str) -> None:
    text, notes, _ = decode("a.txt", f"Торговля {words}".encode("cp1251"))
    assert text == f"Торговля {words}"
    assert "windows-1251" in notes[0]


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.md"])
@pytest.mark.parametrize("start", [b"", b"\xff\xfe", b"\xef\xbb\xbf", b"<meta charset=gb18030>", b"\x89PNG\r\n"])
def test_random_bytes_are_refused(tmp_path: Path, name: str, start: bytes) -> None:
    for seed in range(5):
        with pytest.raises(UserError, match="is no text: it holds bytes that no text has"):
            read(tmp_path, name, start + random.Random(seed).randbytes(3_000))


def test_controls_are_left_out_and_said_and_marks_of_direction_stay(tmp_path: Path) -> None:
    document = read(tmp_path, "a.txt", "one\0 two\x1b[31m\r\nthree \u202efour\u202c" + " five" * 60)
    assert document.text.startswith("one two[31m\r\nthree \u202efour\u202c five")
    assert document.notes == ("2 control characters were left out, which no text holds.",)


# -- pages


def test_page_becomes_its_words_with_its_paragraphs(tmp_path: Path) -> None:
    page = (
        "<html><head><title> Trade &amp;\n growth </title><style>p{}</style><script>alert('x')</script></head><body>"
        "<nav>Home</nav><h1>Trade</h1><p>It <b>grew</b><br>by\n  37&nbsp;% &lt;b&gt;</p><p hidden>no</p>"
        "<div style='DISPLAY : none'>no <p>no</p></div><span aria-hidden='true'>no</span>"
        "<img src='https://example.org/a.png' alt='no' onerror='no()'><p>Next<!-- no --></p>"
        "<table><tr><td>2023</td><td>3.1</td></tr></table><pre>a\n  b</pre><noscript>no</noscript></body></html>"
    )
    document = read(tmp_path, "a.html", page)
    assert document.title == "Trade & growth"
    assert document.text == "Trade\n\nIt grew\nby 37 % <b>\n\nNext\n\n2023 | 3.1\n\na\nb"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<table><tr><th>Year<th>Oil<tr><td>1</td> <td>234</td></table>", "Year | Oil\n\n1 | 234"),
        ("<table><tr><td></td><td>2018</td><td></td></tr><tr><td>1<td></td><td>2</td></tr></table>",
         "| 2018\n\n1 |  | 2"),
        ("<table><tr><td><p>The port</p><p>It grew.</p></td><td><p>News</p></td></tr></table>",
         "The port\n\nIt grew.\n\nNews"),
        ("<table><tr><td><table><tr><td>1</td><td>2</td></tr></table></td><td>3</td></tr></table>", "1 | 2\n\n| 3"),
        ("10<sup>9</sup> tons, 10<sup>−3</sup>, 110<sup>9</sup>", "10^9 tons, 10^−3, 110 [9]"),
        ("5 km<sup>2</sup> and 7m<sup>3</sup>", "5 km² and 7m³"),
        ("500<sup>1</sup>, China<sup>2,3</sup> 5.<a><sup>4</sup></a>", "500 [1], China [2,3] 5. [4]"),
        ("500<sup>a</sup> <sup>[5]</sup>6 <sup>1</sup>234 <sup>1</sup>", "500 [a] [5]6 [1] 234 [1]"),
        ("10<sup>9</sup><sup></sup>5", "10^9 5"),
        ("10<sup>9<p>7", "10^9\n\n7"),
        ("the 19<sup>th</sup>, 500<sup>*</sup>", "the 19th, 500*"),
        ("CO<sub>2</sub>, H<sub>2</sub>O, 10<sub>2</sub>5", "CO2, H2O, 10_2 5"),
    ],
)  # fmt: skip
def test_numbers_of_a_page_stay_apart(tmp_path: Path, page: str, text: str) -> None:
    assert read(tmp_path, "a.html", f"<p>{page}").text == text


def test_numbers_of_a_table_stay_apart_when_they_are_cleaned(tmp_path: Path) -> None:
    page = "<table><tr><td>Oil</td><td>1</td><td></td><td>234</td></tr></table><pre>1 234   12</pre>"
    assert clean(read(tmp_path, "a.html", page).text).text == "Oil | 1 | | 234\n\n1 234  12"


def test_struck_out_text_is_left_out_and_that_is_said(tmp_path: Path) -> None:
    page = "<p>Trade grew by <del>5</del><ins>6</ins> % <span style='text-decoration: line-through'>today</span>."
    for name in ("a.html", "a.md"):
        document = read(tmp_path, name, page)
        assert document.text == "Trade grew by 6 % ."
        assert document.notes == ("2 pieces that are struck out on the page were left out.",)
    assert read(tmp_path, "b.html", "1 <s>2</s>").notes == ("A piece that is struck out on the page was left out.",)


def test_struck_out_text_without_an_end_is_kept_and_that_is_said(tmp_path: Path) -> None:
    document = read(tmp_path, "a.html", "<p>Trade grew by <del>5</del><ins>6</ins> %.<p><s>The port<p>The railway")
    assert document.text == "Trade grew by  5  6 %.\n\nThe port\n\nThe railway"
    assert "was kept" in document.notes[0]


def test_heading_stands_in_for_a_title(tmp_path: Path) -> None:
    assert read(tmp_path, "a.htm", "<h1>The <i>port</i></h1><p>grew").title == "The port"


@pytest.mark.parametrize(
    ("charset", "encoding"), [("gb2312", "gb18030"), ("windows-1251", "cp1251"), ("ISO-8859-9", "cp1254")]
)
def test_declared_encoding_of_a_page_is_used(tmp_path: Path, charset: str, encoding: str) -> None:
    words = {"gb18030": "两国贸易", "cp1251": "Торговля", "cp1254": "görüş"}[encoding]
    page = f"<meta http-equiv=x content='text/html; charset={charset}'><p>{words}</p>"
    assert read(tmp_path, "a.html", page.encode(encoding)) == Document(words, "html")


@pytest.mark.parametrize("charset", ["utf-7", "rot13", "zlib", "unicode_escape", "no-such"])
def test_declared_encoding_that_is_none_of_pages_is_not_used(tmp_path: Path, charset: str) -> None:
    document = read(tmp_path, "a.html", f"<meta charset={charset}><p>gör".encode("cp1254"))
    assert document.text == "gör"
    assert "windows-1254" in document.notes[0]


@pytest.mark.parametrize(
    "page",
    ["<div>" * 100_000, "<!--" * 100_000, "<a b='" * 50_000, "<![" * 100_000 + "]]>", "<" * 100_000,
     "<sup>1" * 50_000, f"<i style='{'text-decoration' * 50_000}'>", "<del>" * 50_000,
     "<div hidden>" * 50_000, "<script>" * 50_000, "&" * 500_000, "<title>" * 30_000, "<![if x]>" * 20_000],
    ids=["nested", "comments", "attributes", "sections", "brackets",
         "raised", "style", "struck out", "hidden", "scripts", "ampersands", "titles", "ifs"],
)  # fmt: skip
def test_hostile_page_ends_soon_as_text_or_with_a_sentence(tmp_path: Path, page: str) -> None:
    try:
        assert "words" in read(tmp_path, "a.html", f"<p>words</p>{page}").text
    except UserError as error:
        pytest.fail(str(error))


def test_page_of_ten_megabytes_is_read(tmp_path: Path) -> None:
    document = read(tmp_path, "a.html", "<p>" + "Some words of a long page. " * 370_000)
    assert len(document.text) > 9_500_000


# -- Markdown


def test_markdown_becomes_words_without_its_marks(tmp_path: Path) -> None:
    text = (
        "# Trade\n\nIt **grew** by [37 %](https://example.org) ![no](a.png).\n\n- one\n- two\n\n"
        "<script>no()</script>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    assert read(tmp_path, "a.md", text) == Document(
        "Trade\n\nIt grew by 37 % .\n\none\n\ntwo\n\na | b\n\n1 | 2", "markdown", "Trade"
    )


def test_long_markdown_keeps_its_marks_and_says_so(tmp_path: Path) -> None:
    document = read(tmp_path, "a.md", "*word* " * 40_000)
    assert document.text.startswith("*word* *word*")
    assert "marks were kept" in document.notes[0]


# -- PDF


def test_words_of_a_pdf_are_read_page_by_page(tmp_path: Path) -> None:
    document = read(tmp_path, "a.pdf", pdf("Trade grew", "and grew", title="Growth"))
    assert document == Document("Trade grew\n\nand grew", "pdf", "Growth")


def test_pdf_is_known_by_its_content(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", pdf("Trade grew")).kind == "pdf"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (pdf("", ""), "are pictures without text"),
        (pdf("Trade")[:300], "damaged or protected"),
        (b"no pdf at all", "damaged or protected"),
        (b"%PDF-1.7\n" + b"\xff" * 500, "damaged or protected"),
        (pdf("x", trailer=PASSWORD), "protected by a password"),
        (pdf("x", trailer="/Encrypt << /Filter /Own >>"), "damaged or protected"),
    ],
    ids=["pictures", "cut", "other", "rubbish", "password", "own protection"],
)  # fmt: skip
def test_pdf_that_can_not_be_read_gives_a_sentence(tmp_path: Path, data: bytes, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence) as caught:
        read(tmp_path, "report.pdf", data)
    assert "report.pdf" in str(caught.value)
    assert "paste" in str(caught.value)


# -- what is no document


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.docx", "x", "is no text that can be read"),
        ("a", "x", "is no text that can be read"),
        ("a.txt", "", "holds no words"),
        ("a.html", "<script>x</script><p hidden>y</p>", "holds no words"),
        ("a.txt", b"PK\x03\x04" + b"\0" * 100, "is no text"),
    ],
)
def test_what_is_no_document_is_refused(tmp_path: Path, name: str, data: bytes | str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        read(tmp_path, name, data)


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "b.txt").mkdir()
    for name, sentence in (("a.txt", "can't be read"), ("b.txt", "is no file")):
        with pytest.raises(UserError, match=sentence):
            read_document(tmp_path / name)


def test_sizes_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit, value, sentence in (
        ("MOST_BYTES", 10, "MB can be read"),
        ("MOST_CHARACTERS", 10, "characters; at most"),
        ("MOST_PAGES", 1, "2 pages"),
    ):  # fmt: skip
        with monkeypatch.context() as patched:
            patched.setattr(documents, limit, value)
            with pytest.raises(UserError, match=sentence):
                read(tmp_path, "a.pdf", pdf("Trade grew by far", "and on"))
