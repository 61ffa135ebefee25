"""What ticket systems, help desks, challenges and boxes that nobody reads say, and the addresses that they say it from."""

CHALLENGES = r"""
your (?:message|mail|e-?mail) [^.!?]{0,200}(?:is|has been) (?:being )?(?:held|waitlisted)\b
(?:please )?click (?:on )?the link below (?:to be added|[^.!?]{0,80}(?:deliver|verif|approv|confirm that you are))
you (?:only )?(?:need|have) to do this (?:only )?once
(?:to )?approve yourself
this is a one-time auto(?:mated|matic) (?:message|confirmation)
"""
"""Expressions for what asks the author of a mail to show that they are a person."""

SAYS_AS_A_DESK = r"""
pour que votre (?:message|mail|e-?mail|courriel) (?:me |lui |nous )?soit (?:remis|délivré|transmis|distribué)
(?:this|your) (?:request|message|e-?mail|case|ticket) [^.!?\n]{0,80}has been (?:received|logged|registered) (?:and|under|as)
your (?:request|ticket|case|enquiry) (?:number |id )?\(?#?[\w-]{2,24}\)? has been (?:received|created|registered|opened)
(?:we would like to acknowledge that )?we have received your (?:request|message|e-?mail|enquiry) and a ticket has been
a (?:new )?(?:support |service )?(?:ticket|case) (?:has been|was) (?:created|opened|logged) for (?:you|your)
ihre anfrage (?:\(#?\d+\) )?ist (?:bei uns )?eingegangen
ihre anfrage (?:\(#?\d+\) )?(?:wurde (?:unter|mit) [^.!?\n]{0,60}(?:registriert|erfasst|aufgenommen))
votre demande [^.!?\n]{0,60}(?:a bien été|a été) (?:reçue|enregistrée)
(?:hemos recibido su|su) (?:solicitud|consulta) [^.!?\n]{0,60}(?:ha sido|fue) (?:registrada|recibida)
(?:la )?(?:sua|tua) richiesta [^.!?\n]{0,60}è stata (?:ricevuta|registrata|presa in carico)
(?:a )?sua solicitação [^.!?\n]{0,60}foi (?:recebida|registrada|registada)
(?:uw|je) (?:aanvraag|verzoek|vraag) [^.!?\n]{0,60}is (?:ontvangen|geregistreerd|in behandeling)
(?:twoje|państwa) (?:zgłoszenie|żądanie) [^.!?\n]{0,60}zostało (?:przyjęte|otrzymane|zarejestrowane)
(?:リクエスト|お問い合わせ)[（(]#?\d+[)）]を(?:受け付け|受信|承り)
(?:your|this) (?:message|mail|e-?mail) [^.!?\n]{0,120}(?:is|has been) (?:being )?(?:held|waitlisted) (?:because|until|pending)
your (?:request|message|e-?mail|mail) (?:to|for) [^.!?]{0,200}?(?:is being|has been|was) held\b
is being held until the list moderator
your message (?:is|has been) (?:waiting|pending|queued) (?:for )?(?:approval|moderation)
(?:just )?(?:confirming|letting you know) (?:that )?we(?:'ve|’ve| have)? (?:got|received) your (?:request|ticket)
(?:this is |just )*a quick (?:note|message) to (?:let you know|confirm) (?:that )?we(?:'ve| have) received your [a-z-]+,? and
a case has been (?:logged|created|opened)
(?:ticket|issue|case) #?\d+ (?:was|has been) (?:created|opened|logged|reported)
your (?:request|ticket|enquiry|message) has been (?:logged|registered)
a (?:request|ticket|case)(?: for (?:support|help|assistance))? has been (?:created|opened|logged|registered)
(?:your|the) (?:case|ticket|reference|request|incident)(?: (?:number|id|no\.?))?(?: is|:) ?\W?(?=[\w-]{0,12}\d)[\w-]{3,24}
your (?:case|ticket|request|enquiry) was (?:created|opened|logged|registered|received)\b
[^.!?\n]{0,60}with (?:the )?(?:ticket|case|reference) (?:id|number|no\.?) [\w-]*\d
[^.!?\n]{0,60}reference (?:of|for) your (?:ticket|request|case)
we(?: have|['’]ve)? received your (?:e-?mail|message|request),? and (?:our|an?) (?:\w+ )?(?:agent|team|representative)s? will
we (?:aim|strive|endeavou?r|typically|usually|normally) (?:to )?(?:respond|reply|answer|get back)
[^.!?\n]{0,60}unter der (?:ticket|vorgangs|bearbeitungs|fall)-?(?:nummer|nr) [^.!?\n]{2,40}(?:aufge|erfasst|registr|angelegt)
(?:uw|je) (?:melding|vraag) is (?:geregistreerd|ontvangen|in behandeling)
vi har (?:modtaget|mottatt|tagit emot|mottagit) (?:din|ditt|deres) (?:henvendelse|ärende)
[^.!?\n]{0,60}sous (?:le|la) (?:numéro|référence) \W?[a-z-]{0,6}\d
[^.!?\n]{0,60}con (?:el|la) (?:número|referencia)(?: de (?:ticket|caso|solicitud))? \W?[a-z-]{0,6}\d
[^.!?\n]{0,60}con il numero (?:di )?(?:ticket|richiesta|pratica) \W?\d
we(?: are|['’]re) tracking your (?:request|message|issue|enquiry) (?:as|under)
(?:votre|le|un) (?:ticket|dossier|demande)(?: (?:n° ?|#)?\d+)? (?:a été|est) (?:créée?|ouverte?|enregistrée?)
ihr (?:ticket|anliegen|vorgang)(?: (?:nr\. ?|#)?\d+)? wurde (?:erstellt|angelegt|eröffnet|erfasst|registriert)
(?:su|el) (?:ticket|caso)(?: (?:n\.?º ?|#)?\d+)? (?:ha sido|fue) (?:creado|abierto|registrado)
il (?:suo |tuo )?ticket(?: (?:n\. ?|#)?\d+)? è stato (?:creato|aperto|registrato)
(?:o )?seu (?:ticket|chamado)(?: (?:n\.?º ?|#)?\d+)? foi (?:criado|aberto|registrado)
(?:uw|je) ticket(?: (?:nr\.? ?|#)?\d+)? is (?:aangemaakt|geopend|geregistreerd)
(?:twoje|państwa) zgłoszenie(?: (?:nr ?|#)?\d+)? zostało (?:utworzone|zarejestrowane|przyjęte)
due to the (?:high |large |great )?(?:volume|number) of [^.!?\n]{0,60}(?:we|i) (?:cannot|can['’]t|are unable|may not)
please do not (?:reply|respond) (?:directly )?to this (?:e-?mail|message|mail)(?: as\b|[.,;!]|\s*\Z|\n)
i(?: protect|'m protecting|’m protecting| am protecting) (?:my|myself|this) [^.!?\n]{0,60}(?:spam|junk|unsolicited)
bitte (?:antworten|beantworten) sie (?:bitte )?nicht auf diese
bitte antworten sie nicht (?:direkt )?auf diese
ihre (?:e-?mail|nachricht) wird (?:erst )?zugestellt,? (?:sobald|wenn|nachdem)
merci de ne pas (?:y )?répondre
(?:veuillez )?ne pas répondre à ce(?:t e-?mail| message| courriel| mail)
por favor,? no (?:responda|conteste) a este
(?:si prega di )?non rispondere a quest[ao]
(?:por favor,? )?não responda a est[ae]
(?:gelieve )?(?:niet|u kunt niet) (?:te )?(?:antwoorden|reageren) op (?:deze|dit)
vänligen svara inte på det(?:ta|te)|vennligst ikke svar på denne|svar venligst ikke på denne
prosimy nie odpowiadać na t[eę]
(?:prosím,? )?neodpov[íi]dejte na tento
не отвечайте на (?:это|данное)
отвечать на него не (?:нужно|надо|следует|требуется)
ваш[еау]? (?:обращение|заявка|запрос) [^.!?\n]{0,60}(?:получен|зарегистрирован|принят)
ваш[еау]? (?:звернення|заявк[ау]|запит) [^.!?\n]{0,60}(?:отриман|зареєстрован|прийнят)
lütfen bu (?:e-?postayı|mesajı|iletiyi) yanıtlamayın
お問い合わせを(?:受け付け|受付)
请勿(?:直接)?回[复覆]|請勿(?:直接)?回[覆復]
you have reached an? (?:unattended|unmonitored)
you(?: have|['’]ve)? sent (?:a|your) (?:message|e-?mail) to an? (?:mailbox|address) that is(?: not|n['’]t) (?:monitored|read)
(?:please note(?: that)? )?this (?:mailbox|inbox|account|(?:e-?mail )?address) is(?:n['’]t| never) (?:monitored|read|checked)
(?:e-?mails|messages|replies) (?:sent )?to this (?:address|mailbox|account|inbox) (?:will not|won['’]t|can['’n]o?t) (?:be|get)
(?:e-?mails|messages|replies) (?:sent )?to this (?:address|mailbox|account|inbox) are not (?:read|answered|monitored)
(?:alert: )?this (?:mailbox|account|(?:e-?mail )?address) is (?:only )?(?:used )?(?:only )?for (?:sending|outgoing|outbound)
this (?:mailbox|inbox|(?:e-?mail )?address) is (?:not (?:monitored|read)|un(?:attended|monitored))(?! (?:on|after|during|at|by))
messages sent (?:here|to this address|to this mailbox) (?:are|will be) (?:not|neither)
(?:dieses|das) postfach wird nicht (?:gelesen|überwacht|abgerufen|betreut)
cette (?:boîte|adresse)[^.!?\n]{0,30}n['’]est pas (?:consultée|relevée|surveillée|lue)
este buzón no (?:es|está|se) (?:atendido|supervisado|monitorizado|atiende|revisa)
(?:questa|la) casella(?: di posta)? non è (?:presidiata|monitorata)
esta caixa (?:de (?:correio|e-?mail|entrada) )?não é (?:monitorada|monitorizada|lida)
(?:deze|dit) (?:mailbox|postbus|e-?mailadres) wordt niet (?:gelezen|gemonitord|bekeken)
para que (?:a )?sua mensagem seja entregue
para que su mensaje sea entregado
damit ihre (?:nachricht|e-?mail) zugestellt (?:wird|werden kann)
(?:un ticket|une demande) a été (?:créée?|ouverte?)
nous avons bien reçu votre demande et
(?:ein|ihr) ticket wurde (?:erstellt|angelegt|eröffnet)
se ha (?:creado|abierto) un ticket
è stato (?:creato|aperto) un ticket
foi (?:criado|aberto) um (?:ticket|chamado)
er is een ticket aangemaakt
"""
"""Expressions for what ticket systems, desks, challenges and boxes that nobody reads say, and people of other things."""

DESKS = r"""
support\w*|helpdesk|help|hilfe|\w{0,20}service\w*|kunden\w*|klant\w*|kund\w*|asiakas\w*|ugyfel\w*|pomoc|podpora|podrska|destek|soporte|atencion\w*
apoio|suporte|assist\w*|aide|sav|care|team|crew|desk|tickets?|cases?|otrs|rt|glpi|jira|zammad|info|kontakt|contact\w*|hello|hallo|hola
no-?reply\w*|do-?not-?reply\w*|ne-?pas-?repondre|notifications?|notify|alerts?|auto\w*|bot|system|office|sekretariat|reception
booking|reservations?|sales|vertrieb|ventas|vendite|commercial|press|presse|prensa|media|careers|jobs|recruit\w*|hr|bewerbung\w*
billing|invoices?|accounts?|buchhaltung|orders?|bestellung\w*|shop|store|enquiries|inquiries|feedback|webmaster|newsletter
customer\w*|clients?|clientes?|servizio\w*|security|gateway|quarantine|moderators?
[\w.-]{1,60}[-+](?:bounces|request|owner|managers|noreply)
"""
"""Local parts of addresses that are no single person's."""
