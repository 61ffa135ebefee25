"""Names of months and weekdays by Unicode's CLDR. Made by `python -m infra.refresh_calendar_names`: do not edit.

https://cldr.unicode.org, Copyright 1991-2025 Unicode, Inc., under the Unicode License v3. In lower case, the words
of all languages together, months from January, weekdays from Monday.
"""

MONTHS = (
    """
ean|eanair|eanáir|ene|enero|gen|gener|gennaio|ian|ianuarie|jaan|jaanuar|jan|janar|janeiro|janner|januar|januara|
januari|january|január|januára|janv|janvaris|janvier|janvāris|janúar|jän|jänner|led|leden|ledna|oca|ocak|saus|sausio|
sausis|sij|sijecanj|sijecnja|siječanj|siječnja|sty|styczen|styczeń|stycznia|tammi|tammikuu|tammikuuta|urt|urtarrila|
xan|xaneiro|ιαν|ιανουάριος|ιανουαρίου|ιανουαριος|ιανουαριου|січ|січень|січня|янв|январь|января|яну|януари|јан|јануар|
јануари|қаң|қаңтар|ינו|ינואר|جانفي|جنوری|كانون الثاني|يناير|ژانویه|जनवरी|जन॰|জানু|জানুয়ারি|ม.ค|มกราคม|
""",
    """
feabh|feabhra|feb|febbraio|febr|febreiro|febrer|febrero|februar|februara|februari|februarie|februaris|february|február|
februára|februāris|febrúar|fev|fevereiro|fevr|fevrier|févr|février|helmi|helmikuu|helmikuuta|lut|lutego|luty|ots|
otsaila|shk|shkurt|sub|subat|uno|unor|unora|vas|vasario|vasaris|veebr|veebruar|velj|veljaca|veljace|veljača|veljače|
úno|únor|února|şub|şubat|φεβ|φεβρουάριος|φεβρουαρίου|φεβρουαριος|φεβρουαριου|ақп|ақпан|лют|лютий|лютого|феб|фебруар|
фев|февр|февраль|февраля|февруари|פבר|פברואר|شباط|فبراير|فروری|فوریه|فيفري|फरवरी|फ़रवरी|फ़र॰|ফেব|ফেব্রুয়ারি|ก.พ|
กุมภาพันธ์|
""",
    """
bre|brezen|brezna|bře|březen|března|kov|kovas|kovo|maalis|maaliskuu|maaliskuuta|maart|mac|mar|marc|marca|march|marcius|
marco|marec|maret|mars|mart|marta|martie|marts|martxoa|marz|marzec|marzo|març|março|mrt|márc|március|márta|mär|märts|
märz|ozu|ozujak|ozujka|ožu|ožujak|ožujka|μάρ|μάρτιος|μαρ|μαρτίου|μαρτιος|μαρτιου|бер|березень|березня|мар|март|марта|
нау|наурыз|מרץ|آذار|مارس|مارچ|मार्च|মার্চ|มี.ค|มีนาคม|
""",
    """
abr|abril|aib|aibrean|aibreán|api|apirila|apr|april|aprila|aprile|aprilie|aprilis|aprill|apríl|apríla|aprīlis|avr|
avril|bal|balandis|balandzio|balandžio|dub|duben|dubna|huhti|huhtikuu|huhtikuuta|kwi|kwiecien|kwiecień|kwietnia|nis|
nisan|pri|prill|tra|travanj|travnja|ápr|április|απρ|απρίλιος|απριλίου|απριλιος|απριλιου|апр|апрель|апреля|април|квіт|
квітень|квітня|сәу|сәуір|אפר|אפריל|آوریل|أبريل|أفريل|ابريل|اپریل|نيسان|अप्रैल|এপ্রি|এপ্রিল|เม.ย|เมษายน|
""",
    """
beal|bealtaine|geg|geguze|geguzes|gegužė|gegužės|kve|kveten|kvetna|kvě|květen|května|mag|maggio|mai|maiatza|maig|maijs|
maio|maj|maja|majus|may|mayo|mays|mayıs|maí|mei|máj|mája|május|svi|svibanj|svibnja|touko|toukokuu|toukokuuta|μάι|μάιος|
μαΐ|μαΐου|μαι|μαϊ|μαϊου|μαιος|май|мам|мамыр|мая|мај|трав|травень|травня|מאי|أيار|مئی|ماي|مايو|مه|मई|মে|พ.ค|พฤษภาคม|
""",
    """
birz|birzelio|birzelis|birž|birželio|birželis|cerven|cervna|cvn|cze|czerwca|czerwiec|eka|ekaina|giu|giugno|haz|haziran|
iun|iunie|juin|jun|juna|june|junho|juni|junij|junijs|junio|junius|juny|juuni|jún|júna|június|júní|jūn|jūnijs|kesa|
kesakuu|kesakuuta|kesä|kesäkuu|kesäkuuta|lipanj|lipnja|meith|meitheamh|qer|qershor|xuno|xuño|červen|června|čvn|ιουν|
ιουνίου|ιουνιος|ιουνιου|ιούν|ιούνιος|июн|июнь|июня|мау|маусым|черв|червень|червня|юни|јун|јуни|יוני|جوان|جون|حزيران|
يونيو|ژوئن|जून|জুন|มิ.ย|มิถุนายน|
""",
    """
cervence|cervenec|cvc|heina|heinakuu|heinakuuta|heinä|heinäkuu|heinäkuuta|iuil|iul|iulie|iúil|juil|juillet|jul|jula|
julai|julho|juli|julij|julijs|julio|juliol|julius|july|juuli|júl|júla|július|júlí|jūl|jūlijs|korr|korrik|liep|liepa|
liepos|lipca|lipiec|lug|luglio|srpanj|srpnja|tem|temmuz|uzt|uztaila|xul|xullo|července|červenec|čvc|ιουλ|ιουλίου|
ιουλιος|ιουλιου|ιούλ|ιούλιος|июл|июль|июля|лип|липень|липня|шіл|шілде|юли|јул|јули|יולי|تموز|جولائی|جويلية|يوليو|
يوليوز|ژوئیه|जुलाई|जुल॰|জুল|জুলাই|ก.ค|กรกฎาคม|
""",
    """
abu|abuztua|ag|ago|agost|agosto|agu|agust|agustos|agustus|aout|août|aug|august|augusta|augusti|augusts|augustus|
augusztus|avg|avgust|ağu|ağustos|elo|elokuu|elokuuta|gush|gusht|kol|kolovoz|kolovoza|lun|lunasa|lún|lúnasa|ogo|ogos|
rugp|rugpjucio|rugpjutis|rugpjūtis|rugpjūčio|sie|sierpien|sierpień|sierpnia|srpen|srpna|ágú|ágúst|αυγ|αυγουστος|
αυγουστου|αυγούστου|αύγ|αύγουστος|авг|август|августа|серп|серпень|серпня|там|тамыз|אוג|אוגוסט|آب|أغسطس|أوت|اغسطس|اوت|
اگست|غشت|अगस्त|अग॰|আগ|আগস্ট|ส.ค|สิงหาคม|
""",
    """
eyl|eylul|eylül|ira|iraila|mean fomhair|meán fómhair|mfomh|mfómh|rugs|rugsejis|rugsejo|rugsėjis|rugsėjo|ruj|rujan|
rujna|sep|sept|septembar|september|septembra|septembre|septembrie|septembris|septiembre|set|setembre|setembro|
setiembre|settembre|sht|shtator|syys|syyskuu|syyskuuta|szept|szeptember|wrz|wrzesien|wrzesień|wrzesnia|września|zar|
zari|zář|září|σεπ|σεπτέμβριος|σεπτεμβρίου|σεπτεμβριος|σεπτεμβριου|вер|вересень|вересня|сент|сентябрь|сентября|сеп|
септембар|септември|қыр|қыркүйек|ספט|ספטמבר|أيلول|سبتمبر|ستمبر|سپتامبر|شتنبر|सितंबर|सितम्बर|सित॰|সেপ|সেপ্ট|সেপ্টেম্বর|
ก.ย|กันยายน|
""",
    """
deireadh fomhair|deireadh fómhair|dfomh|dfómh|eki|ekim|loka|lokakuu|lokakuuta|oct|october|octobre|octombrie|octubre|
okt|oktobar|oktober|oktobra|oktobris|oktoober|október|októbra|ott|ottobre|out|outubro|paz|pazdziernik|pazdziernika|paź|
październik|października|rij|rijen|rijna|spal|spalio|spalis|tet|tetor|urr|urria|říj|říjen|října|οκτ|οκτωβρίου|
οκτωβριος|οκτωβριου|οκτώβριος|жовт|жовтень|жовтня|окт|октобар|октомври|октябрь|октября|қаз|қазан|אוק|אוקטובר|أكتوبر|
اكتوبر|اکتبر|اکتوبر|تشرين الأول|अक्टूबर|अक्टू॰|अक्तूबर|অক্টো|অক্টোবর|ต.ค|ตุลาคม|
""",
    """
aza|azaroa|kas|kasm|kasım|lapkr|lapkricio|lapkritis|lapkričio|listopadu|marras|marraskuu|marraskuuta|nen|nentor|
noiembrie|nov|novembar|november|novembra|novembre|novembris|novembro|noviembre|nën|nëntor|nóv|nóvember|samh|samhain|
stu|studeni|studenoga|νοέ|νοέμβριος|νοε|νοεμβρίου|νοεμβριος|νοεμβριου|лист|листопад|листопада|нов|новембар|ное|ноември|
нояб|ноябрь|ноября|қар|қараша|נוב|נובמבר|تشرين الثاني|نوامبر|نوفمبر|نومبر|نونبر|नवंबर|नवम्बर|नव॰|নভে|নভেম্বর|พ.ย|
พฤศจิกายน|
""",
    """
abe|abendua|ara|aralk|aralık|dec|decembar|december|decembra|decembre|decembrie|decembris|decembro|des|desember|
desembre|dets|detsember|dez|dezember|dezembro|dhj|dhjetor|dic|dicembre|diciembre|dis|disember|déc|décembre|gru|grudnia|
grudzien|grudzień|gruod|gruodis|gruodzio|gruodžio|joulu|joulukuu|joulukuuta|noll|nollaig|pro|prosinac|prosinca|
prosince|prosinec|δεκ|δεκέμβριος|δεκεμβρίου|δεκεμβριος|δεκεμβριου|груд|грудень|грудня|дек|декабрь|декабря|декември|дец|
децембар|жел|желтоқсан|דצמ|דצמבר|دجنبر|دسامبر|دسمبر|ديسمبر|كانون الأول|दिसंबर|दिसम्बर|दिस॰|ডিসে|ডিসেম্বর|ธ.ค|ธันวาคม|
""",
)

