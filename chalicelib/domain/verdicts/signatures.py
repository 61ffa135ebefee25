"""Programs that name themselves in the agent: exact signatures as data, each with where it comes from.

A piece is text of the agent in lower case that stands at word edges (`bot` is not in CUBOT, a phone); one that begins
with ^ stands at the agent's start. Several signatures may match: the one higher in the table is taken.
"""

from chalicelib.domain.events import VerdictKind
from chalicelib.domain.records import record

BOT, HUMAN, PREFETCH = VerdictKind.BOT, VerdictKind.HUMAN, VerdictKind.PREFETCH
PROXY, SCANNER, UNFURLER = VerdictKind.PROXY_HUMAN, VerdictKind.SCANNER, VerdictKind.UNFURLER
UNKNOWN = VerdictKind.UNKNOWN


@record
class Signature:
    """What an agent with one of the `pieces` is, and how sure that is (0 to 1) while nothing else is known."""

    name: str
    kind: VerdictKind
    confidence: float
    pieces: tuple[str, ...]
    source: str


def _signature(name: str, kind: VerdictKind, confidence: float, pieces: str, source: str) -> Signature:
    return Signature(name, kind, confidence, tuple(pieces.split("|")), source)


CRAWLER_LIST = "https://github.com/monperrus/crawler-user-agents"
MATOMO = "https://github.com/matomo-org/device-detector"
UA_PARSER = "https://github.com/ua-parser/uap-core"

