"""Which links stay as they are: the sender, the reader or a scanner would mind if they led elsewhere than they say.

To unsubscribe, by their URL, their text or the words around them; that show a URL or a host as their text; and those that
the sender opts out: `<a data-unsealed="off" ...>` or `<a notrack ...>`.
"""

import re

from chalicelib.domain.outgoing import top_level_domains
from chalicelib.domain.outgoing.contents import Link
from chalicelib.domain.outgoing.html import attributes, decoded, one_of
from chalicelib.domain.outgoing.html_text import visible_text

AROUND = 200  # characters before a link, in which the words may stand that say what it is for
_SHORT = 24  # characters: a link that says more than “click here” says itself what it is for

# What the words of a list have in common stands before them.
_UNSUBSCRIBE = (
    ("scri", ("unsubscri", "un-subscri", "desinscri", "désinscri", "desuscri", "disiscri", "dessubscri", "desubscri",
              "cancelar suscri", "cancelar la suscri", "anular suscri", "anular la suscri", "cancelar a subscri",
              "cancelar inscri", "cancelar a inscri", "annulla iscri", "annulla l'iscri", "cancella iscri",
              "cancella l'iscri", "cancella la tua iscri", "cancellare l'iscri", "annuler l'inscri")),
    ("abon", ("desabon", "désabon", "dezabon", "abonelikten")),
    ("meld", ("afmeld", "avmeld", "frameld", "meld deg av", "newsletter abmeld", "vom newsletter ab", "abmelde-link",
              "abmeldelink")),
    ("schrij", ("uitschrijv", "uitschrijf")),
    ("rece", ("no longer receive", "stop receiv", "longer wish to receive", "not wish to receive", "longer want to receive",
              "not want to receive", "prefer not to receive", "ne plus recevoir")), ("recib", ("no recibir más",)),
    ("prefer", ("email preferences", "e-mail preferences", "email-preferences", "mail_preferences")),
    ("remove ", ("remove me", "remove yourself", "remove your address")),
    ("baja", ("darse de baja", "dar de baja", "darme de baja", "date de baja")), ("baixa", ("donar-se de baixa",)),
    ("bestel", ("abbestell",)),  ("austrag", ("austragen",)),
    ("prenum", ("avprenum", "avsluta prenum")), ("registr", ("avregistrer",)),
    ("tila", ("peruuta tilaus", "peru tilaus", "lopeta tilaus")), ("poistu", ("poistu postituslistalta",)),
    ("subskr", ("anuluj subskr", "zrezygnuj z subskr", "rezygnacja z subskr")), ("wypisz", ("wypisz si",)),
    ("odhlas", ("odhlas",)), ("odjav", ("odjav",)), ("leiratk", ("leiratkoz",)), ("descad", ("descadastr",)),
    ("berhenti", ("berhenti berlangganan",)), ("loobu", ("loobu uudiskirjast",)), ("atteik", ("atteikties no",)),
)  # fmt: skip
# A first look, for nearly no link is one of those: what has a rare letter in it of each of them, which is sought by itself
# and takes little time.
_MAY_UNSUBSCRIBE = re.compile(
    r"b(?:scri(?<=[nsea -]subscri)|on[nea]|estell|aja|aixa|skr|erhenti|u uudis|meld|ir m)|c(?:ri(?<=[inu]scri)|adast)"
    r"|ce(?<=rece)|f(?:meld|rameld|erences)|j(?:[vf](?<=rij.)|av)|k(?:oz|ties)|z si"
    r"|p(?:t(?:ing|ed)?+.{0,3}?out|eruuta |eru |eta ti|oistu )"
    r"|v(?:meld|e me|e your|prenum|sluta|registr|om newsletter ab|(?<=meld deg av))"
)
_UNSUBSCRIBE_IN_OTHER_LETTERS = (
    "désinscri", "désabon", "säg upp prenum", "wypisz się", "odhlás", "listeden çık", "listeden ayrıl", "üyelikten çık",
    "abonelikten çık", "hủy đăng ký", "atsisakyti naujienlaišk", "απεγγραφ", "διαγραφή από", "отпис", "отпиш", "відпис",
    "退订", "退訂", "退会", "退會", "取消订阅", "取消訂閱", "取消订閱", "購読解除", "登録解除", "配信停止", "配信を停止",
    "配信の停止", "수신거부", "수신 거부", "구독취소", "구독 취소", "구독 해지", "إلغاء الاشتراك", "הסרה מרשימ", "ביטול מנוי",
    "ยกเลิกการสมัคร", "ยกเลิกการรับ",
)  # fmt: skip
# What a link says that does not say itself what it is for: “click here”, in whatever language.
_HERE_WORDS = """
here click link this page form hier klick klicken klicke diesen ici cliquez clic lien aquí aqui clique clicca
qui deze klik her här klicka klikk klikkaa tästä tutaj kliknij zde klikněte tu ide kattintson buraya tıklayın
тут здесь тук сюда εδώ כאן هنا stop no removal list preferences settings manage
"""
_HERE = frozenset(_HERE_WORDS.split())
_HERE_UNSPACED = ("こちら", "ここ", "这里", "此处", "這裡", "點此", "여기", "ที่นี่")
_OPT_OUT = re.compile(
    r"(?<![^\W\d_])opt(?:ing|ed)?(?:[-_ +.]|%20)?out(?!door|look|line|side|let|fit|put|rage|reach|come|back)"
)
# Whole texts of links that end a subscription, though their words alone say something else too.
_WHOLE_TEXTS = """
abmelden|hier abmelden|jetzt abmelden|cancellati|cancellami|cancelar subscrição|cancelar assinatura|sair da lista|meg meld av
meld av nyhetsbrev|avmelding|poistu listalta|lopeta tilaus|rezygnacja z newslettera|zrezygnuj|wypisz|odhlaste mě|zrušit odběr
отказаться от рассылки|відмовитися|κατάργηση εγγραφής|διαγραφή|διαγραφή από τη λίστα|メルマガ解除|解除|配信解除|הסר|להסרה
berhenti langganan|hentikan langganan|atsisakyti|atsisakyti naujienlaiškio|atteikties|loobu|tühista tellimus
donar-se de baixa|cancel·la la subscripció|renunță|renunta|dezabonare|leiratkozom|otkaži pretplatu|odjavi me
manage subscription|manage subscriptions|stop these emails|stop emails|stop these messages|leave this list|leave the list
mute this list|turn off these emails|turn off notifications|se retirer de la liste|stop aux e-mails|salir de la lista
"""
_ENDS_A_SUBSCRIPTION = frozenset(_WHOLE_TEXTS.replace("\n", "|").split("|")) - {""}
_LONGEST_END = 60  # characters of such a text, with the marks around it
# What is said beside a link such as “click here”: that somebody wants no more of it.
_NO_MORE = re.compile(
    r"n(?:o (?:longer (?:wish|want|care) to|more (?:e-?mails?|messages|updates|news)|(?:desea|quiere)s? .{0,20}recib)"
    r"|icht (?:mehr|länger) (?:erhalten|bekommen)|e (?:souhaitez|voulez|désirez) (?:plus|pas) .{0,15}recevoir"
    r"|on (?:vuoi|vuole|desideri|desidera|intendi) più ricev|ão (?:qui?[sz]?er|deseja)\w* .{0,15}receber"
    r"|ie chce\w* .{0,20}otrzymywać|(?:echce|epřeje)\w* .{0,25}dostávat|em szeretne .{0,30}kapni"
    r"|u (?:mai )?dori\w* .{0,20}prim)"
    r"|d(?:o(?:n.t| not) (?:wish|want) .{0,30}(?:mails?|news)\b|e(?:jar de recibir|ixar de receber))"
    r"|keine (?:weiteren |mehr )?.{0,20}(?:mails?|nachrichten|newsletter)|geen .{0,30}meer (?:te )?(?:ontvang|krijg)"
    r"|i(?:nte längre (?:vill|få)|kke (?:længere|lenger))|vill du inte (?:längre )?(?:få|ha)|almak istemiyor"
    r"|halua .{0,30}(?:vastaanottaa|viestejä|uutiskirje)|не (?:хотите|желаете|хочете|бажаєте) .{0,25}(?:получать|отримувати)"
    r"|δεν (?:θέλετε|επιθυμείτε) .{0,20}λαμβάν|不(?:想|希望)(?:再)?(?:收到|接收)|受信を(?:停止|希望)|원하지 않|받고 싶지"
)
_HOST = re.compile(r"(?:[\w-]++\.)++(xn--[\w-]+|[^\W\d_]{2,24})(?::[0-9]+)?(?:[/?#]\S*)?")
_EDGES = " <>()[]{}\"'“”„‘’‚«»‹›.,;:!?…→"
# Endings of file names, some of which are top-level domains too: a link “offer.pdf” shows no host.
_FILES = frozenset({"csv", "doc", "docx", "htm", "html", "ics", "js", "odp", "ods", "odt", "pdf", "ppt", "pptx", "rtf", "txt",
                    "xls", "xlsx", "xml", "gif", "jpeg", "jpg", "json", "php", "png", "svg", "zip", "mov", "mp4", "mp3", "ts",
                    "go", "db", "gz", "rb", "py", "md", "sh", "ps"})  # fmt: skip
