"""Links that stay: to unsubscribe, with merge tags, and those that show where they lead."""

import pytest

from chalicelib.domain.outgoing.rewriting import links


def stays(url: str = "https://x.example/u", text: str = "x", before: str = "", behind: str = "") -> bool:
    return links(f"<p>{before}<a href='{url}'>{text}</a>{behind}</p>") == ()


MERGE_TAGS = """
*|LINK|* %%link%% %recipient.link% %LINK% [LINK] [[link]] ${link} #{link} <<LINK>> <%=link%> {!link} ##link## {link} {{link}}
{contactfield=link} {%link%} @@LINK@@ @LINK@ ~~link~~ $$link$$ ||link|| «link» {{{link}}} [unsubscribe_link] %date% %{link}
{$link} [%link%] -link- |LINK| __LINK__
"""


@pytest.mark.parametrize("tag", MERGE_TAGS.split())
def test_a_merge_tag(tag):
    for url in (f"https://x.example/{tag}", f"https://x.example/?a=1&u={tag}&b=2", f"https://x.example/#{tag}"):
        assert stays(url.replace("<", "&lt;")), url
    assert stays(f"http://{tag}".replace("<", "&lt;")), "where the whole host is one"


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/?filter[name]=a&page[size]=2",
        "https://x.example/?ids[]=1",
        "https://x.example/-/tree/main/__init__.py?q=a|b|c&markers=-1-",
        "https://x.example/python/__init__/a-b-c/Foo__bar__baz?family=A|B",
        "https://x.example/caf%C3%A9/%E4%BD%A0%E5%A5%BD?q=100%25&r=a%20b%20c",
        "https://x.example/doc.aspx?sourcedoc={E50E2504-4F89-11D3-9A0C-0305E82C3301}&action=default",
        "https://[fe80::1]/x",
        "https://x.example/@ann/post-1~2!3*4$5#!/a/b",
        "https://medium.example/@ann/a@b",
        "https://x.example/a_(b)/c;d=e,f",
        "https://x.example/#object.__init__",
    ],
)
def test_no_merge_tag_but_a_usual_url(url):
    assert links(f"<a href='{url}'>x</a>") != ()


UNSUBSCRIBE = """
Unsubscribe; Un-subscribe; Opt out; opt-out here; Click to opt out; Newsletter abbestellen; Vom Newsletter abmelden; Austragen
Se désabonner; Se désinscrire; Darse de baja; Cancelar suscripción; Disiscriviti; Annulla iscrizione; Cancella la tua iscrizione
Cancelar inscrição; Descadastrar; Uitschrijven; Afmelden; Afmeld nyhedsbrev; Avmeld; Avregistrera; Avprenumerera; Meld deg av
Peruuta tilaus; Wypisz się; Zrezygnuj z subskrypcji; Odhlásit se; Leiratkozás; Dezabonare; Отписаться; Відписатися
Отпиши се; Odjava; Abonelikten çık; Απεγγραφή; 配信停止; 登録解除; 退会; 退订; 取消订阅; 수신거부; 구독 취소
إلغاء الاشتراك; ביטול מנוי; Hủy đăng ký; ยกเลิกการรับข่าวสาร; Berhenti berlangganan; Email preferences; Remove me
Donar-se de baixa de la llista; Poistu postituslistalta; Melden Sie sich vom Newsletter ab; Cancelar a subscrição; Opting out
Stop receiving these; To no longer receive mail; Remove yourself; Peru tilaus; Lopeta tilaus; Loobu uudiskirjast; Atteikties no
Anuluj subskrypcję; Desuscribirse; Cancelar la suscripción; Annuler l'inscription; Frameld; Avsluta prenumeration
Ne plus recevoir
"""


@pytest.mark.parametrize(
    "words", [each.strip() for line in UNSUBSCRIBE.splitlines() for each in line.split(";") if each]
)
def test_a_way_out_by_its_own_words_or_those_around_it(words):
    assert stays(text=words)
    assert stays(text=f"<b>{words.upper()}</b>") or words.upper().lower() != words.lower()
    assert stays(text="here", before=f"Too many mails? {words}: ")
    assert stays(text="click here", behind=f" if you want this: {words}.")