SIGNATURES: tuple[Signature, ...] = (
    # -- Mail providers' image proxies: fetched because a person looked.
    _signature(
        "gmail_proxy",
        PROXY,
        0.95,
        "googleimageproxy|via ggpht.com",
        "https://github.com/gophish/gophish/issues/1390",
    ),
    _signature(
        "gmail_prefetch",
        PREFETCH,
        0.96,
        "chrome/42.0.2311.135 safari/537.36 edge/12.246",
        "https://bird.com/en-us/blog/gmail-prefetching-images",
    ),
    _signature(
        "yahoo_proxy",
        PROXY,
        0.95,
        "yahoomailproxy",
        "https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
    ),
    _signature(
        "hey_proxy",
        PROXY,
        0.95,
        "hey.com/imageproxy",
        "https://www.hey.com/image-proxy",
    ),
    _signature(
        "outlook_proxy",
        PROXY,
        0.8,
        "(windows nt 6.1; wow64) applewebkit/537.36 (khtml, like gecko) chrome/35 safari/537.36"
        "|outlookimageproxy|outlook image proxy",
        "https://github.com/cancan101/email-tracking-api",
    ),
    _signature(
        "front_proxy",
        PROXY,
        0.9,
        "frontapp.com imageproxy",
        "https://github.com/cancan101/email-tracking-api",
    ),
    _signature("superhuman_proxy", PROXY, 0.85, "^superhuman", "https://github.com/cancan101/email-tracking-api"),
    _signature(
        "shortwave_proxy",
        PROXY,
        0.9,
        "shortwave image fetcher",
        CRAWLER_LIST,
    ),
    _signature(
        "rambler_proxy",
        PROXY,
        0.9,
        "ramblermail",
        MATOMO,
    ),
    _signature(
        "ukr_net_proxy",
        PROXY,
        0.9,
        "mail.ukr.net proxy",
        MATOMO,
    ),
    _signature(
        "seznam_proxy",
        PROXY,
        0.9,
        "seznamemailproxy",
        MATOMO,
    ),
    _signature(
        "fastmail_proxy",
        PROXY,
        0.85,
        "fastmailua",
        CRAWLER_LIST,
    ),
    _signature(
        "yandex_proxy",
        PROXY,
        0.8,
        "yandeximageresizer|yandexuserproxy|yandex.mail",
        MATOMO,
    ),
    _signature(
        "open_xchange_proxy",
        PROXY,
        0.85,
        "open-xchange image data fetcher",
        MATOMO,
    ),
    _signature(
        "duckduckgo_proxy",
        PROXY,
        0.8,
        "duckduckgo-imageproxy|duckduckgo-image-proxy|duckduckgo email",
        "https://duckduckgo.com/email",
    ),
    _signature(
        "startmail_proxy",
        PROXY,
        0.8,
        "startpageprivateimageproxy",
        CRAWLER_LIST,
    ),
    # -- Previews in chats and social networks: a machine, and proof that somebody shared the link.
    _signature(
        "imessage_preview",
        UNFURLER,
        0.97,
        "facebookexternalhit/1.1 facebot twitterbot",
        "https://developer.apple.com/documentation/technotes/tn3156",
    ),
    _signature(
        "line_preview",
        UNFURLER,
        0.97,
        "line-poker|linespider",
        "https://help2.line.me/linespider",
    ),
    _signature(
        "kakao_preview",
        UNFURLER,
        0.97,
        "kakaotalk-scrap|kakaotalk scrap",
        CRAWLER_LIST,
    ),
    _signature(
        "slack_preview",
        UNFURLER,
        0.98,
        "slackbot-linkexpanding|slackbot|slack-imgproxy",
        "https://api.slack.com/robots",
    ),
    _signature(
        "teams_preview",
        UNFURLER,
        0.97,
        "skypeuripreview",
        MATOMO,
    ),
    _signature(
        "microsoft_preview",
        UNFURLER,
        0.92,
        "microsoftpreview|bingpreview",
        CRAWLER_LIST,
    ),
    _signature(
        "telegram_preview",
        UNFURLER,
        0.97,
        "telegrambot",
        MATOMO,
    ),
    _signature(
        "discord_preview",
        UNFURLER,
        0.97,
        "discordbot|mozilla/5.0 (macintosh; intel mac os x 11.6; rv:92.0) gecko/20100101 firefox/92.0",
        MATOMO,
    ),
    _signature(
        "facebook_preview",
        UNFURLER,
        0.97,
        "facebookexternalhit|facebot|meta-externalhit|facebookcatalog|facebookplatform",
        "https://developers.facebook.com/docs/sharing/webmasters/web-crawlers",
    ),
    _signature(
        "twitter_preview",
        UNFURLER,
        0.97,
        "twitterbot|tweetmemebot",
        CRAWLER_LIST,
    ),
    _signature(
        "linkedin_preview",
        UNFURLER,
        0.97,
        "linkedinbot",
        CRAWLER_LIST,
    ),
    _signature(
        "snapchat_preview",
        UNFURLER,
        0.97,
        "snap url preview service|snapurlpreview",
        CRAWLER_LIST,
    ),
    _signature(
        "pinterest_preview",
        UNFURLER,
        0.93,
        "pinterestbot|pinterest.com/bot",
        CRAWLER_LIST,
    ),
    _signature(
        "reddit_preview",
        UNFURLER,
        0.95,
        "redditbot",
        CRAWLER_LIST,
    ),
    _signature(
        "chat_preview",
        UNFURLER,
        0.95,
        "yahoo link preview|google web preview|google-pagerenderer|vkshare|vkrobot|odklbot|keybasebot|groupmebot|mattermost-bot"
        "|mattermostbot|rocket.chat|zulipurlpreview|zulip url preview|^synapse/|matrix-bot-sdk"
        "|chatwork linkpreview|dingtalkbot|larkurl2previewbot|feishubot|larkbot|nextcloud server crawler"
        "|cliqbot|embedly|iframely|summalybot|opengraph.io|bufferlinkpreviewbot|clickuplinkunfurler"
        "|evernoterichlinkbot|blueskypreviewbot|cardyb|mastodon/|^http.rb/|friendica|lemmy|pleroma|misskey"
        "|bitlybot|flipboardproxy|discourse forum onebox|quora-bot|quora link preview|xing bot"
        "|xing-contenttabreceiver|mediumbot-metatagfetcher|^ning/|^whatsapp|^viber|^notion/|^bluesky/|^valve/steam|hatena|addthis|trello|notionembedder"
        "|notionbot|asana/|zoombot|zoom link preview|webexbot|guildedbot|orlo-linkpreview|linkpreview"
        "|link preview|link-preview|url preview|url-preview|urlpreview|unfurl|unfurling|linkunfurling|unfurlbot|unfurler"
        "|linkunfurler"
        "|^threema|^signal/|^signal-android|^signal-ios|google-chat|googlechat|googledocs|^viber/|viberbot|^zalo|kakaostory|loomlybot"
        "|codabot|meta-externalfetcher|meta-externalagent|^snapchat/|^tumblr/|^wechat/|^line/|^kakaotalk/"
        "|^whatsapp/|whatsappbot|arenaunfurlbot|goodlinks|skypebot",
        CRAWLER_LIST,
    ),
    # -- Security systems that name themselves.
    _signature(
        "barracuda",
        SCANNER,
        0.97,
        "barracuda sentinel|barracuda",
        "https://github.com/postalsys/emailengine",
    ),
    _signature(
        "mail_scanner",
        SCANNER,
        0.95,
        "proofpoint|urldefense|url defense|mimecast|ironport|cisco secure email|cisco ironport|messagelabs"
        "|symantec|^mcafee|trendmicro|trend micro|forcepoint|websense|fireeye|trellix|sophos|sophoslabs|avanan"
        "|checkpoint|check point|fortiguard|fortinet|fortimail|fortisandbox|zscaler|hornetsecurity"
        "|vade secure|vadesecure|vade-secure|spamexperts|spamassassin|mailguard|safelinks|safe links"
        "|microsoft defender|microsoft url detonation|msurlcheck|agari|cyren|cloudmark|retarus|libraesva"
        "|abnormal security|area1security|area 1 security|cloudflare area 1|perception point|perceptionpoint"
        "|ironscales|greathorn|phishlabs|phishtank|spamtitan|appriver|securence|zerospam|mailroute"
        "|mailmarshal|trustwave|bitdefender|kaspersky|eset|clamav|drweb|dr.web|f-secure|withsecure|webroot"
        "|brightcloud|malwarebytes|heimdal|emailsecurity|email security|emailprotection|linkprotect"
        "|linkprotection|anti-phishing|antiphishing|antivirus|malware|securityscanner|threatdetection",
        "https://github.com/MillionSend/millionsend/pull/22",
    ),
    _signature(
        "url_scanner",
        SCANNER,
        0.93,
        "virustotal|virustotalcloud|urlscan|google-safety|google safe browsing|google-safe-browsing"
        "|safebrowsing|googlesecurityscanner|webpulse|bluecoat|blue coat|palo alto networks|paloaltonetworks"
        "|expanse|netskope|cloudflare-radar-scanner|urlquery|hybrid-analysis|joesandbox|joe sandbox|cuckoo"
        "|phishdetector|checkphish|checkphishbot|netcraft|netcraftsurveyagent|twinwavescanner|urlfilter"
        "|url filter|url-filter|safednsbot|sucuri|quttera|securityheaders|censysinspect|bitsightbot|k7mlwcbot"
        "|filterdb.iss.net|ltx71|antibot|lightspeedsystemscrawler|cyberpatrol|artemisbot|detectify|wtotem"
        "|nikto|sqlmap|nessus|openvas|acunetix|nuclei|qualys|zgrab|nmap|masscan|phishing|phish|openphish|urlhaus|rspamd|cofense|knowbe4"
        "|menlo security|threatdown|area1|mailscanner|secure-email|secure email|scanner",
        CRAWLER_LIST,
    ),
    # -- The recipient's own program or browser, before a person follows a link.
    _signature(
        "office_probe",
        PREFETCH,
        0.85,
        "microsoft office existence discovery|microsoft office protocol discovery|microsoft-webdav-miniredir"
        "|microsoft data access internet publishing provider",
        "https://learn.microsoft.com/office/troubleshoot/office-suite-issues/click-hyperlink-to-sso-website",
    ),
    _signature(
        "prefetch_proxy",
        PREFETCH,
        0.95,
        "chrome privacy preserving prefetch proxy",
        "https://github.com/buettner/private-prefetch-proxy",
    ),
    # -- Programs for reading mail: a person's own.
    _signature("new_outlook", HUMAN, 0.96, "oneoutlook", "https://github.com/nextauthjs/next-auth/issues/1840"),
    _signature(
        "outlook",
        HUMAN,
        0.96,
        "microsoft outlook|microsoft office|microsoft office outlook|ms-office|msoffice|outlook-express|outlook-ios"
        "|outlook-ios-android|outlook-android|macoutlook|windowsmail|windows mail"
        "|windows live mail|microsoft outlook mail",
        UA_PARSER,
    ),
    _signature(
        "thunderbird",
        HUMAN,
        0.97,
        "thunderbird|icedove|betterbird|postbox|seamonkey|spicebird|iceape|eudora",
        UA_PARSER,
    ),
    _signature(
        "mail_app",
        HUMAN,
        0.96,
        "airmail|android-gmail|android-mail|android-email|applemail|apple mail|barca|barcapro|bluemail"
        "|canary|canary mail|clawsmail|claws mail|cloudmagic|edison mail|emclient|em client|evolution|fairemail"
        "|foxmail|geary|gnome-evolution|incredimail|k-9|kmail|kmail2|kontact|lotus-notes|ibm notes|hcl notes"
        "|lotus notes|mailbar|mailbird|mailmaster|mailmasterpc|mailmaster_android_mobile|mailapp|mailspring"
        "|mailmate|mimestream|missive|navermailapp|^newton|newton mail|nylas|nylas-mail|nylas mail|opera mail"
        "|operamail|polymail|protonmail/|proton mail|readdle|readdlespark|samsung email|samsungemail"
        "|com.samsung.android.email|spark desktop|sparkdesktop|^spark/|spike|sylpheed|the bat!|thebat|trojita"
        "|tutanota|tutanota-desktop|yahoo mail|yahoo%20mail|yahoomobilemail|ymail|jp.co.yahoo.ymail|zoho mail"
        "|zohomail|superhuman|outlook|gmail/|gmx mail|web.de mail|mymail|aquamail|profimail|maildroid|typeapp"
        "|boxer|^mutt/|^alpine/|wanderlust|gnus|groupwise|zdclient|zimbra|entourage|pegasus mail|becky!|nine mail"
        "|9folders|^mail/|^maild/|sparrow|inky mail|hiri|lark mail",
        MATOMO,
    ),
    # -- Http libraries, tools and browsers without a person.
    _signature(
        "http_library",
        BOT,
        0.96,
        "curl|libcurl|wget|wget2|httpie|^xh|aria2|python-requests|python requests|python-urllib"
        "|python-urllib3|urllib|urllib3|aiohttp|httpx|python-httpx|httplib2|pycurl|^tornado|^treq|grequests"
        "|scrapy|go-http-client|go http package|fasthttp|^resty|go-resty|colly|^gentleman|req/v3|quic-go"
        "|^java|apache-httpclient|apache-httpasyncclient|jakarta|jakarta commons-httpclient"
        "|commons-httpclient|httpclient|httpurlconnection|google-http-java-client|unirest-java|^jersey"
        "|reactornetty|reactor-netty|vert.x-webclient|akka-http|scalaj-http|^sttp|async-http-client"
        "|asynchttpclient|^ahc|^jetty|^armeria|jsoup|htmlunit|^feign|rest-assured|node-fetch|^node"
        "|undici|axios|^got|superagent|^needle|^request|request-promise|^phin|^bun|^deno|^ky"
        "|cross-fetch|electron-fetch|^nodejs|^node.js|^ruby|rest-client|faraday|typhoeus|httparty"
        "|net::http|mechanize|^excon|^curb|^php|guzzlehttp|guzzle|^symfony|symfony httpclient"
        "|php-curl-class|zend_http_client|zend\\\\http\\\\client|^buzz|snoopy|http_request2|pear http_request"
        "|wordpress|^drupal|^perl|libwww-perl|lwp-trivial|lwp-request|lwp::simple|www-mechanize|http-tiny"
        "|anyevent-http|mojolicious|winhttp|winhttp.winhttprequest.5|wininet|powershell|windowspowershell"
        "|restsharp|flurl|dotnet|^.net|httpclient/.net|indy library|embarcadero uri client|^delphi|^rust"
        "|reqwest|ureq|^hyper|^isahc|^surf|attohttpc|^dart|alamofire|afnetworking|libsoup|libfetch|^lua"
        "|lua-resty-http|openresty|^erlang|hackney|^finch|^mint|^tesla|httpoison|^elixir|^haskell"
        "|http-client|clj-http|babashka|cpp-httplib|cpprestsdk|^cpr|^poco|^beast|libhttp|r-curl|httr|rcurl"
        "|^julia|http.jl|swiftnio|postmanruntime|postman|^insomnia|^paw|^bruno|hoppscotch|thunder client"
        "|soapui|jmeter|gatling|^k6|locust|artillery|^wrk|apachebench|^ab|^siege|vegeta|boto3|botocore"
        "|aws-sdk-java|aws-cli|gsutil|ktor-client|^lynx-http|lftp|^fetch|uclient-fetch|mikrotik"
        "|esp32httpclient|^arduino|micropython|busybox|^axel|httrack|webcopier|teleport pro"
        "|offline explorer|amazon cloudfront|google-apps-script|apps-script|urlfetch|appengine-google|zapier"
        "|n8n|ifttt|power automate|azure-logic-apps|microsoft flow|pipedream|typo3|joomla|xenu"
        "|xenu link sleuth",
        CRAWLER_LIST,
    ),
    _signature(
        "automation",
        BOT,
        0.95,
        "headlesschrome|phantomjs|slimerjs|puppeteer|playwright|selenium|webdriver|cypress|jsdom|browserless"
        "|ghost inspector|headlessedg|headlessshell|headless|electron-headless|wkhtmltoimage|wkhtmltopdf"
        "|princexml|weasyprint|testcafe|katalon",
        CRAWLER_LIST,
    ),
)

