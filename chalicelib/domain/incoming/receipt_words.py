"""The words of receipts that lost the part which programs read: what their subjects begin with, and what they say.

From the receipts of Exchange, Outlook, Thunderbird, Roundcube, Zimbra, Evolution, KMail, HCL Notes, GroupWise and Foxmail: each
writes the same sentence every time, in the language of the mailbox. Each line is an expression, in lower case.
"""

SUBJECTS = r"""
(?:not )?read ?:
read[- ]?receipt
(?:delivered|relayed|opened|displayed) ?:
return[- ]receipt
(?:message )?disposition notification
delivery notification(?: for)? ?:
(?:confirmation|notification) of (?:reading|delivery|receipt)
(?:nicht |ungelesen )?(?:gelesen|gelöscht|zugestellt|weitergeleitet) ?:
(?:lese|empfangs)bestätigung
(?:non )?lue? ?:
(?:remis|distribué|transmis) ?:
(?:accusé|confirmation) de (?:lecture|réception|remise)
(?:no )?leído ?:
(?:entregado|retransmitido) ?:
(?:acuse|confirmación) de (?:lectura|recibo|recepción|entrega)
(?:non )?letto ?:
(?:consegnato|inoltrato|recapitato) ?:
(?:ricevuta|conferma) di (?:lettura|ritorno|ricezione|consegna|recapito)
(?:não )?(?:lid[ao]|entregue) ?:
(?:confirmação|recibo|aviso) de (?:leitura|recebimento|recepção|entrega)
(?:niet )?gelezen ?:
(?:bezorgd|afgeleverd) ?:
(?:lees|ontvangst)bevestiging
(?:inte |olä)?läst ?:
läskvitto|kvitto
(?:ikke )?(?:læst|lest) ?:
(?:leveret|levert|levererat) ?:
(?:kvittering|læsekvittering|lesebekreftelse)
(?:ei )?luettu ?:
(?:toimitettu) ?:
(?:lukukuittaus|vastaanottokuittaus)
(?:nie )?przeczytan[aoey] ?:
(?:dostarczon[aoey]) ?:
potwierdzenie (?:przeczytania|odbioru|dostarczenia)
(?:ne)?přečten[oaý] ?:
potvrzení o (?:přečtení|doručení)
(?:ne)?prečítan[éaoý] ?:
potvrdenie o (?:prečítaní|doručení)
(?:nem )?olvasott ?:
(?:olvasási|kézbesítési) (?:visszaigazolás|értesítés)
(?:ne)?citit[ăe]? ?:
(?:не )?(?:прочтен[оа]|прочитан[оа]|доставлено|прочетено) ?:
(?:уведомление|отч[её]т|подтверждение) о (?:прочтении|доставке)
(?:не)?прочитано ?:
(?:ne)?pro[čc]itano ?:
(?:ne)?prebrano ?:
(?:okundu|okunmadı|teslim edildi) ?:
(?:αναγνώστηκε|διαβάστηκε|παραδόθηκε) ?:
loetud ?:|lasīts ?:|perskaityta ?:|llegit ?:|irakurrita ?:
(?:開封済み|開封確認|既読|未開封|配信済み)
(?:已读|已讀|已讀取|未读|未讀|已送达|已傳遞)
(?:읽음|읽지 않음|배달됨|수신 확인)
(?:đã đọc|chưa đọc) ?:
(?:อ่านแล้ว|ยังไม่ได้อ่าน) ?:
(?:dibaca|dibaca oleh|sudah dibaca) ?:
(?:נקרא|לא נקרא) ?:
(?:تمت القراءة|مقروءة?|لم تتم القراءة|قراءة) ?:
"""
"""With which the subject of a receipt begins."""

