"""What is found in a mail, and where its own part ends."""

import pytest

from chalicelib.domain.outgoing.contents import contents


def hrefs(links):
    return [url for _, _, _, url, *_ in links]


def ends_before(html):
    return html[contents(html).end :]


def test_links_are_found_in_order_in_conditional_comments_too():
    html = "<a href=1>x<!--[if mso]><v:rect href='2'/><a href=3>y</a><![endif]--></a><area href=4><a name=n>"
    assert hrefs(contents(html).links) == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    "html",
    [
        "<!-- <a href=1> -->",
        "<!--[if mso]><a href=1>-->",  # never ends
        "<!--[if mso]><!-- <a href=1> <![endif]-->",
        "<script>'<a href=1>'</script>",
        "<img alt='<a href=1>'>",
        "<link href=1><base href=1><abbr href=1>",
    ],
)
def test_what_is_no_link_to_any_client_is_not_found(html):
    assert contents(html).links == []


def test_the_other_way_of_condition_holds_ordinary_links():
    html = "<!--[if !mso]><!--><a href=1>x</a><!--<![endif]--><![if !mso]><a href=2>y</a><![endif]>"
    assert hrefs(contents(html).links) == ["1", "2"]


@pytest.mark.parametrize(
    ("html", "inside"),
    [
        ("<a href=1>x<b>y</b></a>z", ["x<b>y</b>"]),
        ("<a href=1>x<a href=2>y", ["x", "y"]),
        ("<a href=1>x<a>y</a>", ["x"]),
        ("<a href=1>x<area href=2>y</a>", ["x", ""]),
        ("<v:rect href='1'><v:textbox>x</v:textbox></v:rect>y", ["<v:textbox>x</v:textbox>"]),
        ("<v:rect href='1' />x", [""]),
        ("<a href=1>x<div class=gmail_quote>y</a>", ["x"]),
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
    found = contents("<a href=1>x</a><blockquote type=cite><a href=2>y</a></blockquote><a href=5>w</a></body>")
    assert hrefs(found.links) == ["1"]
