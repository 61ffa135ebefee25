"""The words of mail systems' notices: who writes them, what their subjects and first sentences say, and whether it is final.

From the notices of Postfix, Exim, Sendmail, qmail, OpenSMTPD, Courier, Exchange, Domino, GroupWise, MDaemon, IMail,
InterScan, Gmail, Yahoo, Mail.ru, SES and WorkMail, and from those of Japanese carriers. Each line
is an expression, in lower case.
"""

import re

DAEMONS = r"""
mailer[-_. ]?daemon
mail[-_. ]?daemon
"""
"""Local parts that no person has."""

OFFICIALS = r"""
p(?:oo|o)st[-_. ]?master
mail[-_. ]?(?:system|service|server|delivery|admin|master)
[a-z0-9]{0,10}_?smtp_?mail_?service
smtp
mta
mdaemon
ndr
dsn
listserv
bounces?
(?:mail)?admin(?:istrator)?
sysadmin
imss
symantec[-_a-z]{0,40}
microsoftexchange[0-9a-f]{10,40}
"""
"""Local parts from which notices come, and other mail too."""

NAMES = r"""
(?:internet )?(?:e-?)?mail(?:er)?[- _]?(?:delivery|daemon)[- _]?(?:sub-?system|system|service|agent|report)?
mail(?:er)?[- _](?:system|administrator|admin|server)
mail delivery
mail(?:er)?-?daemon
mdaemon
root
postmaster
system administrator
systemadministrator
администратор
microsoft (?:outlook|exchange)
jetmail system
(?:[\w.&-]{1,20} ){0,3}listserv(?: server)?(?: \([\d.]{1,10}\))?
(?:[\w.-]{1,40} )?(?:mail|mta|smtp)[- ](?:system|service)
(?:internet mail|mail|e-?mail) delivery(?: service)?
служба доставки(?: почты)?|почтовая служба
posta teslim sistemi
système de (?:messagerie|distribution)(?: du courrier)?
sistema de (?:entrega de )?(?:correo|mensajería|correio|e-?mail)
sistema di posta(?: elettronica)?
"""
"""Whole names from which notices come."""

FILTERS = r"""
(?:groupwise|gwia|mimecast|barracuda|proofpoint|sophos|symantec|messagelabs|trend ?micro|forcepoint)(?:[ &-][\w.&-]{1,20}){0,4}
(?:fortimail|ironport|hornetsecurity|spamtitan|trustwave|mailinblack|retarus|nospamproxy|libraesva)(?:[ &-][\w.&-]{1,20}){0,4}
(?:zimbra|kerio|smartermail|icewarp|communigate|axigen|mailenable)(?:[ &-][\w.&-]{1,20}){0,4}
(?:[\w.&-]{1,20} ){0,2}(?:e?-?mail|message|spam|content|virus)[- ]?(?:scanner|filter|firewall|security|gateway)
content[- ]?filter at [\w.-]{1,60}
scanmail(?: for [\w ]{1,20})?
"""
"""Names of products that stop mail, and of people who make them: from an official address, or one that takes no answers."""

