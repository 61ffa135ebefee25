"""The phrases by which automatic replies show themselves, in the languages that Outlook speaks, one a line.

Those of subjects are what the products write: Exchange and Outlook (`Automatic reply: SUBJECT` in the mailbox's language;
before 2010 `Out of Office AutoReply: `: Microsoft's support page "Send automatic out of office replies from Outlook", in its
translations), Outlook.com's and Yahoo's `Vacation reply`, HCL Notes (`AUTO: NAME is out of the office (returning DATE)`),
GroupWise's and Zimbra's `Auto-Reply`, vacation(1)'s `away from my mail`, Yandex's `Автоответ`, NetEase's and Tencent's
`自动回复`; and the few that people choose where they choose. Case, accents and hyphens do not matter.
"""

ALWAYS = """
automatic reply
automatic response
automatic answer
automated reply
automated response
automated answer
automatic acknowledgement
automatic acknowledgment
automated acknowledgement
automated acknowledgment
auto acknowledgement
auto acknowledgment
automatische eingangsbestatigung
automatische empfangsbestatigung
accuse de reception automatique
acuse de recibo automatico
automatische ontvangstbevestiging
conferma automatica di ricezione
confirmacao automatica
automatisk bekraftelse
automatisk bekreftelse
automatisk kvittering
automatic email reply
automated email response
auto reply
auto response
auto respons
auto responder
auto answer
autoreply
autoresponse
autorespons
autoresponder
autoreply message
auto reply message
automatic reply message
automatic response message
automatic reply notification
out of office
out of the office
out of office reply
out of office autoreply
out of office auto reply
out of office automatic reply
out of office response
out of office message
out of office notice
out of office notification
out of office assistant
out of office alert
out of office today
ooo
ooo reply
oof
oof reply
oof auto reply
ooto
ooto reply
ooo auto reply
ooo autoreply
vacation notice
vacation message
vacation reply
vacation response
vacation auto reply
vacation autoreply
vacation responder
vacation notification
holiday reply
holiday notice
absence notice
absence notification
absence message
leave notice
leave notification
away notice
away message
away notification
away from my mail
away from my email
away from my e mail
away from my desk
away from my office
away from the office
away from office
away from desk
currently away
currently out of office
currently out of the office
currently unavailable
on annual leave
on maternity leave
on paternity leave
on parental leave
automatische antwort
automatische ruckantwort
automatische abwesenheitsnotiz
automatische nachricht
automatische antwort abwesenheit
autoantwort
auto antwort
abwesenheit
abwesenheitsnotiz
abwesenheitsagent
abwesenheitsnachricht
abwesenheitsmeldung
abwesenheitsmitteilung
abwesenheitsinfo
abwesenheitsassistent
abwesenheitsbenachrichtigung
abwesenheitsmail
urlaubsabwesenheit
urlaubsnotiz
urlaubsnachricht
urlaubsmeldung
urlaubsbenachrichtigung
abwesend
derzeit abwesend
zurzeit abwesend
zur zeit abwesend
momentan abwesend
nicht im buro
nicht im buero
derzeit nicht im buro
zurzeit nicht im buro
zur zeit nicht im buro
nicht im haus
nicht am arbeitsplatz
ausser haus
im urlaub
bin im urlaub
reponse automatique
reponse automatique d'absence
message automatique
message d'absence
message d absence
message automatique d'absence
message d'absence automatique
message d'absence du bureau
notification d'absence
avis d'absence
notification automatique d'absence
reponse d'absence
reponse automatique absence
absence de bureau
absence du bureau
absence temporaire
absent du bureau
absente du bureau
absent(e) du bureau
absent(e)
absent
absente
en conges
en conge
en vacances
actuellement en conges
actuellement en conge
actuellement en vacances
actuellement absent
actuellement absente
hors du bureau
respuesta automatica
contestacion automatica
respuesta automatica de ausencia
fuera de la oficina
fuera de oficina
mensaje de ausencia
mensaje automatico
ausencia de la oficina
ausencia de oficina
ausente
ausente de la oficina
ausencia
de vacaciones
resposta automatica
fora de l'oficina
absencia
erantzun automatikoa
bulegotik kanpo
risposta automatica
risponditore automatico
messaggio automatico
fuori sede
fuori ufficio
messaggio di assenza
assenza
assenza dall'ufficio
assente
assente dall'ufficio
in ferie
mensagem automatica
fora do escritorio
fora da empresa
mensagem de ausencia
ausencia temporaria
ausencia do escritorio
ausencia no escritorio
de ferias
em ferias
automatisch antwoord
automatische antwoord
automatische reactie
automatisch reactie
automatische reply
automatische beantwoording
afwezig
afwezigheid
afwezigheidsbericht
afwezigheidsmelding
afwezigheidsassistent
niet aanwezig
niet op kantoor
buiten kantoor
met vakantie
op vakantie
automatisk svar
automatiskt svar
autosvar
auto svar
automatisk besvarelse
ikke til stede
ikke til stede pa kontoret
ikke pa kontoret
ute av kontoret
ute fra kontoret
ude af kontoret
uden for kontoret
utenfor kontoret
fravær
fraværende
fraværsmelding
fraværsbesked
fraværsmeddelelse
fraværsassistent
fraværsbeskjed
fravær fra kontoret
franvaro
franvaromeddelande
franvarande
franvaroassistenten
inte pa kontoret
ej pa plats
ej pa kontoret
sjalfvirkt svar
automaattinen vastaus
automaattivastaus
poissa toimistosta
poissa toimistolta
poissa tyopaikalta
poissaoloilmoitus
poissaoloviesti
lomavastaus
lomalla
automatyczna odpowiedz
odpowiedz automatyczna
autoodpowiedz
autoresponder
poza biurem
nieobecnosc w biurze
nieobecnosc
nieobecny w biurze
automaticka odpoved
automaticke odpovedi
automatická odpověď
mimo kancelar
mimo kancelarie
mimo pracoviska
mimo pracovist
nepritomnost
nepritomnost v kancelari
nepritomnost na pracovisti
automatikus valasz
automatikus uzenet
hazon kivul
irodan kivul
tavollet
tavolleti uzenet
samodejni odgovor
samodejno sporocilo
avtomatski odgovor
odsoten
odsotnost
odsoten iz pisarne
automatski odgovor
automatizirani odgovor
automatska poruka
izvan ureda
van kancelarije
odsutan
odsutnost
аутоматски одговор
ван канцеларије
raspuns automat
mesaj automat
absent din birou
absent de la birou
in afara biroului
автоматичен отговор
извън офиса
αυτοματη απαντηση
αυτοματο μηνυμα
εκτος γραφειου
απουσια απο το γραφειο
απουσια
otomatik yanit
otomatik cevap
otomatik yanıt
ofis dısında
ofis disinda
ofis dısındayım
ofiste değilim
pergjigje automatike
автоматический ответ
автоматическое сообщение
автоответ
автоответчик
нет на работе
вне офиса
не в офисе
отсутствие на работе
отсутствие на рабочем месте
отсутствую на рабочем месте
меня нет на работе
автоматична відповідь
автовідповідь
поза офісом
відсутність на роботі
автоматты жауап
automaatvastus
automaatne vastus
kontorist valjas
kontorist ara
automatiska atbilde
automatiskā atbilde
arpus biroja
prombutne
automatinis atsakymas
automatinis atsakas
ne biure
automaattisvar
自动回复
自动答复
自动回覆
自動回覆
自動回复
自動答覆
自动应答
自動応答
自動返信
自動回答
自動応答メール
自動返信メール
外出
外出自動回覆
外出自动回复
不在
不在通知
不在届
不在です
不在のお知らせ
不在連絡
不在中
休暇中
休暇通知
자동 회신
자동회신
자동 응답
자동응답
자동 답장
부재중
부재 중
부재중 자동 회신
부재 중 자동 회신
부재중 자동응답
부재중 알림
ตอบกลับอัตโนมัติ
การตอบกลับอัตโนมัติ
ไม่อยู่ที่สํานักงาน
ไม่อยู่ที่ทํางาน
tra loi tu dong
thu tra loi tu dong
trả lời tự động
thư trả lời tự động
phản hồi tự động
vắng mặt
स्वचालित उत्तर
स्वचालित जवाब
स्वतः उत्तर
balasan otomatis
jawaban otomatis
balasan automatik
jawapan automatik
di luar kantor
di luar pejabat
tidak di pejabat
رد تلقائي
الرد التلقائي
رد تلقائى
خارج المكتب
תשובה אוטומטית
מענה אוטומטי
מחוץ למשרד
پاسخ خودکار
خودکار جواب
स्वचालित प्रत्युत्तर
balas otomatis
ateb awtomatig
freagra uathoibrioch
автоматски одговор
ავტომატური პასუხი
ավտոմատ պատասխան
avtomatik cavab
avtomatik javob
автоматтык жооп
аўтаматычны адказ
автомат хариу
автоматик җавап
outomatiese antwoord
awtomatikong tugon
jibu otomatiki
স্বয়ংক্রিয় উত্তর
தானியங்கி பதில்
poissa
不在办公室
不在辦公室
外出中
외출 중
is yerinde yok
is yerinde degil
ofis dısı
ude af huset
bortrest
bortreist
sunt plecat din birou
mimo kancelariu
nicht anwesend
zurzeit nicht erreichbar
derzeit nicht erreichbar
ich bin nicht da
ich bin derzeit nicht erreichbar
ich bin zurzeit nicht erreichbar
out of town
out on leave
out of office until further notice
out of office autoreply message
not in the office
not in office
out of hours
out of hours reply
out of hours auto reply
out of hours auto response
outside office hours
office closed
office is closed
offices are closed
our offices are closed
we are closed
our office is closed
buro geschlossen
unser buro ist geschlossen
bureau ferme
oficina cerrada
ufficio chiuso
kantoor gesloten
нет на рабочем месте
нет в офисе
automatic out of office reply
automatic out of office response
automatic vacation reply
autoreply out of office
autoresponse message
"""
"""Where a subject ends with one of these, or a colon, a bracket or a date follows."""

