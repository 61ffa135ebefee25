"""The line above what is quoted: every program's is known, and a sender's own line that names somebody is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.outgoing.attribution_lines import begun
from chalicelib.domain.outgoing.html_text import Line
from chalicelib.domain.outgoing.plain_text import read
from chalicelib.domain.outgoing.rewriting import links

# As programs write them; a backslash stands where they break the line.
ATTRIBUTIONS = """
On Mon, Nov 2, 2026 at 9:14 AM Bob Brown\\<bob@example.com> wrote:
Am Mo., 2. Nov. 2026 um 09:14 Uhr schrieb Bob Brown <bob@example.com>:
Op Ma 02 Nov. 2026 om 09:14 het Bob <bob@example.com> geskryf:
Erabiltzaileak (Bob <bob@example.com>) hau idatzi du (2026 aza. 2, al. (09:14)):
O luns, 2 de nov. de 2026 ás 9:14, Bob (<bob@example.com>) escribiu:
Missatge de Bob <bob@example.com> del dia dl., 2 de nov. 2026 a les 9:14:
Kuupäev E, 2. november 2026 kell 09:14 kirjutas Bob <bob@example.com>:
pirmd., 2026. g. 2. nov., plkst. 09:14 — lietotājs Bob (<bob@example.com>) rakstīja:
V V pon., 2. nov. 2026 ob 09:14 je oseba Bob <bob@example.com> napisala:
po 2. 11. 2026 o 9:14 Bob <bob@example.com> napísal(a):
po 2. 11. 2026 v 9:14 odesílatel Bob Brown <bob@example.com> napsal:
pon, 2. stu 2026. u 09:14 Bob <bob@example.com> napisao je:
пон, 2. нов 2026. у 09:14 Bob <bob@example.com> је написао/ла:
На пн, 2.11.2026 г. в 9:14 Bob <bob@example.com> написа:
Pe lun., 2 nov. 2026 la 09:14, Bob <bob@example.com> a scris:
در تاریخ دوشنبه ۲ نوامبر ۲۰۲۶،‏ ۹:۱۴ Bob <bob@example.com> نوشت:
सोम, 2 नव॰ 2026 को 9:14 am बजे को Bob <bob@example.com> ने लिखा:
Bob <bob@example.com>, 2 Kas 2026 Pzt, 09:14 tarihinde şunu yazdı:
Vào Th 2, 2 thg 11, 2026 vào lúc 09:14 Bob <bob@example.com> đã viết:
Pada tanggal Sen, 2 Nov 2026 pukul 09.14 Bob <bob@example.com> menulis:
Bob <bob@example.com> ezt írta (időpont: 2026. nov. 2., H, 9:14):
ma 2. marrask. 2026 klo 9.14 Bob Brown (bob@example.com) kirjoitti:
Den mån 2 nov. 2026 kl 09:14 skrev Bob Brown <\\bob@example.com>:
Den man. 2. nov. 2026 kl. 09.14 skrev Bob Brown <bob@example.com>:
man. 2. nov. 2026 kl. 09:14 skrev Bob Brown <bob@example.com>:
mán., 2. nóv. 2026 kl. 09:14 skrifaði Bob <bob@example.com>:
2026-11-02, pr, 09:14 Bob <bob@example.com> rašė:
El lun, 2 nov 2026 a las 9:14, Bob Brown (<bob@example.com>) escribió:
Em seg., 2 de nov. de 2026 às 09:14, Bob Brown <bob@example.com> escreveu:
Il giorno lun 2 nov 2026 alle ore 09:14 Bob Brown <bob@example.com> ha scritto:
Le lun. 2 nov. 2026 à 09:14, Bob Brown <bob@example.com> a écrit :
W dniu pon., 2 lis 2026 o 09:14 Bob Brown <bob@example.com> napisał(a):
pon., 2 lis 2026 o 09:14 Bob Brown <bob@example.com> napisał(a):
пн, 2 нояб. 2026 г. в 09:14, Bob Brown <bob@example.com>:
пн, 2 нояб. 2026 г. в 09:14, info <info@example.com>:
пн, 2 лист. 2026 р. о 09:14 Bob <bob@example.com> пише:
Στις Δευ 2 Νοε 2026 στις 9:14 π.μ., ο χρήστης Bob Brown <bob@example.com> έγραψε:
‫بتاريخ الاثنين، 2 نوفمبر 2026 في 9:14 ص تمت كتابة ما يلي بواسطة ‪Bob <bob@example.com>:
‫בתאריך יום ב׳, 2 בנוב׳ 2026 ב-9:14 מאת ‪Bob‬‏ <bob@example.com>:
2026年11月2日(月) 9:14 Bob Brown <bob@example.com>:
Bob Brown <bob@example.com> 于2026年11月2日周一 09:14写道：
Bob Brown <bob@example.com> 於 2026年11月2日 週一 上午9:14寫道：
2026년 11월 2일 (월) 오전 9:14, Bob Brown <bob@example.com>님이 작성:
2026/11/02 9:14、Bob Brown <bob@example.com>のメール:
ในวันที่ จ. 2 พ.ย. 2026 เวลา 09:14 Bob <bob@example.com> เขียนว่า:
Bob Brown <bob@example.com> writes:
bob brown <bob@example.com> writes:
bob@example.com writes:
In article <abc@news.example>, Bob Brown <bob@example.com> writes:
In message <abc@news.example>, Bob Brown wrote:
On Mon, Nov 02, 2026 at 09:14:02AM +0100, Bob Brown wrote:
On 2026-11-02, Bob Brown wrote:
Bob Brown wrote on 11/2/2026 9:14 AM:
Bob Brown schrieb am 02.11.2026 um 09:14:
Bob Brown a écrit le 02/11/2026 à 09:14 :
Bob Brown ha scritto il 02/11/2026 alle 09:14:
Bob Brown escribió el lunes, 2 de noviembre de 2026 a las 9:14:
Am Montag, den 2. November 2026, hat Bob Brown <bob@example.com> geschrieben:
Am 02.11.2026 um 09:14 schrieb Brown, Bob:
Am Montag, 2. November 2026, 09:14:02 CET schrieb Bob Brown:
Dnia 2 listopada 2026 09:14 Bob Brown <bob@example.com> napisał(a):
Quoting Bob Brown <bob@example.com>:
Zitat von Bob Brown <bob@example.com>:
Citando Bob Brown <bob@example.com>:
Monday, November 2, 2026, 9:14:02 AM, you wrote:
Понедельник, 2 ноября 2026, 9:14 +03:00 от Bob Brown <bob@example.com>:
02.11.2026, 09:14, "Bob Brown" <bob@example.com>:
2 Nov 2026, 09:14 by bob@example.com:
* Bob Brown <bob@example.com> [2026-11-02 09:14]:
Bob Brown (bob@example.com), 2026-11-02 09:14:
On Mon, 2 Nov 2026 09:14:02 +0100\\Bob Brown <bob@example.com> wrote:
On 2 Nov 2026, at 09:14, Prof. Bob Brown <bob@example.com> wrote:
On 2 Nov 2026 09:14, Prof. Bob Brown wrote:
On Monday 02 November 2026 09:14, Bob Brown wrote the following:
Op maandag 2 november 2026 schreef Bob Brown <bob@example.com> het volgende:
Op 2 nov. 2026, om 09:14 heeft Bob Brown <bob@example.com> het volgende geschreven:
El 2 nov 2026, a las 9:14, Bob Brown <bob@example.com> escribió:
Il giorno 2 nov 2026, alle ore 09:14, Bob Brown <bob@example.com> ha scritto:
Den 2. nov. 2026 kl. 09.14 skrev Bob Brown <bob@example.com>:
2 nov. 2026 kl. 09:14 skrev Bob Brown <bob@example.com>:
Em 2 de nov. de 2026, à(s) 09:14, Bob Brown <bob@example.com> escreveu:
No dia 2/11/2026, às 09:14, Bob Brown <bob@example.com> escreveu:
Bob Brown <bob@example.com> şunları yazdı (2 Kas 2026 09:14):
Wiadomość napisana przez Bob Brown <bob@example.com> w dniu 2 lis 2026, o godz. 09:14:
2 нояб. 2026 г., в 09:14, Bob Brown <bob@example.com> написал(а):
Bob Brown <bob@example.com> kirjoitti 2.11.2026 kello 9.14:
2. 11. 2026 v 9:14, Bob Brown <bob@example.com>:
在 2026年11月2日，09:14，Bob Brown <bob@example.com> 写道：
> Am 02.11.2026 um 09:14 schrieb Bob Brown <bob@example.com>:
Mensaje citado por Bob Brown <bob@example.com>:
Bob Brown <bob@example.com> schrieb am Fr., 28.\\Apr. 2017 um 11:53 Uhr:
Bob Brown via Team <team@example.com> wrote on Monday:
"""

# What people write.
OWN = """
Bob <bob@example.com> writes well, see:
Bob (bob@example.com) writes every Monday about gardens, his latest:
On 2 November 2026 at 9:14 I wrote down what we need from Bob <bob@example.com>:
Please write to Bob <bob@example.com> before 2 November 2026, here is the form:
Please send your questions to bob@example.com by 2 November 2026, 17:00, the form is here:
Questions by 17:00 on 2 November 2026 to bob@example.com, the page:
As you wrote on 2 November 2026, the offer is here:
What we wrote in 2025 still holds, see:
Write to bob@example.com and look here:
We meet on 2 November 2026 at 9:14 with Bob (bob@example.com), the room is here:
Bob <bob@example.com> schreibt gut, siehe:
Bob <bob@example.com> schreibt gute Texte, hier einer davon:
Bitte schreibt an bob@example.com, mehr unter:
Wie du am 2.11.2026 um 9:14 schriebst, hier der Link:
Anna schrieb 2024 ein Buch darüber, hier ist es:
Wir treffen uns am 2.11.2026 um 9:14 mit Bob (bob@example.com), Anfahrt:
Bob <bob@example.com> écrit très bien, voyez :
Merci d'écrire à bob@example.com avant le 2 novembre 2026, le formulaire :
En 2024 elle a écrit un livre, le voici :
Bob <bob@example.com> escribe muy bien, mira:
Si quieres, escribe a bob@example.com y mira esto:
Bob <bob@example.com> scrive bene, vedi:
Scrivi a bob@example.com oppure guarda qui:
Nel 2024 ha scritto un libro, eccolo:
Bob <bob@example.com> schrijft goed, zie:
In 2024 schreef ze een boek, hier is het:
Bob <bob@example.com> escreve bem, veja:
Bob <bob@example.com> skriver bra, se:
År 2024 skrev hon en bok, här är den:
Bob <bob@example.com> pisze dobrze, zobacz:
W 2024 napisała książkę, oto ona:
Боб <bob@example.com> пишет хорошо, смотри:
В 2024 году он написал книгу, вот она:
Bob <bob@example.com> kirjoitti kirjan, katso:
Bob <bob@example.com> píše dobře, viz:
Bob <bob@example.com> güzel yazdı, bakın:
Bob 写道很好的文章 bob@example.com，请看：
2026年11月2日 9:14 に bob@example.com へ送ってください。フォームはこちら：
The quote for Bob <bob@example.com>, see:
Quote 2026-114, valid until 2 November 2026:
Your quote of 2 November 2026:
The quotes from 2025 are here:
Our prices of 2026, in quotes:
The books she wrote in 2024:
What she wrote in 2024 is here:
Shakespeare wrote in 1601:
Bob wrote a guide at 9:14 this morning:
She wrote it in 2024. Here it is:
I wrote to bob@example.com about it:
I wrote to Bob <bob@example.com> yesterday:
You can write to Bob <bob@example.com>:
Write to bob@example.com:
If anything is unclear, write to bob@example.com. The agenda:
Ich schrieb Bob <bob@example.com> gestern, dass wir kommen. Der Plan:
Contact Bob <bob@example.com> or see:
For the trip on 2 November 2026, 9:14, ask bob@example.com:
Agenda for 2 November 2026, 9:14 (host: bob@example.com):
Next call: 2 November 2026 at 9:14, dial in or mail bob@example.com:
Carol (carol@example.com) writes about this every week, have a look:
Ask Carol <carol@example.com>, she wrote the guide:
Carol Smith <carol@example.com> just wrote to me with this idea:
Our colleague Carol <carol@example.com> wrote a nice summary, here:
As agreed with Carol <carol@example.com> on 3 March 2026 at 10:30, the plan is:
The workshop is on 3 March 2026, 10:30-12:00, led by carol@example.com, sign up:
Deadline: 3 March 2026, 10:30, to carol@example.com. Details:
From 3 March 2026 at 10:30 you can reach Carol <carol@example.com> here:
Contact: carol@example.com:
Please reply to carol@example.com before 10:30 on 3 March 2026, using this form:
In her mail of 3 March 2026 Carol wrote that we should look at this:
I quote from the report of 3 March 2026, page 4:
Quote of the day, 3 March 2026:
Here is the quote you asked for on 3 March 2026:
Das Angebot vom 3. März 2026, das Carol <carol@example.com> geschrieben hat, finden Sie hier:
Carol <carol@example.com> hat einen schönen Text geschrieben, siehe:
Schreiben Sie bis zum 3.3.2026 um 10:30 Uhr an carol@example.com, oder hier:
Ab dem 3. März 2026, 10:30 Uhr, erreichen Sie Carol (carol@example.com) unter:
Carol <carol@example.com> a écrit un beau texte, à lire ici :
Vous pouvez écrire à Carol <carol@example.com> ou voir :
Le 3 mars 2026 à 10:30, réunion avec Carol (carol@example.com), lien :
Carol <carol@example.com> ha escrito un artículo, aquí:
El 3 de marzo de 2026 a las 10:30 nos reunimos con Carol (carol@example.com), enlace:
Carol <carol@example.com> ha scritto un articolo, eccolo:
Il 3 marzo 2026 alle 10:30 incontriamo Carol (carol@example.com), il link:
Carol <carol@example.com> heeft een artikel geschreven, hier:
Carol <carol@example.com> escreveu um artigo, aqui:
Carol <carol@example.com> napisała artykuł, tutaj:
3 marca 2026 o 10:30 spotykamy się z Carol (carol@example.com), link:
Кэрол <carol@example.com> написала статью, вот она:
Carol <carol@example.com> bir makale yazdı, işte:
Carol <carol@example.com> skrev en artikel, här:
Carol <carol@example.com> skrev en artikkel, se her:
Carol <carol@example.com> kirjoitti artikkelin, tässä:
Carol <carol@example.com> napsala článek, zde:
Carol <carol@example.com> írt egy cikket, itt:
Carol <carol@example.com> a scris un articol, aici:
キャロル <carol@example.com> が記事を書きました、こちら：
Carol <carol@example.com> 写了一篇文章，请看：
Η Carol <carol@example.com> έγραψε ένα άρθρο, εδώ:
Carol <carol@example.com> wrote this on 3 March 2026, and it still holds:
Carol <carol@example.com> wrote it:
Carol wrote the report (3 March 2026):
Version of 3 March 2026, 10:30, written by carol@example.com:
Last change: 3 March 2026 10:30, carol@example.com:
My notes of 3 March 2026, 10:30:
Carol (carol@example.com):
Carol's slides <carol@example.com>, 3 March 2026 10:30, are here:
For Carol <carol@example.com>:
Dear Carol <carol@example.com>, as you wrote:
"""

MINE, THEIRS = "https://mine.example/", "https://theirs.example/"


def lines(text: str) -> list[Line]:
    return [Line(number, number + 1, line) for number, line in enumerate(text.split("\n"))]


def begins(text: str, contained: bool = False) -> int:
    said = lines(text)
    return begun(said, len(said) - 1, lambda _: contained)


@pytest.mark.parametrize("line", ATTRIBUTIONS.strip().split("\n"))
def test_below_a_programs_line_all_is_quoted(line):
    attribution = line.replace("\\", "\n")
    assert read(f"My answer: {MINE}\n\n{attribution}\n\n{THEIRS}\n").links == (MINE,)


@pytest.mark.parametrize("line", OWN.strip().split("\n"))
def test_below_a_senders_own_line_nothing_is(line):
    assert read(f"{line}\n\n{MINE}\n").links == (MINE,)
    shown = line.replace("<", "&lt;").replace(">", "&gt;")
    assert links(f"<p>At 9:30.</p><p>{shown}</p><p><a href='{MINE}'>more</a></p>") == (MINE,)


def test_it_begins_with_the_name_though_the_address_has_a_line_of_its_own():
    assert begins("See you.\nOn Mon, 2 Nov 2026 at 09:14, Bob Brown\n<bob@example.com> wrote:") == 1


def test_what_was_said_before_it_is_no_part_of_it():
    assert begins("We meet on 2 November 2026 at 9:14 in the hall. Eve wrote:") == -1
    assert begins("On 2 Nov 2026 09:14, Prof. Brown wrote:") == 0


@pytest.mark.parametrize(
    "line",
    [
        "Bob Brown <bob@example.com>:",
        "2 November 2026, 9:14:",
        "On Thu, Aug 01, 2002 at 04:03:07PM +0100, Bob Brown mentioned:",
        "As Bob wrote on 2 November 2026:",
        "2026(e)k aza. 2(a) (09:14), Bob <bob@example.com> igorleak hau bidali du:",
    ],
)
def test_it_may_say_less_above_what_is_set_off(line):
    assert begins(line) == -1
    assert begins(line, contained=True) == 0


@pytest.mark.parametrize(
    "line", ["We agreed on this on 2 November 2026, 9:14:", "Prices for bob@example.com, valid until Monday:"]
)
def test_what_is_set_off_makes_no_quotation_of_a_senders_line(line):
    assert begins(line, contained=True) == -1


@pytest.mark.parametrize("end", ["wrote", "wrote: so", ""])
def test_without_a_colon_at_its_end_it_is_none(end):
    assert begins(f"On 2 Nov 2026 09:14, Bob <bob@example.com> {end}") == -1


@pytest.mark.parametrize(
    "unit", ["Bob <bob@example.com> wrote:\n", "a@b.example ", "On 2 Nov 2026 09:14 ", "wrote ", "x. Y "]
)
def test_a_line_as_long_as_no_programs_is_none(unit):
    assert begins(unit * 400 + ":") == -1


_PIECES = [
    "Bob ",
    "bob ",
    '"',
    "<",
    ">",
    "bob@example.com",
    " wrote",
    "2 Nov 2026",
    " 9:14",
    ", ",
    ": ",
    ". ",
    "(",
    ")",
    "\n",
    "写道",
    "、",
    "to ",
]


@given(st.lists(st.sampled_from(_PIECES)).map("".join) | st.text(), st.booleans())
def test_any_text_is_read(text, contained):
    said = lines(text + ":")
    assert -1 <= begun(said, len(said) - 1, lambda _: contained) < len(said)


def test_an_address_in_quotation_marks_alone_names_nobody():
    assert begins('"see bob@example.com":', contained=True) == -1