SUBJECTS = r"""
undeliver(?:ed|able)
non[- ]?deliver
not delivered
failed mail
mail (?:could not|can ?not|was not) be? ?delivered
could not be delivered
can(?:not|['’]t) be delivered
rejected posting
(?:mail |message |email )?delivery (?:has |was |status )?(?:fail|error|problem|incomplete|status|notification|report|subsystem)
fail(?:ure|ed) (?:notice|delivery|mail)
mail (?:failure|error|system error|delivery|status)
permanent (?:delivery )?failure
returned (?:e-?)?mail
mail returned
returning (?:message|mail) to sender
message (?:delivery|undeliverable|not delivered|returned)
non[- ]?remis
user unknown
unknown user
mailbox (?:full|unavailable|not found)
postmaster notify
error sending (?:your )?(?:mail|message)
rejected:
message rejected
banned (?:contents?|files?)\b
virus(?:es)? (?:detected|found|in mail)
considered unsolicited bulk
automatically rejected
bounce[dr]? (?:message|mail)
notice: mail delivery
delivery to .{1,60} failed
unzustellbar
nicht zugestellt
zustellung fehlgeschlagen
nicht zustellbar
übermittlung fehlgeschlagen
non (?:remis|distribu|délivr)
échec de (?:la )?(?:remise|distribution|livraison)
no (?:se ha podido )?entrega
devuelto
mancat(?:a|o) (?:recapito|consegna)
messaggio non recapitabile
non recapitabile
não entreg
falha na entrega
niet bezorgd
onbestelbaar
kan ikke leveres
ikke leveret
kunde inte levereras
niedostarczon
nedoručiteln
nedoručen
kézbesíthetetlen
недоставлен
не доставлено
не может быть доставлено
не удалось доставить
メールエラー
配信(?:不能|エラー|に失敗)
配信できません
退信
无法投递
未送达
전송 실패
배달되지
(?:message|mail) you sent (?:was |has been )?(?:blocked|rejected)
message status - undeliver
non recapitat
messaggio non (?:consegnato|recapitato)
non (?:è stato )?consegnat
não (?:foi )?(?:pôde ser )?entregue
no entregad
correo (?:devuelto|no entregado|rechazado)
nedoručen
doručení selhalo
niet (?:worden )?(?:bezorgd|afgeleverd)
niet te bezorgen
ikke (?:blive )?levere
ej levere
kunde inte leverera
toimitus epäonnistui
ei voitu toimittaa
kézbesít(?:és sikertelen|hetetlen)
teslim edileme
iletileme
livrare eșuată
nelivrat
nu a (?:putut fi|fost) livrat
αδυναμία παράδοσης
αποτυχία παράδοσης
δεν παραδόθηκε
η παράδοση απέτυχε
ошибка доставки
доставка не удалась
не доставлен
не вдалося доставити
недоставлен[ао]
发送失败
投递失败
退回
邮件退回
郵件(?:退回|無法)
無法(?:傳遞|投遞|遞送|送達)
未能(?:送达|送達|投递)
發送失敗
发送邮件失败
未達
不達
送信(?:エラー|失敗)
送信できません
配信されません
宛先不明
발송 ?실패
발송되지
반송
전송되지
전달되지
전달 실패
gửi (?:thư )?(?:không thành công|thất bại)
không thể (?:gửi|chuyển)
ส่งไม่(?:สำเร็จ|ถึง)
ไม่สามารถ(?:ส่ง|จัดส่ง)
gagal (?:ter)?(?:kirim|dikirim|mengirim)
tidak (?:dapat|boleh) (?:di)?(?:kirim|hantar|sampai)
לא (?:נמסר|ניתן למסור)
מסירה נכשלה
تعذ[ّ]?ر (?:ال)?تسليم
فشل (?:في )?(?:ال)?(?:تسليم|إرسال)
لم يتم (?:ال)?تسليم
"""
"""In the subject of a notice."""