BEFORE_A_COLON = """
szabadsagon
in concediu
in concediu de odihna
휴가 중
בחופשה
annual leave
sick leave
off sick
out sick
medical leave
leave of absence
business trip
on business trip
dienstreise
auf dienstreise
krank
krankmeldung
arret maladie
baja medica
in malattia
ziek
sjukskriven
sykemeldt
sygemeldt
zwolnienie lekarskie
командировка
в командировке
на больничном
больничный
na dovolenke
у відпустці
na godisnjem odmoru
parental leave
maternity leave
paternity leave
elternzeit
betriebsferien
conge maternite
congedo
vacation
on vacation
on leave
on holiday
on pto
holiday
holidays
away
absence
urlaub
ferien
betriebsferien
elternzeit
vacances
conge
conges
conges annuels
vacaciones
ferie
ferias
vakantie
verlof
semester
loma
urlop
na urlopie
dovolena
dovolenka
na dovolene
szabadsag
отпуск
в отпуске
відпустка
izin
izinde
yıllık izin
puhkus
puhkusel
concediu
odmor
dopust
na dopustu
godisnji odmor
αδεια
סיום
חופשה
إجازة
休假
休假中
休暇
휴가
휴가중
pa ferie
pa semester
"""
"""Only where a colon or a closing bracket follows, or a date: people have holidays to talk about."""

