"""The words by which notes of absence say until when, in the languages that Outlook speaks. All in lower case.

They are the product's own, gathered from how people write such notes: a new language is a few words in each set.
"""

_WITHOUT_ACCENTS = str.maketrans("άέήίόύώ", "αεηιουω")


def _words(text: str) -> frozenset[str]:
    """The words, and those of Greek without their accents too, as capitals are written."""
    words = text.split()
    return frozenset([*words, *(word.translate(_WITHOUT_ACCENTS) for word in words)])


ENGLISH = _words(
    "back return returns returning resume resuming reopen reopens reopening rejoin until till til untill thru through available"
)

RETURN = _words("""
    back return returns returning resume resumes resuming reachable
    reopen reopens reopening rejoin rejoining
    wieder zurück zurueck rückkehr kehre
    retour reviens reviendrai rentre rentrerai rentrée reprends reprendrai reprise
    reprendrons reprendra reprenons rouvre rouvrira rouvrirons rouvrons réouverture reviendrons reviendra
    regreso regresaré regresare regresar vuelvo volveré volvere vuelta retorno reincorporo reincorporaré reincorporación
    incorporo incorporaré reanudamos reanudaremos reabrimos reabriremos volvemos volveremos regresamos regresaremos
    volverá regresará
    rientro rientrerò rientrero rientrare torno tornerò tornero tornare ritorno
    rientreremo rientrerà torneremo tornerà riprenderò riprenderemo riapriamo riapriremo riapertura riaprirà
    volto voltarei volta regresso regressarei regressar retornarei retornar voltar
    retorno retornamos retornaremos voltamos voltaremos regressamos regressaremos reabrimos reabriremos retomo retomaremos
    terug terugkeer
    hervat hervatten heropenen heropend
    tilbage tilbake tillbaka åter återkommer tilbakekomst
    palaan takaisin paluu tavoitettavissa
    palaamme palaa paluuni
    wracam dostępna dostępny wrócę wroce powrót powrot powrocie powracam
    wracamy wrócimy powracamy wznawiamy
    zpět zpet vrátím vratim vracím návrat návratu späť spat vraciam vraćam vratit vratiću povratak povratka
    vrátíme vracíme vrátim vrátime повратак
    nazad natrag vračam
    vrnem nazaj
    visszatérek visszatérés legközelebb újra ismét vissza
    revin reveni revenirea întorc intorc înapoi inapoi
    вернусь выйду выхожу возвращаюсь вернётся вернется возвращение возвращения буду повернуся повертаюсь повернення
    вернёмся вернемся выйдем приступлю возвращаемся возобновим повернемося вийду
    бъда
    връщам върна завръщам завръщане враћам вратићу
    επιστρέφω επιστρέψω επιστροφή
    tagasi naasen atgriezīšos atgriežos atpakaļ grįšiu grįžtu sugrįšiu
    riprendiamo riprendono ripartiamo
    torno tornaré tornem tornarem reobrim reprenem itzuliko aftur dosegljiv dosegljiva dostupan dostupna zastihnete
    retornando voltando regressando riapre riaprono reabre reabren reabrirá disponível
    itzuliko regreso volverei regreso
    kembali pulang quay döneceğim dönüyorum dönüş
    masuk döneceğiz dönüyoruz trở
    أعود سأعود العودة عودتي نعود سنعود عودتنا واعود وأعود وسأعود برمی‌گردم بازمی‌گردم بازگشت กลับ लौटूँगा लौटूंगा लौटूँगी लौटूंगी
    ואחזור ואשוב וחוזר וחוזרת אחזור חוזר חוזרת אשוב वापस
    """)
"""Before a date, it is that of the return."""