@pytest.mark.parametrize(
    ("before", "text", "behind"),
    [
        ("If you no longer wish to receive these mails, ", "click here", "."),
        ("To stop receiving our news, click ", "here", ""),
        ("Click ", "this link", " to opt out."),
        ("Wenn Sie den Newsletter abbestellen wollen, klicken Sie bitte ", "hier", "."),
        ("Pour vous désabonner, ", "cliquez ici", ""),
        ("配信停止は", "こちら", "から"),
    ],
)
def test_a_way_out_by_the_words_around_it(before, text, behind):
    assert stays(text=text, before=before, behind=behind)


@pytest.mark.parametrize(
    "place", ["<a name=end>", "<a name=end></a>", "<a href='#'>", "<a href=''>no more mails?</a> "]
)
def test_a_place_in_the_page_hides_no_words_around(place):
    assert stays(text="click here", before=f"{place}To unsubscribe: ")


def test_the_words_around_are_those_of_its_own_paragraph_and_no_others():
    html = (
        "<p>To unsubscribe, write.</p><p>Our offer is <a href='https://x.example/'>here</a>.</p><p>Unsubscribe: no.</p>"
    )
    assert links(html) == ("https://x.example/",)
    two = "<p><a href='https://x.example/u'>unsubscribe</a> or <a href='https://x.example/'>read more here</a></p>"
    assert links(two) == ("https://x.example/",)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://x.example/adopt-outdoor-cats", "our cats"),
        ("https://x.example/options/outlet", "an option"),
        ("https://x.example/co-opt-outline", "the outline"),
        ("https://x.example/", "Opt outdoors this summer"),
        ("https://x.example/subscribe", "Subscribe"),
        ("https://x.example/meldung", "Die Meldung"),
    ],
)
def test_no_way_out(url, text):
    assert not stays(url, text)


@pytest.mark.parametrize(
    "text", ["drawing.dwg", "ASP.NET", "St.Gallen", "Node.js", "archive.zip", "Dr.Best", "v2.0.beta"]
)
def test_what_only_looks_like_a_host(text):
    assert not stays("https://shop.example/a", text)


@pytest.mark.parametrize("text", ["shop.example", "SHOP.EXAMPLE", "example.com/a", "bbc.co.uk", "пример.рф", "x.io"])
def test_what_is_a_host(text):
    assert stays("https://shop.example/a", text)


@pytest.mark.parametrize(
    "text", ["Hier abmelden", "Cancellati", "Poistu listalta", "Отказаться от рассылки", "メルマガ解除", "Atsisakyti",
             "Manage subscription", "Stop these emails"],
)  # fmt: skip
def test_a_text_that_is_all_a_link_says_to_end_a_subscription(text):
    assert stays("https://x.example/u/1", text)


@pytest.mark.parametrize(
    "said",
    [
        "Wenn Sie keine weiteren E-Mails erhalten möchten, klicken Sie {}.",
        "Si no desea recibir más correos, haga clic {}.",
        "Se non vuoi più ricevere queste mail, {}.",
        "Se não quiser receber mais, {}.",
        "Wilt u geen e-mails meer ontvangen? {}.",
        "Jeśli nie chcesz otrzymywać wiadomości, {}.",
        "{} if you no longer wish to hear from us.",
    ],
)
def test_what_is_said_around_a_link_that_says_here(said):
    assert links(f"<p>{said.format('<a href=https://x.example/1>here</a>')}</p>") == ()


@pytest.mark.parametrize(
    "said",
    ["You do not want to miss this: {}.", "Om du inte vill missa det: {}.", "Vous ne voulez pas manquer ça : {}."],
)
def test_what_is_said_around_other_links(said):
    assert links(f"<p>{said.format('<a href=https://x.example/1>here</a>')}</p>") != ()