PEOPLE_SAY_TOO = """
abwesend
abwesenheit
absent
absente
absence
ausencia
ausente
absencia
assenza
assente
afwezig
afwezigheid
fravær
fraværende
franvaro
franvarande
nieobecnosc
nepritomnost
odsoten
odsotnost
odsutan
odsutnost
tavollet
απουσια
poissa
外出
不在
"""
"""Words with which people begin a thread as well: a list of absences, a sick child."""

SENTENCES = """
on vacation
on holiday
on holidays
on leave
on annual leave
on pto
on maternity leave
on paternity leave
on parental leave
on sick leave
away
away from my desk
away from the office
out of office
out of the office
traveling
travelling
"""
"""How a sentence goes on that begins in one of the next ways."""

I_AM = """
i am
i'm
im
i am currently
i'm currently
i am presently
i am now
am currently
currently
we are
we're
"""
"""Before any of the sentences' ends."""

IN_THE_FIRST_PERSON = """
ich bin im urlaub
ich bin derzeit im urlaub
ich bin zurzeit im urlaub
ich bin momentan im urlaub
ich bin nicht im buro
ich bin derzeit nicht im buro
ich bin zurzeit nicht im buro
ich bin zur zeit nicht im buro
ich bin nicht im haus
ich bin ausser haus
ich bin abwesend
ich bin derzeit abwesend
ich bin in elternzeit
bin nicht im buro
je suis absent
je suis absente
je suis actuellement absent
je suis actuellement absente
je suis en conge
je suis en conges
je suis actuellement en conge
je suis actuellement en conges
je suis en vacances
je suis hors du bureau
je suis absent du bureau
je suis absente du bureau
estoy fuera de la oficina
estoy de vacaciones
estoy ausente
estou de ferias
estou ausente
estou fora do escritorio
sono in ferie
sono assente
sono fuori ufficio
sono fuori sede
ik ben afwezig
ik ben momenteel afwezig
ik ben op vakantie
ik ben met vakantie
ik ben niet op kantoor
ik ben niet aanwezig
jestem na urlopie
jestem nieobecny
jestem nieobecna
jestem poza biurem
jeg er pa ferie
jeg er ikke pa kontoret
jeg er fraværende
jag ar pa semester
jag ar franvarande
jag ar inte pa kontoret
olen lomalla
olen poissa
olen poissa toimistolta
я в отпуске
я у відпустці
jsem na dovolene
som na dovolenke
szabadsagon vagyok
sunt in concediu
na dopustu sem
na godisnjem sam
izindeyim
tatildeyim
"""