UNTIL = _words("""
    until till til untill thru through
    bis
    jusqu jusque jusqua
    hasta fino sino até ate tot tm
    til tom till
    do aż
    až asi doteka ig
    до по включно
    până pana
    έως μέχρι ως
    kuni līdz iki
    arte fins ata
    hingga sampai sehingga đến tới hết
    حتى לעד עד تا لغاية ولغاية غاية لغایت ถึง পর্যন্ত
    """)
"""Before a date, it is the last of the absence, or the first after it."""

RETURN_BEHIND = _words("""
    back return returns returning available reachable resume again
    wieder zurück zurueck
    retour vuelta regreso nuevamente nuovamente novamente volta
    terug weer tilbage tilbake tillbaka åter igjen igen takaisin jälleen taas
    znowu ponownie powrotem wracam wrócę zpět opět znovu späť opäť ponovno ponovo natrag nazad spet nazaj
    újra ismét vissza térek
    elérhető elérhetők
    снова вновь вернусь знову отново
    πάλι ξανά
    tagasi atkal vėl
    döneceğim dönüyorum itibaren
    alkaen lähtien olacağım लौटूँगा लौटूंगा लौटूँगी लौटूंगी उपलब्ध वापस بازگشت
    """)
"""Behind a date, it is that of the return."""

FROM_BEHIND = _words("itibaren alkaen lähtien olacağım")
"""Behind a date, it is that of the return unless its clause is about an absence, which then begins."""

UNTIL_BEHIND = _words("kadar dek değin asti saakka ig inclusive bezárólag तक পর্যন্ত")
"""Behind a date, it is the last of the absence."""

WRITTEN_TOGETHER_BEHIND = (
    r"まで|迄|に(?:戻|復帰|出社|出勤|帰)|出社|(?:より|から|以降)(?:は|、|に)?.{0,4}(?:出社|出勤|通常|業務|営業|再開|返信|連絡|対応|復帰|順次)",
    r"까지|에?복귀|에돌아|부터(?:정상|업무|근무|출근|회신|답변|답신)",
    r"(?:之?后|之?後|起|将|將|会|會|再|才|可|正式|正常|准时|準時|重新|开始|開始)*(?:返回|回来|回來|回(?:公司|办公室|辦公室|单位|單位|国|國|岗|崗)|恢复|恢復|回到|上班|返岗|返崗|复工|復工|开工|開工"
    r"|办公|辦公|工作|营业|營業|回复|回覆|处理|處理)",
    r"之?前|止",
)  # fmt: skip
"""The same in languages that write words without spaces, as expressions."""

END_TOGETHER = ("まで", "迄", "까지", "前", "之前", "止")
"""Those of them that name the last of the absence."""

WRITTEN_TOGETHER_BEFORE = ("直到", "到", "至", "返回", "回来", "截至")