FAILURES = r"""
(?:could|can) ?not be (?:delivered|sent|reached)
can't be delivered
could ?n[o']t be delivered
(?:was|were|has|have|is)(?: not| n't|n't)(?: been)? (?:delivered|reach)
not delivered
unable to deliver
undeliver(?:ed|able)
(?:could|did) not (?:reach|deliver|receive)
delivery (?:to .{1,200}? )?(?:has |was )?(?:failed|failure|error)
failed (?:permanently|recipients?|to deliver|deliver)
permanent (?:and )?(?:fatal )?(?:delivery )?(?:error|failure)
permanent fatal
fatal errors
failure reasons?
error has occurred while attempting to deliver
error was detected while processing
no valid recipients
undelivered
returned (?:to sender|mail)
no such (?:user|person|mailbox|recipient|address)
unknown (?:user|recipient|address)
user (?:unknown|not (?:found|listed|known))
(?:invalid|unknown) (?:user |recipient )?address
invalid (?:final delivery )?(?:userid|user|recipient)
mailbox (?:is )?(?:full|unavailable|disabled|not found)
mail ?box space not enough
over ?quota
quota exceeded
said: [45]\d\d
in reply to (?:rcpt|mail|data|end of)
does not exist
doesn't exist
unrouteable
address rejected
recipient rejected
deferred:
was rejected
been rejected
was automatically rejected
delivery of the (?:e-?mail|message) was stopped
has been (?:blocked|stopped) (?:by|and)
non-delivery
konnte(?:n)? nicht (?:zugestellt|übermittelt|ausgeliefert)
nicht zugestellt
unzustellbar
n'a pas pu 
n’a pas pu 
pas pu etre
non remis
no (?:se )?(?:ha|pudo|se pudo) (?:podido )?(?:ser )?entreg
non è stato possibile
impossibile recapitare
não (?:pôde|foi possível)
niet worden (?:bezorgd|afgeleverd)
kunne ikke leveres
kunde inte levereras
nie (?:może|mogła|można) 
nie została dostarczona
nemohla být doručena
nem kézbesíthető
не (?:было |может быть |удалось )?доставл?е?(?:н|ить)
недоставлен
送信できませんでした
配信できません
届けられません
宛先不明
あて先が見つかりません
无法(?:投递|送达|发送)
退回
전송하지 못
배달하지 못
n['’]a p(?:as )?u (?:être |lui être |vous être )?
n['’]a(?:vons)? (?:pas )?(?:été|pu) (?:être )?(?:remis|distribu|délivr|achemin)
non è stato (?:recapitat|consegnat)
non (?:è|e') stato possibile
utente sconosciuto
casella (?:di posta )?(?:piena|inesistente)
destinatario (?:sconosciuto|desconocido|inexistente|no encontrado)
no (?:pudo|ha podido|se pudo|puede|puede ser) (?:ser )?entreg
buzón (?:está )?(?:lleno|inexistente)
caixa (?:postal|de correio) (?:está )?(?:cheia|inexistente)
kan niet worden (?:bezorgd|afgeleverd)
kon niet (?:worden )?(?:bezorgd|afgeleverd)
kunne ikke (?:blive )?lever
kunde inte lever
ei voitu toimittaa
nie udało się dostarczyć
nepodařilo (?:se )?doručit
nepodarilo (?:sa )?doručiť
nelze doručit
schránka neexistuje
nem sikerült kézbesíteni
teslim edileme
iletileme
nu a (?:putut fi|fost) livrat
δεν (?:ήταν δυνατή|μπόρεσε να|παραδόθηκε)
не (?:може|могло|вдалося) (?:бути )?(?:доставлен|доставити)
не была доставлена
無法(?:送達|傳遞|投遞|遞送|寄達)
未能(?:送达|送達|投递)
不存在
信箱已滿
邮箱已满
配信されませんでした
存在しません
전송되지
전달되지
배달할 수 없
존재하지 않는
không thể (?:gửi|chuyển|phân phối)
ไม่สามารถ(?:ส่ง|จัดส่ง)
tidak (?:dapat|boleh) (?:di)?(?:kirim|hantar|sampai)
לא (?:נמסר|ניתן למסור|ניתן היה למסור)
تعذ[ّ]?ر (?:ال)?(?:تسليم|توصيل)
لم يتم (?:ال)?(?:تسليم|توصيل)
"""
"""In what it says first."""

FINAL = r"""
not going to try again
giving up
given up
gave up
is being returned
nie będziemy (?:już )?prób
in the queue too long
no (?:further|more) attempts
no longer (?:trying|attempt)
(?:been|was|being) returned to (?:you|its sender|the sender)
message has been deleted
will not (?:be )?(?:re-?tr|retr|try)
won't (?:be )?(?:retr|try)
envelope expired
(?:message|mail|because it|delivery) (?:has )?expired
expired (?:message|in queue)
unable to deliver (?:it )?(?:in|within) \d
delivery time expired
retry time(?:out)? (?:exceeded|expired)
retry timeout
exceeded maximum delivery attempts
maximum (?:number of )?(?:delivery )?(?:retries|attempts)
failed permanently
has been removed from the (?:mail )?queue
nicht erneut versuch
aufgegeben
abandonn
ne sera plus
no se (?:volverá a )?(?:intentar|reintent)
non verr(?:à|anno) ritentat
"""
"""Says that nobody tries again."""