_BLOCK_NAMES = "p div td tr table li ul ol h1 h2 h3 h4 h5 h6 blockquote hr section"
_LAST_BLOCK = re.compile(rf".*<(?:/?(?:{one_of(_BLOCK_NAMES.split())})(?=[\s/>])|/[aA]>)", re.DOTALL)


def left_alone(html: str, link: Link, url: str, above: int) -> bool:
    """Whether a link of a page stays as it is. `url` is where it leads, `above` where the link before it ends."""
    start, _, _, _, written, inside, inside_end = link
    tag = written.lower()
    if ("notrack" in tag or "data-unsealed" in tag) and _is_opted_out(written):
        return True
    text = visible_text(inside)
    if _unsubscribes(f"{url} {text}".lower(), len("http://")) or (
        ("." in text or "/" in text) and _is_address(text, url)
    ):
        return True
    if not text or len(text) > _LONGEST_END:
        return False
    said = text.lower().strip(_EDGES)
    return said in _ENDS_A_SUBSCRIPTION or (
        len(text) <= _SHORT
        and _says_here(said)
        and _is_said_around(html[max(above, start - AROUND) : start], html[inside_end : inside_end + AROUND])
    )


def _is_opted_out(tag: str) -> bool:
    named = attributes(tag)
    return "notrack" in named or named.get("data-unsealed", "").lower() == "off"


