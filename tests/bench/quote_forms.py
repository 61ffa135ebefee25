"""How mail programs quote a mail that is answered or forwarded: their structure, in our own words.

Each form holds `THEIRS`, the HTML of the mail that is quoted, where the program puts it. The sources are what the programs are
seen to send, and their published code where there is some. Some put a prefix before ids and classes of what they quote, or go
through what scanners make of links.
"""

BOB = "Bob Brown &lt;<a href='mailto:bob@example.com'>bob@example.com</a>&gt;"
GMAIL_BOX = 'class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex"'
HEADER = (
    "<b>From:</b> Bob Brown &lt;bob@example.com&gt;<br><b>Sent:</b> Monday, November 2, 2026 9:14 AM<br>"
    "<b>To:</b> Ann &lt;ann@example.com&gt;<br><b>Subject:</b> Re: The offer<br>"
)
WORD = "<div style='border:none;border-top:solid {} 1.0pt;padding:3.0pt 0{} 0{} 0{}'><p class=MsoNormal>{}</p></div>"

FORMS = {
    "Gmail": f'<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Nov 2, 2026 at 9:14 AM {BOB} wrote:<br></div><blockquote {GMAIL_BOX}>THEIRS</blockquote></div>',
    "Gmail, older": f'<div class="gmail_extra"><br><div class="gmail_quote">On Mon, Nov 2, 2026 at 9:14 AM, Bob Brown <span dir="ltr">&lt;bob@example.com&gt;</span> wrote:<br><blockquote {GMAIL_BOX}>THEIRS</blockquote></div></div>',
    "Gmail, forwarding": '<div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <strong>Bob Brown</strong> <span>&lt;bob@example.com&gt;</span><br>Date: Mon, Nov 2, 2026 at 9:14 AM<br>Subject: The offer<br>To: &lt;ann@example.com&gt;<br></div><br><br>THEIRS</div>',
    "Gmail in Japan": '<div><div dir="ltr">2026年11月2日(月) 9:14 Bob Brown &lt;<a href="mailto:bob@example.com">bob@example.com</a>&gt;:<br></div><blockquote style="margin:0 0 0 .8ex;border-left:1px solid rgb(204,204,204)">THEIRS</blockquote></div>',
    "Gmail's quote, cleaned of its classes": "<div><div>Le lun. 2 nov. 2026 à 09:14, Bob Brown &lt;bob@example.com&gt; a écrit :<br></div><blockquote style='margin:0 0 0 0.8ex'>THEIRS</blockquote></div>",
    "Apple Mail": '<div><br><blockquote type="cite"><div>On 2 Nov 2026, at 09:14, Bob Brown &lt;bob@example.com&gt; wrote:</div><br class="Apple-interchange-newline"><div>THEIRS</div></blockquote></div>',
    "Apple Mail, forwarding": '<div><br><div>Begin forwarded message:</div><br class="Apple-interchange-newline"><blockquote type="cite"><div><span><b>From: </b></span><span>Bob Brown &lt;bob@example.com&gt;<br></span></div><div><b>Subject: </b>The offer</div><div><b>Date: </b>2 November 2026 at 09:14:02 CET</div>THEIRS</blockquote></div>',
    "iOS Mail": '<div dir="ltr"></div><div dir="ltr"><br><blockquote type="cite">Am 02.11.2026 um 09:14 schrieb Bob Brown &lt;bob@example.com&gt;:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">THEIRS</div></blockquote>',
    "Thunderbird": '<div class="moz-cite-prefix">On 02/11/2026 09:14, Bob Brown wrote:<br></div><blockquote type="cite" cite="mid:1@example.com">THEIRS</blockquote>',
    "Thunderbird, forwarding": '<div class="moz-forward-container"><br>-------- Forwarded Message --------<table class="moz-email-headers-table"><tbody><tr><th>Subject: </th><td>The offer</td></tr><tr><th>Date: </th><td>Mon, 2 Nov 2026 09:14:02 +0100</td></tr><tr><th>From: </th><td>Bob Brown &lt;bob@example.com&gt;</td></tr></tbody></table><br>THEIRS</div>',
    "Thunderbird, its classes gone": "<p>-------- Weitergeleitete Nachricht --------</p><table><tbody><tr><th>Betreff: </th><td>Angebot</td></tr><tr><th>Datum: </th><td>Mon, 2 Nov 2026 09:14:02 +0100</td></tr><tr><th>Von: </th><td>Bob Brown &lt;bob@example.com&gt;</td></tr></tbody></table>THEIRS",
    "Outlook for Windows": WORD.format("#E1E1E1", "in", "in", "in", HEADER) + "THEIRS",
    "Outlook for Windows 2010, German": WORD.format("#B5C4DF", "cm", "cm", "cm", HEADER.replace("From", "Von").replace("Sent", "Gesendet").replace("To:", "An:").replace("Subject", "Betreff")) + "THEIRS",
    "Outlook with a header block only": f"<p class=MsoNormal>{HEADER}</p><p>THEIRS</p>",
    "Outlook with a header block of names, French": "<p><b>De :</b> Bob Brown<br><b>Envoyé :</b> lundi 2 novembre 2026 09:14<br><b>À :</b> Ann<br><b>Objet :</b> L'offre</p><p>THEIRS</p>",
    "Outlook on the web": f'<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">{HEADER}</div><div>THEIRS</div>',
    "Outlook on the web, quoted by Gmail": f'<div id="m_-4418870239115170721divRplyFwdMsg" dir="ltr">{HEADER}</div><div>THEIRS</div>',
    "Outlook on the web, quoted by itself": f'<div id="x_x_divRplyFwdMsg" dir="ltr">{HEADER}</div><div>THEIRS</div>',
    "Outlook on a phone": f'<div class="ms-outlook-mobile-reference-message"><hr>{HEADER}</div><div>THEIRS</div>',
    "Outlook on a phone, newer": f'<div id="mail-editor-reference-message-container"><div>{HEADER}</div>THEIRS</div>',
    "Outlook for Mac": f'<span id="OLK_SRC_BODY_SECTION"><div style="border-top:#B5C4DF 1pt solid">{HEADER}</div>THEIRS</span>',
    "Windows Mail": f'<div style="padding-top:5px;border-top-color:rgb(229,229,229);border-top-width:1px;border-top-style:solid"><div><font face="Calibri">{HEADER}</font></div></div><div>THEIRS</div>',
    "Windows Live Mail": f'<DIV style="FONT: 10pt tahoma"><DIV style="BACKGROUND: #f5f5f5">{HEADER}</DIV></DIV><DIV>THEIRS</DIV>',
    "Outlook Express": f'<BLOCKQUOTE style="PADDING-LEFT: 5px; BORDER-LEFT: #000000 2px solid"><DIV>----- Original Message ----- </DIV>{HEADER}THEIRS</BLOCKQUOTE>',
    "Spark": f'<div name="messageReplySection">On Nov 2, 2026 at 09:14 +0100, {BOB}, wrote:<br><blockquote type="cite" style="border-left:thin solid #1abc9c">THEIRS</blockquote></div>',
    "Yahoo": f'<div id="ydp3c9e1f2ayahoo_quoted_6612" class="ydp3c9e1f2ayahoo_quoted"><div>On Monday, November 2, 2026 at 09:14:02 AM GMT+1, {BOB} wrote: </div><div>THEIRS</div></div>',
    "AOL": '<div class="aolmail_replyBody" style="font-size:10pt">-----Original Message-----<br>From: Bob Brown &lt;bob@example.com&gt;<br>To: ann &lt;ann@example.com&gt;<br>Sent: Mon, Nov 2, 2026 9:14 am<br>Subject: The offer<br><br>THEIRS</div>',
    "Zimbra": f'<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><blockquote style="border-left:2px solid #1010FF">{HEADER}</blockquote></div><div data-marker="__QUOTED_TEXT__"><blockquote style="border-left:2px solid #1010FF">THEIRS</blockquote></div>',
    "mail.ru": '<br><blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px">Понедельник, 2 ноября 2026, 9:14 +03:00 от Bob Brown &lt;<a href="mailto:bob@example.com">bob@example.com</a>&gt;:<br> <div>THEIRS</div></blockquote>',
    "Yandex": '<div> </div><div>02.11.2026, 09:14, "Bob Brown" &lt;bob@example.com&gt;:</div><blockquote><div>THEIRS</div></blockquote>',
    "GMX and web.de": '<div name="quote" style="margin:10px 5px 5px 10px;border-left:2px solid #C3D9E5"><div><b>Gesendet:</b>&nbsp;Montag, 02. November 2026 um 09:14 Uhr<br/><b>Von:</b>&nbsp;"Bob Brown" &lt;bob@example.com&gt;<br/><b>An:</b>&nbsp;ann@example.com<br/><b>Betreff:</b>&nbsp;Angebot</div><div name="quoted-content">THEIRS</div></div>',
    "Proton": '<div class="protonmail_quote">On Monday, November 2nd, 2026 at 9:14 AM, Bob Brown &lt;bob@example.com&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">THEIRS</blockquote></div>',
    "Tuta": '<div>2 Nov 2026, 09:14 by bob@example.com:<br></div><blockquote class="tutanota_quote" style="border-left:1px solid #93A3B8">THEIRS</blockquote>',
    "Zoho": '<div class="zmail_extra_hr" style="border-top:1px solid #ccc"></div><div class="zmail_extra" data-zbluepencil-ignore="true"><div id="Zm-_Id_-Sgn1">---- On Mon, 02 Nov 2026 09:14:02 +0100 <b>Bob Brown &lt;bob@example.com&gt;</b> wrote ---</div><blockquote>THEIRS</blockquote></div>',
    "Fastmail": '<div>On Mon, 2 Nov 2026, at 9:14 AM, Bob Brown wrote:<br></div><blockquote type="cite" id="qt">THEIRS</blockquote>',
    "Roundcube": '<p id="reply-intro">On 2026-11-02 09:14, Bob Brown wrote:</p><blockquote type="cite" style="padding:0 0.4em;border-left:#1010ff 2px solid">THEIRS</blockquote>',
    "Horde": "<p>Zitat von Bob Brown &lt;bob@example.com&gt;:</p><blockquote style='border-left:2px solid blue;padding-left:5px'>THEIRS</blockquote>",
    "SOGo": '<br>On Monday, November 02, 2026 09:14 CET, "Bob Brown" &lt;bob@example.com&gt; wrote:<br>&nbsp;<blockquote type="cite" cite="1@example.com">THEIRS</blockquote>',
    "Evolution": "<div>On Mon, 2026-11-02 at 09:14 +0100, Bob Brown wrote:</div><blockquote type='cite' style='margin:0 0 0 .8ex'>THEIRS</blockquote>",
    "Evolution, as Outlook does": "<div>-----Original Message-----</div><div><b>From</b>: Bob Brown &lt;bob@example.com&gt;</div><div><b>To</b>: ann@example.com</div><div><b>Subject</b>: The offer</div><div><b>Date</b>: Mon, 02 Nov 2026 09:14:02 +0100</div><div>THEIRS</div>",
    "KMail": "<p>On Monday, 2 November 2026 09:14:02 CET Bob Brown wrote:</p><p>THEIRS</p>",
    "HCL Notes": '<br><br><font size=1 color=#5f5f5f>From: &nbsp; &nbsp; &nbsp; &nbsp;</font><font size=1>"Bob Brown" &lt;bob@example.com&gt;</font><br><font size=1>To: &nbsp; &nbsp; &nbsp;</font><font size=1>ann@example.com</font><br><font size=1>Date: &nbsp; &nbsp;</font><font size=1>02/11/2026 09:14</font><br><font size=1>Subject: &nbsp;</font><font size=1>The offer</font><hr noshade><br>THEIRS',
    "GroupWise": "<br>&gt;&gt;&gt; Bob Brown &lt;bob@example.com&gt; 11/2/2026 9:14 AM &gt;&gt;&gt;<br>THEIRS",
    "QQ": '<div style="font-size:12px;padding:2px 0">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="font-size:12px;background:#efefef;padding:8px"><div><b>发件人:</b>&nbsp;"Bob"&lt;bob@example.com&gt;;</div><div><b>发送时间:</b>&nbsp;2026年11月2日(星期一) 上午9:14</div><div><b>收件人:</b>&nbsp;"ann"&lt;ann@example.com&gt;;</div><div><b>主题:</b>&nbsp;报价</div></div><div>THEIRS</div>',
    "NetEase": '<div id="isReplyContent"><p>At 2026-11-02 09:14:02, "Bob Brown" &lt;bob@example.com&gt; wrote:</p><blockquote style="PADDING-LEFT:1ex;BORDER-LEFT:#ccc 1px solid">THEIRS</blockquote></div>',
    "Naver": "<div>-----Original Message-----<br><b>From:</b> \"Bob\" &lt;bob@example.com&gt;<br><b>To:</b> ann@example.com<br><b>Cc:</b> <br><b>Sent:</b> 2026-11-02 (월) 09:14:02 (GMT+09:00)<br><b>Subject:</b> offer<br><br>THEIRS</div>",
    "Daum, its labels Korean": "<p>보낸 사람: Bob &lt;bob@example.com&gt;<br>받는 사람: ann@example.com<br>날짜: 2026-11-02 09:14:02<br>제목: 견적</p><p>THEIRS</p>",
    "Samsung Email": "<div><br></div><div style='font-size:100%'><!-- originalMessage --><div>-------- Original message --------</div><div>From: Bob Brown &lt;bob@example.com&gt; </div><div>Date: 02/11/2026 09:14 (GMT+01:00) </div><div>To: ann@example.com </div><div>Subject: The offer </div><div><br></div></div>THEIRS",
    "K-9 Mail": '<br><br><div class="gmail_quote">Am 2. November 2026 09:14:02 MEZ schrieb Bob Brown &lt;bob@example.com&gt;:<blockquote class="gmail_quote" style="border-left:1px solid #729fcf">THEIRS</blockquote></div>',
    "FairEmail": '<div fairemail="reply"><p>On November 2, 2026 9:14:02 AM Bob Brown &lt;bob@example.com&gt; wrote:</p><blockquote style="border-left:3px solid #ccc">THEIRS</blockquote></div>',
    "eM Client": '<div><br></div><div>------ Original Message ------</div><div>From "Bob Brown" &lt;<a href="mailto:bob@example.com">bob@example.com</a>&gt;</div><div>To ann@example.com</div><div>Date 02.11.2026 09:14:02</div><div>Subject The offer</div><blockquote cite="1@example.com" class="cite2" type="cite">THEIRS</blockquote>',
    "Mailbird": '<br><div class="gmail_quote">On 02/11/2026 09:14:02, Bob Brown &lt;bob@example.com&gt; wrote:<br><div class="gmail_quote_body"><blockquote>THEIRS</blockquote></div></div>',
    "Orange and La Poste": "<blockquote>&gt; Message du 02/11/26 09:14<br>&gt; De : \"Bob Brown\" &lt;bob@example.com&gt;<br>&gt; A : ann@example.com<br>&gt; Copie à : <br>&gt; Objet : L'offre<br>&gt; <br>THEIRS</blockquote>",
    "Libero": "<blockquote style='margin:0 0 0 10px;border-left:2px solid #4a90e2'>Il 02/11/2026 09:14 Bob Brown &lt;bob@example.com&gt; ha scritto:<br>THEIRS</blockquote>",
    "Seznam": "<hr><p>---------- Původní e-mail ----------<br>Od: Bob Brown &lt;bob@example.com&gt;<br>Komu: ann@example.com<br>Datum: 2. 11. 2026 9:14:02<br>Předmět: Nabídka</p><p>THEIRS</p>",
    "WP.pl": "<div>Dnia 2 listopada 2026 09:14 Bob Brown &lt;bob@example.com&gt; napisał(a):</div><div style='border-left:2px solid #00f;padding-left:6px'>THEIRS</div>",
    "Front": '<div>On November 2, 2026 at 9:14 AM GMT+1 bob@example.com wrote:</div><blockquote type="cite" class="front-blockquote">THEIRS</blockquote>',
    "Missive": '<div class="missive_quote">On November 2, 2026 at 9:14 AM, Bob Brown (bob@example.com) wrote:<br><blockquote>THEIRS</blockquote></div>',
    "Lark": '<div class="history-quote-wrapper" id="lark-mail-quote-177"><div>From: "Bob Brown"&lt;bob@example.com&gt;</div><div>Date: Mon, Nov 2, 2026, 09:14</div><div>Subject: The offer</div>THEIRS</div>',
    "Edison": '<div id="edo-original"><div>On Mon, Nov 2, 2026 at 9:14 AM, Bob Brown &lt;bob@example.com&gt; wrote:</div><blockquote>THEIRS</blockquote></div>',
    "BlackBerry": "<div style='border-top:solid #B5C4DF 1pt'><table><tr><td><b>From: </b>Bob Brown</td></tr><tr><td><b>Sent: </b>Monday, November 2, 2026 9:14 AM</td></tr><tr><td><b>To: </b>Ann</td></tr><tr><td><b>Subject: </b>The offer</td></tr></table></div>THEIRS",
    "a program nobody knows, Finnish": "<p>ma 2. marrask. 2026 klo 9.14 Bob Brown kirjoitti:</p><div style='margin-left:1em;border-left:2px solid gray'>THEIRS</div>",
    "a program nobody knows, Icelandic": "<hr><p><b>Frá:</b> Bob Brown &lt;bob@example.com&gt;<br><b>Sent:</b> 2. nóvember 2026 09:14<br><b>Til:</b> ann@example.com<br><b>Efni:</b> Tilboð</p>THEIRS",
    "a program nobody knows, Basque": "<div><b>Igorlea</b>: Bob &lt;bob@example.com&gt;<br><b>Noiz</b>: 2026-11-02 09:14<br><b>Hartzailea</b>: ann@example.com<br><b>Gaia</b>: Eskaintza</div><div>THEIRS</div>",
    "a program nobody knows, of no verb": "<div>Bob Brown (bob@example.com), 2026-11-02 09:14:</div><blockquote>THEIRS</blockquote>",
}  # fmt: skip
"""By the name of the program. None is changed by how its quoted mail reads."""