WEEKDAYS = (
    """
al|astelehena|de luain|dilluns|dl|dé luain|e hene|e hënë|esmaspaev|esmaspäev|hen|hetfo|hetfon|hétfő|hétfőn|hën|isn|
isnin|luan|lun|lundi|lunedi|lunedì|lunes|luni|luns|ma|maanantai|maanantaina|maandag|man|mandag|manudaginn|manudagur|mo|
mon|monday|montag|mán|mánudaginn|mánudagur|mån|måndag|pazartesi|pirmadieni|pirmadienis|pirmadienį|pirmd|pirmdien|
pirmdiena|po|pon|pondeli|pondelka|pondelok|pondělí|ponedeljak|ponedeljek|ponedeljka|ponedjeljak|ponedjeljka|
poniedziaek|poniedziaku|poniedziałek|poniedziałku|pr|pzt|seg|segunda-feira|sen|senin|thu hai|thứ hai|δευ|δευτέρα|
δευτερα|дс|дүйсенбі|пн|пон|понеделник|понедельник|понедельника|понедељак|понедељка|понеділка|понеділок|יום ב|יום שני|
الأثنين|الإثنين|الاثنين|دوشنبه|پیر|सोम|सोमवार|সোম|সোমবার|จันทร์|วันจันทร์|
""",
    """
an|antradieni|antradienis|antradienį|ar|asteartea|de mairt|di|dienstag|dimarts|dinsdag|dt|dé máirt|e marte|e martë|
kedd|kedden|mairt|mar|mardi|martedi|martedì|martes|marti|marți|máirt|otrd|otrdien|otrdiena|sal|salı|sel|selasa|
teisipaev|teisipäev|ter|terca-feira|terça-feira|thu ba|thứ ba|ti|tiistai|tiistaina|tir|tirs|tirsdag|tis|tisdag|torek|
torka|tue|tues|tuesday|ut|uterka|utery|uto|utorak|utorka|utorok|wt|wtorek|wtorku|út|úterka|úterý|þri|þriðjudaginn|
þriðjudagur|τρί|τρίτη|τρι|τριτη|вт|вто|вторник|вторника|вівторка|вівторок|сейсенбі|сс|уто|уторак|уторка|יום ג|
יום שלישי|الثلاثاء|سه‌شنبه|منگل|मंगल|मंगलवार|মঙ্গল|মঙ্গলবার|วันอังคาร|อังคาร|
""",
    """
asteazkena|az|car|carsamba|cead|céad|dc|de ceadaoin|dimecres|dé céadaoin|e merkure|e mërkurë|ke|keskiviikko|
keskiviikkona|kolmapaev|kolmapäev|mer|mercoledi|mercoledì|mercores|mercredi|mi|mie|miercoles|miercuri|mittwoch|
mivikudaginn|mivikudagur|mié|miércoles|mið|miðvikudaginn|miðvikudagur|mér|mércores|mër|ons|onsdag|qua|quarta-feira|rab|
rabu|sr|sre|sreda|srede|sredo|sredu|sri|srijeda|srijede|srijedu|sroda|srode|srody|streda|stredu|stredy|středa|středu|
středy|sze|szerda|szerdan|szerdán|thu tu|thứ tư|tr|treciadieni|treciadienis|tresd|tresdien|tresdiena|trečiadienis|
trečiadienį|trešd|trešdien|trešdiena|wed|wednesday|weds|wo|woensdag|çar|çarşamba|śr|środa|środy|środę|τετ|τετάρτη|
τεταρτη|середа|середи|середу|ср|сре|среда|среде|среду|среды|сряда|сәрсенбі|יום ד|יום רביעי|الأربعاء|الاربعاء|بدھ|
چهارشنبه|बुध|बुधवार|বুধ|বুধবার|พุธ|วันพุธ|
""",
    """
cet|cetrtek|cetrtka|ceturtd|ceturtdien|ceturtdiena|cetvrtak|cetvrtka|cs|csutortok|csutortokon|csütörtök|csütörtökön|ct|
ctvrtek|ctvrtka|czw|czwartek|czwartku|dear|deardaoin|dijous|dj|do|donderdag|donnerstag|déar|déardaoin|e enjte|enj|fim|
fimmtudaginn|fimmtudagur|gio|giovedi|giovedì|jeu|jeudi|joi|jue|jueves|kam|kamis|ketvirtadieni|ketvirtadienis|
ketvirtadienį|kha|khamis|kt|neljapaev|neljapäev|og|osteguna|per|persembe|perşembe|qui|quinta-feira|stvrtka|stvrtok|thu|
thu nam|thur|thurs|thursday|thứ năm|to|tors|torsdag|torstai|torstaina|xov|xoves|čet|četrtek|četrtka|četvrtak|četvrtka|
čt|čtvrtek|čtvrtka|štvrtka|štvrtok|πέμ|πέμπτη|πεμ|πεμπτη|бейсенбі|бс|чет|четвер|четверг|четверга|четвртак|четвртка|
четврток|четвъртък|чт|יום ה|יום חמישי|الخميس|جمعرات|پنجشنبه|پنج‌شنبه|गुरु|गुरुवार|বৃহস্পতি|বৃহস্পতিবার|พฤหัส|
วันพฤหัสบดี|
""",
    """
aoine|cum|cuma|de haoine|divendres|dv|dé haoine|e premte|fos|fostudaginn|fostudagur|fr|fre|fredag|freitag|fri|friday|
fös|föstudaginn|föstudagur|jum|jumaat|jumat|or|ostirala|pa|patek|patku|pe|penktadieni|penktadienis|penktadienį|pentek|
penteken|perjantai|perjantaina|pet|petak|petek|petka|pi|piatek|piatka|piatku|piatok|piektd|piektdien|piektdiena|piątek|
piątku|pn|pre|pt|pá|pátek|pátku|péntek|pénteken|reede|sex|sexta-feira|thu sau|thứ sáu|ven|vendredi|venerdi|venerdì|
venres|vie|viernes|vin|vineri|vr|vrijdag|παρ|παρασκευή|παρασκευη|жм|жұма|пʼятниця|пет|петак|петка|петок|петък|пт|
пятница|пятницу|пятницы|п’ятницю|п’ятниці|יום ו|יום שישי|الجمعة|جمعه|جمعہ|शुक्र|शुक्रवार|শুক্র|শুক্রবার|วันศุกร์|ศุกร์|
""",
    """
cmt|cumartesi|de sathairn|dissabte|ds|dé sathairn|e shtune|e shtunë|la|larunbata|lau|lauantai|lauantaina|laugardaginn|
laugardagur|laupaev|laupäev|lor|lordag|lr|lrdag|lör|lördag|lør|lørdag|sa|sab|sabado|sabato|sabtu|sam|sambata|samedi|
samstag|sat|sath|saturday|sestadieni|sestadienis|sestd|sestdien|sestdiena|sht|sob|sobota|sobote|soboto|sobotu|soboty|
sobotę|sub|subota|subote|subotu|szo|szombat|szombaton|sáb|sábado|sâm|sâmbătă|thu bay|thứ bảy|za|zaterdag|šeštadienis|
šeštadienį|σάβ|σάββατο|σαβ|σαββατο|саб|сабота|сб|сенбі|суб|суббота|субботу|субботы|субота|суботу|събота|יום שבת|שבת|
السبت|شنبه|ہفتہ|शनि|शनिवार|শনি|শনিবার|วันเสาร์|เสาร์|
""",
    """
ahad|ahd|chu nhat|chủ nhật|cn|de domhnaigh|dg|die|dim|dimanche|diumenge|dom|domenica|domh|domingo|dum|duminica|
duminică|dé domhnaigh|e diel|ig|igandea|min|minggu|ne|ned|nedela|nedele|nedeli|nedelja|nedeljo|nedelju|nedelu|nedeľa|
nedeľu|nedjelja|nedjelje|nedjelju|neděle|neděli|niedz|niedziela|niedziele|niedzieli|niedzielę|paz|pazar|puhapaev|
pühapäev|sekmadieni|sekmadienis|sekmadienį|sk|sn|sndag|son|sondag|sonntag|su|sun|sunday|sunnudaginn|sunnudagur|
sunnuntai|sunnuntaina|svetd|svetdien|svetdiena|svētd|svētdien|svētdiena|sön|söndag|søn|søndag|vasarnap|vasárnap|zo|
zondag|κυρ|κυριακή|κυριακη|воскресенье|воскресенья|вс|жексенбі|жс|нд|нед|недела|неделя|недеља|недељу|неділю|неділя|
неділі|יום א|יום ראשון|اتوار|الأحد|یکشنبه|یک‌شنبه|रवि|रविवार|রবি|রবিবার|วันอาทิตย์|อาทิตย์|
""",
)