FILLERS = _words("""
    on the at to in of from by my our work office desk again online and including incl inclusive only about around
    approximately approx be am is are will i we ll re m s it not before after with you e mail email emails full time
    duty action business week day holiday holidays vacation leave annual available reachable answer reply messages mails
    your message inquiry into est sera es será è sarà
    bright early checking reading answering replying responding working inbox planned expected scheduled
    night evening morning noon midday end close first next
    as soon possible normal operations hours usual regular services service operating afternoon commencing upon
    erreichbar ist da im büro buero ab am den dem der zum vom erst voraussichtlich persönlich für sie dich euch
    einschließlich
    einschliesslich inklusive inkl und mit haus dienst an meinem platz ich bin sein stehe stehen erreichen mich
    uns gerne geplant
    wir sind werde werden nach voraussichtlich ihnen dir zur verfügung einschl einschl. meinen rechner
    de du le la les au aux à je serai suis nous serons bureau en prochain mes fonctions activités poste
    inclus y compris dès partir compter date au travail
    disponible joignable mon ma d l
    prévu prévue pour
    activité notre nos bureaux service normal normale habituelle horaires matin prochaine
    el próximo proximo los la al del de a partir desde día dia estaré estare estoy oficina la incluido
    inclusive mi trabajo me
    previsto prevista para fecha
    nuestra nuestro actividad oficinas puesto nos mañana siguiente habitual
    il prossimo lo al all alla dal dalla dell nell in ufficio sarò sono disponibile giorno compreso incluso a partire l di
    previsto prevista per data
    nostra attività uffici regolare lavoro al mattino ci nel mese
    o no na ao à dia de em estarei escritório trabalho inclusive a partir
    previsto prevista para
    serviço funções posto do da próximo próxima segunda terça quarta quinta sexta feira nosso atividade atividades às as nos ao
    lees lezen beantwoord mails lese lesen beantworte
    op de het en met bereikbaar aanwezig vanaf op kantoor aan werk ben ik weer zijn wij er tot in het maandag
    verwacht gepland
    onze werkzaamheden mijn ochtend we dag
    den d på jobb jobbet kontoret jeg jag er är och og fra från med i igen til inklusive medio mitten igjen kontor
    tjänst arbetet arbejde arbeid tjeneste vinnu skrifstofuna planerad planlagt
    on ja taas jälleen töissä töihin toimistolla toimistolle työpaikalla olen tavoitettavissa viimeistään
    tööl tööle kontoris kontorisse darbā birojā darbe biure į
    darbą biurą darbu biroju отново офиса офис работа работното място
    w dniu od się biurze biura jestem będę pracy włącznie z powrotem dnia
    do biuro firmie roku r pracę najbliższy planowany planowana
    dne od v kanceláři kancelárii se sa budem budu jsem som práci od dňa vč včetně vrátane
    u od uredu uredu dana bit ću sam bom sem pisarni službi vključno
    az a én án jén  ra re től tól térek irodában irodába leszek vagyok érek jövök megyek ismét munkába munkát
    la în in birou pe data ziua de voi fi inclusiv
    в с со на работе работу офисе офис числа из г года по включительно у роботі роботи роботу офісу праці
    στις στο γραφείο την
    και τη το στη εργασία μου δουλειά πρωί ημέρα
    τις της των την στο γραφείο μας
    kl klo um uhr ok
    tarihine tarihinde tarihinden günü gününe gününden e ye ya de da te ta ofise
    tarihi yılı ofiste ofisime işe işimin başına
    pada tarikh tanggal ke pejabat ngày vào
    từ
    bekerja kerja kantor hari bertugas mulai di lại làm việc thứ hai lúc
    ב ל ה يوم في
    למשרד לעבודה ביום ראשון שני שלישי רביעי חמישי שישי שבת שוב אל إلى العمل المكتب يوم من الاثنين الأحد
    تاريخ بتاريخ للعمل لمكتبي تاریخ روز پایان ماه به دفتر سر کار محل วันที่ dengan tgl को से कार्यालय पर तारीख
    """)
"""What may stand between such a word and its date."""

AWAY = _words("""
    away out absent absence leave vacation holiday holidays travelling traveling sabbatical pto unavailable limited ooo
    parental maternity paternity
    abwesend abwesenheit urlaub nicht verreist dienstreise elternzeit unterwegs außer betriebsferien erreichbar
    absent absente absence congé congés conge conges vacances déplacement indisponible fermé
    fuera ausente ausencia vacaciones permiso viaje
    assente assenza ferie fuori viaggio congedo
    recesso
    ausente ausência férias ferias fora licença viagem
    afwezig vakantie verlof weg niet
    fraværende fravær ferie bortreist borte ute fri sykemeldt
    frånvarande semester ledig tjänstledig bortrest föräldraledig
    poissa lomalla lomani loma vapaalla
    nieobecny nieobecna urlopie urlop urlopu poza niedostępny
    mimo dovolené dovolenou dovolenke nepřítomen nepřítomna neprítomný odmoru odsutan odsutna dopustu odsoten odsotna
    szabadságon szabadság távol
    concediu absent plecat
    отпуске отпуск отсутствую отсутствовать командировке відпустці відпустка отпуск
    άδεια απουσιάζω
    puhkusel puhkus ära atvaļinājumā prombūtnē atostogose atostogauju
    izinde izinli izindeyim yokum tatilde tatildeyim izin ofis
    cuti không nghỉ vắng
    إجازة إجازتي חופשה בחופשה छुट्टी अवकाश مرخصی ลา ছুটিতে
    休暇 不在 休暇中 休假 外出 부재 휴가
    年假 放假 出差 产假 產假 病假 请假 請假 連假 公休 연차 휴무 출장 휴직 休業 休診 出張 育休 産休 有給
    """)
