"""What is found in a mail, and where its own part ends."""

import pytest

from chalicelib.domain.outgoing.contents import contents


def hrefs(links):
    return [url for _, _, _, url, *_ in links]


def ends_before(html):
    return html[contents(html).end :]


def test_links_are_found_in_order_in_conditional_comments_too():
    html = "<a href=h1>x<!--[if mso]><v:rect href='h2'/><a href=h3>y</a><![endif]--></a><area href=h4><a name=n>"
    assert hrefs(contents(html).links) == ["h1", "h2", "h3", "h4"]


@pytest.mark.parametrize(
    "html",
    [
        "<!-- <a href=h1> -->",
        "<!--[if mso]><a href=h1>-->",  # never ends
        "<!--[if mso]><!-- <a href=h1> <![endif]-->",
        "<script>'<a href=h1>'</script>",
        "<img alt='<a href=h1>'>",
        "<link href=h1><base href=h1><abbr href=h1>",
    ],
)
def test_what_is_no_link_to_any_client_is_not_found(html):
    assert contents(html).links == []


def test_what_leads_to_no_web_page_may_be_passed_over():
    html = "<a href='#top'>x</a><a href=#2>x</a><a href=\"mailto:ann@x.example\"><b>x</b></a><A\nid=y HREF=/z>x</A>"
    assert hrefs(contents(html).links) == ["/z"]
    assert hrefs(contents(f"{html}<a href=h1>x</a>").links)[-1] == "h1"


def test_the_other_way_of_condition_holds_ordinary_links():
    html = "<!--[if !mso]><!--><a href=h1>x</a><!--<![endif]--><![if !mso]><a href=h2>y</a><![endif]>"
    assert hrefs(contents(html).links) == ["h1", "h2"]


@pytest.mark.parametrize(
    ("html", "inside"),
    [
        ("<a href=h1>x<b>y</b></a>z", ["x<b>y</b>"]),
        ("<a href=h1>x<a href=h2>y", ["x", "y"]),
        ("<a href=h1>x<a>y</a>", ["x"]),
        ("<a href=h1>x<area href=h2>y</a>", ["x", ""]),
        ("<v:rect href='h1'><v:textbox>x</v:textbox></v:rect>y", ["<v:textbox>x</v:textbox>"]),
        ("<v:rect href='h1' />x", [""]),
        ("<a href=h1>x<div class=gmail_quote>y</a>", ["x"]),
        ("<a href=h1>x<style></style>y<a href='#2'>z</a>", ["x<style></style>y"]),
    ],
)
def test_a_link_holds_what_stands_up_to_its_end_tag_or_the_next_link(html, inside):
    assert [found for *_, found, _ in contents(html).links] == inside


@pytest.mark.parametrize(
    ("html", "rest"),
    [
        ("<p>x", ""),
        ("<p>x</BODY >\n</html>", "</BODY >\n</html>"),
        ("<p>x</html>\n", "</html>\n"),
        ("<p>x</body></html>-- \nlist footer", "</body></html>-- \nlist footer"),
        ("<p>x<div><body>y</body></div>z</body>", "</body>"),
        ("<p>x<!-- </body> -->", ""),
        ("<p>x<!-- </body>", "<!-- </body>"),
        ("<p>x<style></body>", "<style></body>"),
        ("<p>x<a href='y", "<a href='y"),
        ("<p>x<div class=gmail_quote>y</div>z</body>", "<div class=gmail_quote>y</div>z</body>"),
        ("<div class=gmail_quote>y</div>z", "<div class=gmail_quote>y</div>z"),
        ("", ""),
    ],
)
def test_the_senders_part_ends_before(html, rest):
    assert ends_before(html) == rest


def test_what_stands_in_the_quoted_part_is_left_out():
    found = contents("<a href=h1>x</a><blockquote type=cite><a href=h2>y</a></blockquote><a href=h5>w</a></body>")
    assert hrefs(found.links) == ["h1"]
