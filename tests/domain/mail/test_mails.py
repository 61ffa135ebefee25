"""What a raw mail says of itself, and that nobody's From is taken for another's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.mail import mails
from tests.mails import a_mail

CLEAR = [
    "ann@sender.example",
    "Ann <ann@sender.example>",
    "ANN <Ann@Sender.Example>",
    '"Ann, of Sales" <ann@sender.example>',
    '"ann@sender.example" <ann@sender.example>',
    "ann@sender.example <ann@sender.example>",
    "=?utf-8?q?=C3=84nn?= <ann@sender.example>",
    "Ann (Sales) <ann@sender.example> (home)",
    "ann@sender.example (Ann)",
    "Ann\r\n <ann@sender.example>",
]
NOT_CLEAR = [
    "",
    "Ann",
    "ann@sender.example, eve@other.example",
    "Ann <ann@sender.example>, Eve <eve@other.example>",
    "<ann@sender.example> <eve@other.example>",
    "<eve@other.example> ann@sender.example",
    "eve@other.example <ann@sender.example>",
    "eve@other.example (<ann@sender.example>)",
    '"Eve <eve@other.example>" <ann@sender.example>',
    "friends: ann@sender.example, eve@other.example;",
    "friends: ann@sender.example;",
    "ann@sender.example eve@other.example",
    "ann@sender.example\x00eve@other.example",
    '"Ann <ann@sender.example>',
]


@pytest.mark.parametrize("value", CLEAR)
def test_one_author_is_known(value):
    assert mails.author(a_mail(From=value)) == "ann@sender.example"


@pytest.mark.parametrize("value", NOT_CLEAR)
def test_an_author_that_is_not_sure_is_none(value):
    assert mails.author(a_mail(From=value)) is None


def test_two_from_fields_name_no_author():
    assert mails.author(a_mail().replace(b"To:", b"From: ann@sender.example\r\nTo:", 1)) is None


def test_everybody_in_to_and_cc_is_named_once():
    raw = a_mail(
        To='"B, ob" <bob@x.example>, undisclosed: carol@y.example;, =?utf-8?q?=C3=84nn?= <ann@x.example>',
        Cc="d@x.example (Dan), BOB@x.example, nonsense, <>",
    )
    assert [(each.email, each.name) for each in mails.recipients(raw)] == [
        ("bob@x.example", "B, ob"),
        ("carol@y.example", ""),
        ("ann@x.example", "Änn"),
        ("d@x.example", ""),
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Offer for June", "Offer for June"),
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?b?R3LDvMOfZQ==?= =?iso-8859-1?q?_f=FCr?= Bob", "Grüße für Bob"),
        ("=?utf-8?q?a=0Ab=00c?=", "a b\ufffdc"),
        ("Grüße", "Grüße"),
        ("=?no-charset?q?x?=", "x"),
        ("=?windows-874?b?4M3hw7rU?=", "เอแรบิ"),
        ("=?gb2312?b?6UY=?=", "镕"),
        ("=?iso-2022-jp?b?GyRCLSEbKEI=?=", "①"),
        ("=?Shift_JIS?b?h0A=?=", "①"),
        ("=?x-sjis?b?k/qWew==?=", "日本"),
        ("=?euc-kr?b?jGM=?=", "똠"),
        ("=?euc-jp?b?raE=?=", "①"),
        ("=?UTF-8*de?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?q?Gr=C3=BC=FFe?=", "Grü\ufffde"),
        ("=?utf-8?b?R3LDvMM=?= =?utf-8?b?n2U=?=", "Grüße"),
        ("=?utf-8?b?R3LDvMOfZQ?= x", "Grüße x"),
        ("=?iso-8859-1?q?=80_5?=", "€ 5"),
        ("=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?q?a b?=", "a b"),
        ("one\r\n two", "one two"),
        ("x" * 3000, "x" * 998),
    ],
)
def test_a_subject_is_one_line_of_letters(written, said):
    assert mails.subject(a_mail(Subject=written)) == said


def test_a_name_keeps_its_brackets_and_a_comment_is_none():
    (smith, jones) = mails.mailboxes('"Smith, Bob (Sales)" <bob@x.example>, Jones (at home) <jones@x.example>')
    assert (smith, jones) == (("bob@x.example", "Smith, Bob (Sales)"), ("jones@x.example", "Jones"))


def test_an_address_may_have_two_dots_in_a_row():
    assert [email for email, _ in mails.mailboxes("Taro <ta..ro@carrier.example>")] == ["ta..ro@carrier.example"]


def test_a_thread_is_named_after_the_mail_that_began_it():
    assert mails.thread(a_mail(References="<a@x> <b@x>", In_Reply_To="<b@x>")) == "<a@x>"
    assert mails.thread(a_mail(In_Reply_To="<b@x>")) == "<b@x>"
    assert mails.thread(a_mail()) == mails.identity(a_mail()) == "<1@sender.example>"
    assert mails.thread(a_mail(Message_ID="")) is None


@given(st.binary(max_size=300))
def test_any_bytes_say_something_or_nothing(raw):
    for value in (raw, b"From: " + raw, b"To: " + raw, b"Subject: " + raw, b"References: " + raw):
        mails.author(value)
        mails.recipients(value)
        mails.thread(value)
        assert "\n" not in mails.subject(value)