"""They show that a sentence is about somebody's absence, as does a word that ends so: Sommerurlaub.

Of Chinese, Japanese and Korean they are looked for as they stand.
"""

CLOSED = _words("""
    closed closure shut geschlossen fermé fermée fermés fermeture cerrado cerrada cerrados cierre chiuso chiusa chiusi chiuse
    chiusura fechado fechada fechados encerrado encerrada gesloten lukket stengt stängt suljettu zamknięte zamknięta zamknięty
    nieczynne zavřeno zatvorené zatvoreno zatvoren закрыт закрыта закрыто закрыты зачинено затворено zárva închis κλειστά
    κλειστό kapalı kapalıdır suletud slēgts uždaryta مغلق مغلقة تعطیل סגור סגורים बंद ปิด
    """)
"""They show the same of an office."""

SAYS_GONE = """
out of (?:the )?office
(?:am|be|are|is) (?:away|absent|out|off|unavailable|closed|shut)(?: all day)?
(?:not|n't) (?:be )?(?:in|at work|at my desk|working|available|reachable)
(?:not|n ' t|n ’ t) (?:be )?in the office
nicht (?:da|im büro|im haus|erreichbar|am platz|am arbeitsplatz|verfügbar)
(?:außer haus|abwesend|geschlossen|unterwegs)
(?:absente?|fermée?s?|indisponible)
(?:ausente|fuera de la oficina|cerrad[oa]s?|no estaré)
(?:assente|fuori (?:ufficio|sede)|chius[oaie])
(?:fechad[oa]s?|encerrad[oa]s?|fora do escritório)
(?:afwezig|gesloten|niet (?:aanwezig|bereikbaar|op kantoor))
(?:fraværende|lukket|stengt|stängt|frånvarande|ikke på kontoret|inte på kontoret)
(?:poissa|suljettu)
(?:nieobecn[ya]|nieczynne|zamknięt[eya])
(?:zavřeno|zatvorené|nepřítom(?:en|na))
nem (?:vagyok|leszek) (?:az irodában|irodában|bent|elérhető|bejárat)
(?:меня|нас) (?:нет|не будет)
(?:мене|нас) (?:немає|не буде)
(?:nie ma|nie będzie) (?:mnie|nas)
(?:nejsem|nebudu|nie som|nebudem) (?:v kanceláři|v kancelárii|k zastižení|v práci)
(?:nisam|neću biti) (?:u uredu|u kancelariji|dostup(?:an|na))
(?:nu sunt|nu voi fi) (?:la birou|disponibil[ă]?)
ofiste (?:değilim|olmayacağım)
"""
"""Expressions that, with a day, say who is not there on it."""

ON = _words("on am le il el op den på no em na dne dňa w")
"""Before a day."""

ANSWERS = _words("""
    answer reply respond beantworte beantworten lese antworte antworten réponds répondrai répondrons respondo responderé
    responderemos rispondo risponderò risponderemo responderei responderemos beantwoord beantwoorden besvarer besvarar svarar
    svarer vastaan odpowiadam odpowiem odpovím odpoviem válaszolok відповім отвечу
    """)
"""Behind a date from which on they are so, they say that it is that of the return, unless one of the next does not."""