OF_SOMEBODY = """
is out of the office
is out of office
is currently out of the office
is currently out of office
is away from the office
is on vacation
is on leave
is on annual leave
is on maternity leave
will be out of the office
will be out of office
ist nicht im buro
ist nicht im haus
ist ausser haus
ist abwesend
ist derzeit nicht im buro
ist im urlaub
est absent
est absente
est absent(e)
est absent du bureau
est absente du bureau
est absent(e) du bureau
est en conges
esta fuera de la oficina
esta ausente
esta de vacaciones
e fuori ufficio
e assente
e assente dall'ufficio
is afwezig
is niet op kantoor
is niet aanwezig
esta fora do escritorio
esta ausente do escritorio
er ikke til stede
er ikke pa kontoret
ar inte pa kontoret
ar franvarande
on poissa toimistosta
on poissa
jest poza biurem
jest nieobecny
"""
"""Behind somebody's name."""

TO_A_DATE = """
until till til thru through from since starting returning return back bis vom von ab jusqu'au jusqu jusque du le hasta del desde
fino dal dall ate de do tm tot vanaf van til fra t.o.m till fran od az asti alkaen с до по kadar
"""
"""Between a phrase and a date."""

SAYS_SO = r"""
(?:please note:? )?this is an? auto(?:matic|mated)?[ -]?(?:e-?mail )?(?:reply|response|message|answer)
(?:please note:? )?this is an auto(?:matically)?[ -]generated (?:e-?mail )?(?:reply|response|message|answer)
(?:please note:? )?this is an automatic(?:ally generated)? (?:e-?mail|notification|acknowledge?ment|confirmation)
(?:please note:? )?this is an automated (?:e-?mail|notification|acknowledge?ment|confirmation)
this (?:e-?mail|message|reply|response) (?:is|was|has been) automatically (?:generated|sent)(?! (?:(?:in)?to|from|\w{2,12}ed)\b)
this (?:e-?mail|message|reply|response) (?:is|was|has been) (?:generated|sent) automatically(?! (?:(?:in)?to|from|\w{2,12}ed)\b)
(?:dies|das) ist eine automatische (?:antwort|nachricht|e-?mail|abwesenheitsnotiz)
(?:dies|das) ist eine automatisch (?:generierte|erstellte) (?:antwort|nachricht|e-?mail|abwesenheitsnotiz)
(?:dies|das) ist eine automatisch (?:versandte|versendete|erzeugte) (?:antwort|nachricht|e-?mail)
diese (?:e-?mail|nachricht) wurde automatisch (?:generiert|erstellt|erzeugt|versandt|versendet)
ceci est (?:une réponse|un message|un e-?mail|un courriel) automatique
ce(?:t e-?mail| message| courriel) (?:est|a été) (?:généré |envoyé )?automatique
este (?:correo|mensaje) (?:se ha generado|ha sido generado|fue generado) automáticamente
quest[ao] (?:e-?mail|messaggio) è stat[ao] generat[ao] automaticamente
est[ae] (?:e-?mail|mensagem) foi (?:gerad[ao]|enviad[ao]) automaticamente
dit is een automatisch (?:gegenereerde?|verzonden|verstuurde?) \w+
(?:deze e-?mail|dit bericht) is automatisch (?:gegenereerd|verzonden|aangemaakt)
(?:ta|niniejsza) wiadomość została wygenerowana automatycznie
это (?:письмо|сообщение) (?:создано|отправлено|сформировано) автоматически
este es un mensaje automático
esta es una respuesta automática
quest[ao] è (?:una risposta automatica|un messaggio automatico)
esta é uma (?:resposta|mensagem) automática
dit is een automatisch(?:e)? (?:antwoord|reactie|bericht|ontvangstbevestiging|bevestiging|e-?mail|mail)
(?:dette|det her) er (?:et )?(?:en )?auto(?:matisk |-?)svar
detta är ett (?:automatiskt (?:svar|meddelande|mejl|mail|utskick)|autosvar)
dette er (?:en|et) automatisk (?:besked|mail|besvarelse|kvittering|melding|e-?post|bekreftelse|bekræftelse|meddelelse)
(?:please )?(?:accept|take|treat) this (?:e-?mail |message )?as an auto(?:matic|mated) (?:acknowledge?ment|reply|confirmation)
(?:please note(?: that)?:? )?this is a (?:system|computer)[ -]generated (?:e-?mail|message|reply|response)
(?:to jest )?(?:wiadomość|odpowiedź) (?:wygenerowana )?automatyczn[aie]e?
это автоматический ответ
(?:this|my) (?:e-?mail )?(?:account|mailbox|address|inbox) is protected by
(?:cette adresse|cette boîte|\S{1,64}@\S{1,190}) est protégée? par
(?:hi[!.] )?this is the (?:ezmlm|majordomo|mlmmj|listserv|sympa|mailman) (?:program|server|software|mailing list)
i will not be reading my mail for a while
your mail (?:regarding|concerning) .{0,200} will be read when i (?:return|get back)
your mail .{0,200} will be answered when i(?:'m| am) back
ce(?:t e-?mail| message| courriel) (?:est|a été) (?:généré|envoyé) automatiquement
(?:это |данное )?(?:письмо|сообщение) (?:создано|отправлено|сформировано|сгенерировано) автоматически
(?:bu )?(?:e-?posta|mesaj|ileti) otomatik olarak (?:gönderil|oluşturul)
αυτό είναι (?:ένα )?αυτόματο μήνυμα
(?:ez )?(?:egy )?automatikus(?:an)? (?:üzenet|küldött|generált)
(?:※ ?)?(?:この|本)(?:メール|メッセージ)は、?(?:システム(?:により|から)、?)?自動(?:で|的に)?(?:送信|配信|返信|生成)
这是(?:来自)?[^。\n]{0,20}自动回复
(?:這|此)(?:是|為)(?:來自)?[^。\n]{0,20}自動回(?:覆|复)
to jest (?:automatyczna|automatycznie \w+) (?:odpowiedź|wiadomość)
(?:此|本)(?:邮件|郵件|信件|信)(?:为|為|是|由)?(?:系统|系統)?(?:自动|自動)
본 메일은 (?:발신 ?전용|자동)|(?:이|본) 메일은 [^.\n]{0,20}자동(?:으로)? (?:발송|전송)
هذه رسالة (?:تلقائية|آلية)
[^.!?\n]{0,60}von einem automatischen system (?:verschickt|versandt|versendet|erzeugt) wurde
đây là (?:thư|email|tin nhắn) (?:trả lời )?tự động
toto je automatick[áy] (?:odpověď|zpráva|e-?mail|odpoveď|správa)
ez egy automatikus (?:válasz|üzenet|levél|értesítés|e-?mail)
acesta este un (?:mesaj|răspuns) automat
ovo je automatsk[ai] (?:poruka|odgovor)
to je (?:samodejno sporočilo|samodejni odgovor)
това е автоматич\w+ (?:отговор|съобщение|писмо)
це автоматич\w+ (?:відповідь|повідомлення|лист)
bu otomatik bir (?:yanıt|mesaj|e-?posta|ileti|cevap)
tämä on automaattinen (?:vastaus|viesti|ilmoitus)
see on automaat(?:vastus|ne \w+)
šis ir automātisk
tai automatinis (?:atsakymas|pranešimas|laiškas)
ini adalah (?:balasan|pesan|mesej) (?:otomatis|automatik)
(?:นี่|นี้)(?:คือ|เป็น)(?:ข้อความ|อีเมล)(?:ตอบกลับ)?อัตโนมัติ
यह एक स्वचालित (?:उत्तर|संदेश|जवाब|ईमेल)
این (?:یک )?(?:پیام|ایمیل) خودکار
זוהי (?:הודעה|תשובה) אוטומטית
"""
"""Expressions for a sentence in which a mail says that no person wrote it, vacation(1)'s and Mailutils' among them."""