# What no piece of text says: see agents.py.
OTHERS: tuple[Signature, ...] = (
    _signature("empty", UNKNOWN, 0.6, "", "https://github.com/edalzell/laravel-passwordless-login/issues/79"),
    _signature(
        "apple_prefetch",
        PREFETCH,
        0.92,
        "",
        "https://help.socketlabs.com/docs/identifying-apple-mpp-opens-in-notification-api-events",
    ),
    _signature("bare_webkit", HUMAN, 0.85, "", "https://github.com/warmbly/warmbly/issues/564"),
    _signature("image_proxy", PROXY, 0.75, "", "https://github.com/Weber-droid/mailtrack-clone"),
    _signature("app_library", HUMAN, 0.7, "", "https://developer.android.com/reference/java/net/HttpURLConnection"),
    _signature("crawler", BOT, 0.95, "", CRAWLER_LIST),
    _signature("okhttp", BOT, 0.6, "", "https://square.github.io/okhttp/"),
    _signature("program", BOT, 0.6, "", "RFC 9110, 10.1.5"),
    _signature("browser", HUMAN, 0.93, "", "RFC 9110, 10.1.5"),
    _signature("other", UNKNOWN, 0.5, "", "RFC 9110, 10.1.5"),
)

BY_NAME: dict[str, Signature] = {signature.name: signature for signature in SIGNATURES + OTHERS}