TEXTS = r"""
your (?:message|mail|e-?mail) … (?:was|has been) (?:read|opened|displayed)(?: by [^.\n]{1,80})? (?:on|at)\b[^?!]{0,40}\d
your (?:message|mail|e-?mail) … (?:was|has been) deleted without being read
your (?:message|mail|e-?mail) to [^?!]{0,400}? has been (?:displayed|read)\.
your document ?:…(?:was|has been) (?:received|read|opened) by
(?:the|your) (?:message|mail|e-?mail) (?:sent|that you sent|you sent)\b…(?:has been|was) (?:displayed|read|opened)
this is a (?:return|read|delivery) receipt for (?:the|your) (?:mail|message|e-?mail)
this (?:return |read )?receipt (?:only )?(?:acknowledges|verifies|confirms) that the message (?:was|has been) displayed
your message (?:was|has been) delivered to the following recipients
delivery to (?:the following|these) recipients[^.]{0,80} (?:is|was) complete
(?:ihre|deine) (?:nachricht|e-?mail) … wurde (?:am|um|von) [^?!]{0,120}?\b(?:gelesen|geöffnet|angezeigt|gelöscht)
ihr dokument ?:… wurde (?:empfangen|gelesen|geöffnet) von
(?:dies|das) ist eine (?:empfangs|lese)bestätigung (?:für|zu)
diese (?:empfangs|lese)bestätigung (?:bestätigt|sagt)
votre (?:message|courriel|e-?mail) … a été (?:lue?|ouverte?|affichée?|supprimée? sans (?:avoir été |être )lue?) (?:le|par|à)\b
votre document ?:… a été (?:reçu|lu) par
ceci est un accusé de (?:réception|lecture)
su (?:mensaje|correo) … (?:se leyó|se ha leído|fue leído|ha sido leído|se eliminó sin leer|fue eliminado sin leer)\b
(?:esto|este) es un (?:acuse|confirmante) de (?:recibo|lectura)
(?:il|un) (?:suo |tuo )?messaggio … è stato (?:letto|aperto|visualizzato|eliminato senza)
questa è una (?:ricevuta|conferma) di (?:ritorno|lettura)
(?:a )?sua mensagem … foi (?:lida|exibida|excluída sem)
(?:esta|este) é um[a]? (?:confirmação|aviso|recibo) de (?:leitura|recebimento|recepção)
(?:uw|je) (?:bericht|e-?mail) … (?:is|werd) (?:gelezen|geopend|op [^?!]{0,80}gelezen|verwijderd zonder)
dit is een (?:lees|ontvangst)bevestiging
(?:ditt?|din|deres) (?:meddelande|melding|meddelelse|besked|e-?post)\w* … (?:lästes|(?:blev|er) læst|(?:ble|er) lest|har lästs)
(?:detta|dette) är? (?:ett|en|et) (?:kvitto|kvittering|läskvitto)
viestisi … (?:luettiin|on luettu)
(?:(?:twoja|państwa) )?wiadomość … została (?:przeczytana|odczytana|wyświetlona|usunięta bez)
(?:vaše|tvoje) (?:zpráva|správa) … (?:byla|bola) (?:přečtena|prečítaná|zobrazena)
az (?:ön )?üzenet\w* … (?:elolvasták|olvasták|el lett olvasva)
mesajul (?:dvs\.? |dumneavoastră )?…\ba fost (?:citit|afișat)
(?:ваше|твое) сообщение…(?:было |был[ао]? )?(?:прочитано|прочтено|открыто|показано)
вашето съобщение…(?:е|беше) прочетено
ваше повідомлення…прочитано
(?:vaša|tvoja) poruka…(?:je )?pročitana
iletiniz…okundu
το μήνυμά σας…(?:διαβάστηκε|αναγνώστηκε)
(?:お客様|あなた|送信(?:した|された))[^?!]{0,200}?メッセージ…(?:開封され|読まれ|に開封)
(?:次の)?メッセージ(?:は|が)…(?:に開封され|に読まれ|開封されました)
您(?:的|发送的|發送的|傳送的)?(?:邮件|郵件|邮件消息|訊息|消息|信件)…(?:已被?阅读|已被?閱讀|已读|已讀|时阅读|的时间为|已于)
(?:귀하의 |보낸 )?(?:메시지|메일)…(?:읽었습니다|읽음|읽혔습니다)
""".replace(" … ", r"(?: |[^?!:：]{0,200}[:：][^?!]{0,400}?\b)").replace("…", r"[^?!]{0,600}?")
"""What they say; between the two halves of the sentence stand the fields of the mail that was read."""