ARRIVED = r"""
(?<!not )(?<!not be )(?<!not been )successfully (?:delivered|relayed)
\((?:success|relayed?|erfolg|succès|éxito)\)
(?<!nicht )erfolgreich zugestellt
remis avec succès
entregado (?:correctamente|con éxito)
consegnato correttamente
"""
"""Says that all is well."""

LATE = r"""
(?:we|system|server|it) (?:keeps?|continues?) (?:on )?(?:re-?)?(?:trying|attempting)
(?:temporarily|temporary) (?:\w+ )?(?:delay|deferr|postpon|greylist|grey-list|graylist)
noch nicht zugestellt
ainda não foi entregue
nog niet (?:afgeleverd|bezorgd|besteld)
non è (?:stato )?ancora (?:stato )?consegnat
jeszcze dostarczon
(?:aún|todavía) no (?:se )?ha (?:sido )?entregad
pas encore (?:pu )?(?:été |être )?(?:remis|distribué|délivré)
will (?:continue|keep|be retried|retry|try again|be tried|go on)
attempts? will continue
continue trying
still (?:being )?(?:retr|trying|attempt)
being retried
not yet been delivered
has not been delivered yet
(?:has been|is|been|was) (?:delayed|deferred|postponed)
delayed \d
delay(?:ed)? (?:mail|notification|notice|delivery)
\(delay(?:ed)?\)
notification.{0,3} delay
: delayed
delivery ?delay
delivery has been delayed
warning message only
no action is required
do not need to (?:re-?send|retry)
(?:this is (?:only )?a )?temporary failure report
warning: could not send
warning: message
warning--could not
could not send (?:message|mail) for past
delivery warning
notification: warning
weiterhin versucht
wird erneut versucht
verzöger
sera retent
retard
retras
se seguirá intentando
ritardo
verrà ritentat
atraso
continuar(?:emos|á|ão)? (?:a )?tenta
entrega adiada
blij(?:ft|ven) (?:het )?prober
seguir(?:emos|á) intentando
continuer(?:ons|a) (?:d'|d’|à )(?:essayer|tenter)
continu(?:erà|eremo|a) a (?:provare|tentare)
vertrag(?:ing|d)
forsinke
försena
opóźni
задерж
затрим
забав
fördröj
viiväst
zpožd
oneskor
késleltet
gecik
καθυστέρ
întârzi
遅延
引き続き配信
延迟
延遲
지연
עוכב
تأخ
отложен
попытки доставки (?:будут )?продолж
будут продолжены
будет повторн
zatím (?:ne|se ne)
zatiaľ (?:ne|sa ne)
pokusy budou pokra
pokusy budú pokra
пока не (?:был[ао]? )?доставлен
ещ[её] не (?:был[ао]? )?доставлен
ще не доставлен
repetir(?:á|emos) el (?:envío|intento)
próximo(?:s)? intento
wysyłanie zostanie ponowione
kolejn[ae] pró[bw]
doručení bude opakov
yeniden denen
tekrar denen
se va (?:re)?încerca
θα (?:συνεχίσ|προσπαθήσ|επαναλ)
将(?:继续|再次)(?:尝试|投递)
會(?:繼續|再次)嘗試
将重试
(?:再試行|再送信?)を(?:試み|続け|行い|繰り返)|再試行し(?:ます|てい)
(?:다시 ?|재)시도(?:합|할 |하겠|하고|될 |됩)
"""
"""Says that somebody goes on trying."""

REJECTIONS = r"""
reject
refus
quota
not accept
abgelehnt
zurückgewiesen
rechaz
rifiut
geweigerd
odrzuc
отклон
отказ
"""
"""Why a mail was deleted before anybody saw it."""


def compiled(words: str) -> re.Pattern[str]:
    """One expression for any of these."""
    return re.compile("|".join(line for line in words.split("\n") if line), re.IGNORECASE)