SAYS_AWAY = r"""
\bi(?:'m|’m| am| will be) (?:currently |presently )?(?:out of (?:the )?office|away)
\bi(?:'m|’m| am| will be) (?:currently |presently )?on (?:(?:annual |parental )?leave|vacation|holiday)
\b(?:we are|we're|offices? (?:is|are|will be)|is officially) (?:currently |now |officially )?closed (?:from|until|for|on)\b
\b(?:büro|praxis|betrieb|geschäft) ist .{0,40}geschlossen|\b(?:wir haben|haben wir) .{0,40}(?:betriebsferien|geschlossen)
\b(?:bureaux sont|cabinet est|entreprise est) .{0,20}fermée?s?\b
\b(?:oficinas? (?:está|están|permanecerá|permanecerán)|uffici sono|escritório está) .{0,20}(?:cerrad|chius|fechad)
\bich bin (?:derzeit |zurzeit |momentan |vom |bis |ab )?.{0,40}(?:nicht im büro|im urlaub|abwesend)
\bje suis (?:actuellement )?(?:absente?|en congés?)
\bestoy (?:fuera de la oficina|de vacaciones)
\bsono (?:in ferie|assente)
\bik ben .{0,30}(?:afwezig|op vakantie)
"""
"""Expressions for what notes of absence say first, and people too."""