BEFORE_THE_DAY = """
abe|abendua|abu|abuztua|api|apirila|apr|april|aprilis|aug|august|augusztus|aza|azaroa|bal|balandis|balandzio|balandžio|
birz|birzelio|birzelis|birž|birželio|birželis|dec|december|eka|ekaina|feb|febr|februar|february|február|geg|geguze|
geguzes|gegužė|gegužės|gruod|gruodis|gruodzio|gruodžio|ira|iraila|jan|januar|january|január|jul|julius|july|jun|june|
junius|júl|július|jún|június|kov|kovas|kovo|lapkr|lapkricio|lapkritis|lapkričio|liep|liepa|liepos|mai|maiatza|maj|
majus|mar|marc|march|marcius|martxoa|may|máj|május|márc|március|nov|november|oct|october|okt|oktober|október|ots|
otsaila|rugp|rugpjucio|rugpjutis|rugpjūtis|rugpjūčio|rugs|rugsejis|rugsejo|rugsėjis|rugsėjo|saus|sausio|sausis|sep|
sept|september|spal|spalio|spalis|szept|szeptember|urr|urria|urt|urtarrila|uzt|uztaila|vas|vasario|vasaris|ápr|április|
ақп|ақпан|жел|желтоқсан|мам|мамыр|мау|маусым|нау|наурыз|сәу|сәуір|там|тамыз|шіл|шілде|қаз|қазан|қар|қараша|қаң|қаңтар|
қыр|қыркүйек|
"""