NOT = _words(
    "no not none keine keinen nicht niet geen pas plus aucun non nessun não nenhum inte inga ikke ingen en ei nie ne"
)

AGAIN = _words("""
    again wieder weer opnieuw igen igjen åter taas jälleen znowu znów ponownie opět opäť zase znovu
    ponovno ponovo opet spet снова вновь опять знову отново újra ismét πάλι ξανά yeniden tekrar
    """)
"""In front of a word from which on something is so, they say that it is a return."""

STARTS = _words("ab vanaf från fra partir desde od dal da von с з из alkaen")
"""Before a date from which on something is so."""

AWAY_UNSPACED = tuple(word for word in AWAY if "\u3040" <= word[0] <= "\u9fff" or "\uac00" <= word[0] <= "\ud7af")
"""Those of them that are written without spaces around them."""

PHRASES = (
    (r"\b(?:first (?:working |business )?day (?:back|at work)|first (?:working|business) day)\b", "back"),
    (
        r"\b(?:erste[rn]? (?:arbeits|werk)tag|(?<!beginnt )(?<!startet )erst (?:wieder )?(?:ab|am)|nicht vor)\b",
        "wieder ab",
    ),
    (
        r"\b(?:premier jour (?:de travail|ouvré)|qu['’]à (?:partir du|compter du)|(?:de|à) nouveau)\b",
        "retour",
    ),
    (r"\b(?:primer día (?:de trabajo|laborable|hábil)|de nuevo)\b", "regreso"),
    (r"\b(?:primo giorno (?:di lavoro|lavorativo)|di nuovo|nuovamente)\b", "ritorno"),
    (r"\b(?:primeiro dia (?:de trabalho|útil)|de novo|novamente)\b", "regresso"),
    (r"\b(?:eerste werkdag|pas (?:weer )?(?:vanaf|op)|niet v[oó]{2}r)\b", "terug"),
    (r"\b(?:første (?:arbejds|arbeids)dag|først (?:fra|den)|tidligst)\b", "tilbage"),
    (r"\b(?:första arbetsdag|först (?:från|den)|tidigast)\b", "tillbaka"),
    (r"\b(?:pierwszy dzień (?:pracy|roboczy)|dopiero (?:od|w))\b", "wracam"),
    (r"\b(?:první pracovní den|až od)\b", "zpět"),
    (r"(?:первый рабочий день|не раньше|только с)\b", "вернусь"),
    (
        r"\b(?:not|unable|unavailable|cannot|can['’]t|won['’]t)(?=[^.!?;:,\n]{0,30}\b(?:able|available|back|return|hear|reach\w*|answer"
        r"|respond|reply|read)\b| before)(?P<kept>\b[^.!?;:,\n]{0,40}) before\b",
        r"not\g<kept> until",
    ),
    (r"\b(?:no|não|nao)(?P<kept>\b[^.!?;:,\n]{0,40}) antes del?\b", r"no\g<kept> hasta"),
    (r"\bnon(?P<kept>\b[^.!?;:,\n]{0,40}) prima (?:del|di)\b", r"non\g<kept> fino"),
    (r"\bpas(?P<kept>\b[^.!?;:,\n]{0,40}) avant\b", r"pas\g<kept> jusqu"),
    (r"\bw/c\b", "week"),
    (r"\b(?:reply|respond|answer|read|get back)(?P<kept>\b[^.!?;:,\n\d]{0,40}) after\b", r"back\g<kept>"),
    (r"\bup (?:to|till?|until)\b", "until"),
    (r"\b(?:commencing|starting|beginning|from)(?P<kept>\b[^.!?;\n]{3,40}?) (?:and )?ending\b", r"from\g<kept> to"),
    (
        r"\bfrom (?P<kept>[^.!?;,\n]{3,25}) on(?:wards?)?\b(?=[^.!?;,\n]{0,60}\b(?:again|reach\w*|back|available)\b)",
        r"back \g<kept>",
    ),
    (r"\bnext (?:in|at work|at my desk|working|available|here|online)\b", "back"),
    (r"(?m)^\s*last day(?=\s?:)", "end"),
    (r"\bt ?\.? ?o ?\.? ?m\b\.?", "tom"),
    (r"\bre-(?=open|join|sum)", "re"),
    (
        r"\b(?:read|check|answer|respond|reply|work|open|online|here|available|reach|contact)(?:s|ing|able)?"
        r"(?P<kept>\b[^.!?;:,\n\d]{0,40}) again\b",
        r"back\g<kept>",
    ),
    (r"\blast day (?:of (?:my |our |annual |parental )?(?:leave|vacation|holidays?|absence)|off|away)\b", "away until"),
    (r"\bletzte[rn]? (?:urlaubs|ferien|abwesenheits)tag\b", "urlaub bis"),
    (r"\bdernier jour (?:de (?:mes |mon )?(?:congés?|vacances)|d['’]absence)\b", "congé jusqu"),
    (r"\búltimo día de (?:mis )?(?:vacaciones|permiso|ausencia)\b", "vacaciones hasta"),
    (r"\bultimo giorno di (?:ferie|assenza)\b", "ferie fino"),
    (r"\búltimo dia d[eo] (?:minhas )?(?:férias|licença|ausência)\b", "férias até"),
    (r"\blaatste (?:vakantie|verlof)dag\b", "vakantie tot"),
    (r"\bsiste (?:ferie|feriedag|fridag)\b|\bsidste (?:ferie|fri)dag\b", "ferie til"),
    (r"\bsista semesterdag\b", "semester till"),
    (r"\bostatni dzień urlopu\b", "urlop do"),
    (r"последний день (?:моего )?отпуска", "отпуск до"),
    (r"\b(?:åbner|åpner|öppnar|åbent|åpent|öppet) (?:vi )?(?:igen|igjen|åter)\b", "tilbage"),
    (r"\blàm việc (?:trở )?lại\b", "trở lại"),
    (
        r"\b(?:who|he|she|they)(?: is|['’]s| are| will be) (?:in|here|there|available|around|reachable)\b"
        r"(?=[^.!?;\n]{0,20}\b(?:until|till)\b)",
        "open",
    ),
    (r"\b(?:visit|join|meet|see|find) (?:us|our)\b", "register"),
    (r"\bs[/.]d\b\.?", "sampai"),
    (r"(?:بر|باز)\s?می[\u200c\s]?گرد(?:م|یم)", "بازگشت"),
    ("كانون الثاني", "يناير"),
    ("تشرين الأول", "أكتوبر"),
    ("تشرين الثاني", "نوفمبر"),
    ("كانون الأول", "ديسمبر"),
    (r"(?:จน|ไปจน)?ถึง", " ถึง "),
    (r"กลับ(?:มา)?(?:ทำงาน|เข้างาน|ปฏิบัติงาน|เข้าสำนักงาน|ติดต่อ|ตอบ)*", " กลับ "),
    (r"(?:ตั้งแต่|ระหว่าง|ใน)?วัน(?:จันทร์|อังคาร|พุธ|พฤหัส(?:บดี)?|ศุกร์|เสาร์|อาทิตย์)?ที่", " วันที่ "),
    (r"ลา(?:พักร้อน|พักผ่อน|หยุด|กิจ|ป่วย|คลอด)|วันหยุด|หยุดยาว|ไม่อยู่", " ลา "),
    (r"ม\.ค\.?", "มกราคม"),
    (r"ก\.พ\.?", "กุมภาพันธ์"),
    (r"มี\.ค\.?", "มีนาคม"),
    (r"เม\.ย\.?", "เมษายน"),
    (r"พ\.ค\.?", "พฤษภาคม"),
    (r"มิ\.ย\.?", "มิถุนายน"),
    (r"ก\.ค\.?", "กรกฎาคม"),
    (r"ส\.ค\.?", "สิงหาคม"),
    (r"ก\.ย\.?", "กันยายน"),
    (r"ต\.ค\.?", "ตุลาคม"),
    (r"พ\.ย\.?", "พฤศจิกายน"),
    (r"ธ\.ค\.?", "ธันวาคม"),
)
"""Expressions for some words that together say what another one says alone."""