OF_THE_OTHER = r"""
\byou(?:'re|’re| are|'ll be|’ll be| will be| were)(?: \w+){0,2} (?:away|back|out|off|on (?:leave|holiday|vacation))
\bwhen you(?:'re|’re| are)? (?:back|return|get back)
\byour (?:holidays?|vacation|leave|trip|absence|return)\b
\benjoy\b
\byou too\b
\blet['’]s (?:talk|speak|meet|discuss|decide|do)\b
\b(?:schöne[nr]?|guten|erholsamen) (?:urlaub|ferien|auszeit)
\b(?:deine[nrms]?|ihre[nrms]?|eure[nrms]?) (?:urlaub|ferien|abwesenheit|rückkehr)
\bwenn (?:sie|du|ihr) (?:wieder|zurück)
\b(?:bonnes?|vos|tes|votre|ton) (?:vacances|congés?|retour|absence)
\b(?:felices|buenas|tus|sus) vacaciones|\ba (?:su|tu) (?:vuelta|regreso)
\bbuone (?:vacanze|ferie)|\b(?:le )?(?:tue|sue) (?:vacanze|ferie)|\bal (?:tuo|suo) (?:ritorno|rientro)
\bboas férias|\b(?:suas|tuas) férias
\b(?:fijne|prettige|je|uw) (?:vakantie|afwezigheid)
\b(?:god|din|trevlig|ha en fin) (?:semester|ferie)
\b(?:udanego|miłego|twojego|pana|pani) urlopu
\b(?:хорошего|вашего|твоего|приятного) отпуска
"""
"""Expressions by which somebody speaks of the absence of the one whom they write to."""