def _says_here(said: str) -> bool:
    return not _HERE.isdisjoint(said.split()) or (not said.isascii() and any(word in said for word in _HERE_UNSPACED))


def _unsubscribes(text: str, start: int = 0) -> bool:
    """Whether a text, in lower case, says that something is to end a subscription, in one of some forty languages.

    Before `start` stands nothing that does.
    """
    if _MAY_UNSUBSCRIBE.search(text, start) or not text.isascii() or "odhlas" in text or "austrag" in text:
        return _says_so(text)
    return False


def _says_so(text: str) -> bool:
    for common, alike in _UNSUBSCRIBE:
        if common in text:  # a loop: to make a generator takes as long as to look for five words
            for word in alike:
                if word in text:
                    return True
    if not text.isascii() and any(word in text for word in _UNSUBSCRIBE_IN_OTHER_LETTERS):
        return True
    return "opt" in text and _OPT_OUT.search(text) is not None


def _is_said_around(before: str, behind: str) -> bool:
    """Whether what stands around a link in its own sentence or paragraph says so."""
    block = _LAST_BLOCK.match(before)
    own = before[before.find(">", block.end() - 1) + 1 :] if block else before
    said = f"{own} {behind.partition('>')[2].partition('<')[0]}"
    return _wants_no_more(decoded(said).lower())


def _wants_no_more(text: str) -> bool:
    return _unsubscribes(text) or _NO_MORE.search(text) is not None


def _is_address(text: str, url: str) -> bool:
    """Whether a link shows its reader a URL or a host: where it then leads elsewhere, scanners suspect fraud.

    As MailScanner does: https://github.com/MailScanner/v5/issues/433. A name such as ASP.NET or St.Gallen is written in
    capitals where hosts are not, and is none unless the link leads there.
    """
    lower = text.lower().strip(_EDGES)
    if lower.startswith(("http://", "https://", "www.")):
        return True
    host = _HOST.fullmatch(lower)
    if host is None or host[1] in _FILES:
        return False
    top = host[1]
    if not (len(top) == 2 or not top.isascii() or top.startswith("xn--") or top in top_level_domains.NAMES):
        return False
    return text.strip(_EDGES) == lower or lower.partition("/")[0].removeprefix("www.") in url.lower()