LABELS = _words(
    "end ends ende fin fine einde slut koniec to bis au al hasta tot till to fim konec vége окончание конец"
)
"""At the beginning of a line, before a colon: a form's field for the last day."""

SOMETHING_ELSE = _words("""
    % register registration open opens valid offer discount deadline apply application bird sale fair exhibition
    conference webinar warranty goods returned refund refunds paid payable due payment invoice tender bid
    invoices payments offers orders order applications submissions reports webinars discounts campaign
    trial licence license subscription contract exam exams results published release releases ships ship delivery
    subscribe submit submission vote voting enter competition closes sent sign
    geöffnet gültig gilt gelten anmeldung anmeldeschluss anmelden frist messe rabatt aktion angebot bewerbung einreichung
    rechnungen angebote bewerbungen belege bestellungen bestellung einreichungen unterlagen rabatte
    vertrag läuft laufzeit lizenz abo abonnement ergebnisse lieferung
    garantie öffnet zahlbar zahlung rechnung rückgabe umtausch
    contrat abonnement licence résultats livraison soldes promotion paiement facture factures commandes commande
    candidatures offres
    inscription inscriptions ouvert ouverte valable salon offre remise candidature inscrivez
    contrato suscripción licencia resultados entrega rebajas pago factura facturas pedidos pedido ofertas
    inscripción inscripciones abierto abierta válido feria oferta descuento plazo
    contratto abbonamento licenza risultati consegna saldi pagamento fattura fatture ordini ordine offerte
    iscrizioni iscrizione aperto aperta valido fiera offerta sconto scadenza aperte
    inscrições inscrição aberto aberta feira oferta desconto prazo
    actie loopt contract levering aanmelding inschrijven inschrijving open geldig beurs aanbieding korting aanmelden
    åben åpent öppet öppen gyldig giltig messe mässa tilbud erbjudande tilmelding påmelding anmälan
    avoinna voimassa ilmoittautuminen tarjous
    rejestracja ważny targi oferta promocja otwarte
    registrace platí veletrh nabídka sleva
    регистрация действует выставка скидка посетите приходите
    besuchen besucht visitez venez visítenos visite trovate odwiedź zapraszamy bezoek besøg besøk besök navštivte
    """)
"""Their dates are none of an absence."""

WHO = _words("""
    who qui quien quienes welche welcher wie która który która którzy který která kteří ktorý ktorá которая который которые
    яка який які joka jotka
    """)
WHO_OR_THE = _words("die der das che que som")
BEHIND_WHO = _words("""
    ab am vom bis erst wieder seit nur ihnen sie auch gerne dann ist är er har sarà tornerà rientra torna è será volverá
    regresa estará volta estará retorna
    """)
"""Behind a comma they begin a clause about another person, the second where one of the third follows."""

SOMETHING_ELSE_TOGETHER = _words("""
报名 活动 优惠 展会 促销 報名 優惠 展覽 活動 募集 締切 申込 応募 セール キャンペーン 展示会 신청 마감 행사 할인 접수 전시
""")
"""The same in languages that write words without spaces."""

IS = _words("is will returns est sera revient")
"""Behind somebody's name they tell of that person."""

I_OR_WE = _words("i we me my our je nous mon ma ik wij we")

OF_ALL = _words("""
    office team studio shop clinic practice company everyone all bureau cabinet magasin équipe
    kantoor winkel which that who it this he she they
    """)
"""What is no other person's name before such a word."""
