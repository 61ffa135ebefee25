"""Names of crawlers. Made by `python -m infra.refresh_crawlers`: do not edit.

From https://github.com/monperrus/crawler-user-agents, reduced to plain text:

The MIT License (MIT). Copyright (c) 2014 Martin Monperrus. Permission is hereby granted, free of charge, to any
person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the
Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished
to do so, subject to the following conditions: The above copyright notice and this permission notice shall be
included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
IN THE SOFTWARE.
"""

NAMES = """
007ac9 crawler|008/|2ip bot|2ip.ru|360spider|7siters|9bot/|a patent crawler|a360-search|a6-indexer|aasa-bot|abevalbot|
aboundex|abuse.xmco.fr|academicbotrtu|acapbot|accessible web bot|accessstatus|acoonbot|acquia optimize|activecomply|
adagiobot|adbeat.com|adbeat_bot|addsearchbot|addthis|adidxbot|adkerneltopiccrawler|admantx|adminlabs|
adsbot-google-mobile|adsbot-iab|adscanner|adstxtcrawler|advanced_crawler|advbot|adventurer|agakidsbot|
agencyanalyticsbot|ahc/|ai2bot|aihitbot|aiohttp|air.ai/scanning|aisearchbot|akismetbot|alertsite|alexa site audit|
alexandriaorgbot|algolia crawler|alienfarm|alittle client|aliyunsecbot|allafrica|allorigins|alphabot|amazing-searchbot|
amazon cloudfront|amazon-bedrock-agentcore-browser|amazonadbot|amazonbot|amazonbuyforme|amazonproductdiscovery|
amazonsellerinitiatedlisting|amzn-searchbot|amzn-user|anchor browser|anderspinkbot|anomura|anthropic-ai|antibot|
anyevent|apache-httpclient|apercite|apifybot|apifywebsitecontentcrawler|apis-google|appengine-google|appinsights|
applebot|appsiteassociation|arabot|aragog/|aranea|aranet-searchbot|archive-it|archive.org_bot|archivebot|archivebox|
arenaunfurlbot|arquivo-web-crawler|arquivobot|artemis web reader|artemisbot|asana/|asnriskscorer|aspiegelbot|
atlassian-bot|atom feed robot|attracta|atvowbot|audigentadbot|audisto crawler|audistobot|authory|
autoconfig test from ustc|awariobot|awariorendererbot|awariorssbot|awariosmartbot|awesomecrawler|axios|
azureai-searchbot|b2b bot|backlinkcrawler|bad neighborhood header detector|baidu-yunguance|baiduadsbot|baiduspider|
bazqux|bdbot/|bdcbot|bdfetch|beeperbot|behloolbot|bestchange|betabot|better uptime bot|betteruptimebot|
bibliotheque nacional de france crawler|bidswitchbot|biglotron|bigsur.ai|bigupdatabot|binarycanary|bingbot|
bingpreview/|binlar|bitbot|bitbucket-webhooks|bitdiscovery|bitlybot|bitsightbot/|bl.uk_lddc_bot|bl.uk_ldfc_bot|
blackboard|blackbox exporter/|blackduck-fd|blekkobot|blexbot/|bling erp|blingerp|blockaid|bloglines|blogmurabot|
blogtrottr|blogvault|blp_bbot|bluesky-domain-status-classifier|blueskypreviewbot|bne.es_bot|bnf.fr_bot|bnfbot|
boardgamepricesbot|bomborabot|bot-pge.chlooe.com|bot.araturka.com|botify|botpoke|boxcarbot|br-crawler|brainobot|
brandonbot|brandverity|brandwatch|bravebot|brightbot|brightedge crawler|brokenlinkcheck.com|browserbot-observer|
btwebclient|bubing|bublupbot|buck/|buddybot|bufferlinkpreviewbot|bugsnag|bushbaby|butterfly|buttondown|buzzbot|
bytespider|caliberbot|caliperbot|capitalonebot|capitaloneshopping|capsulechecker|capterrabot|carbon-umbrella-bot|
careerbot|catchpoint|caveman-hunter|cc metadata scaper|ccbot|cdscbot|censysinspect/|centcombot/|centro ads.txt crawler|
centuryb.o.t9|centurybot|cert pl|certchief|certytags|changedetection|channable|channel3bot|chargebeebot|charlotte|
chatglm-spider|chatgpt-user|chatwork linkpreview|check_http|checkhost|checkly|checkmarknetwork/|
chrome privacy preserving prefetch proxy|chrome-lighthouse|cincraw|cirrusexplorer|cispa webcrawler|citeseerxbot|citoid|
claritybot/|classla-web|claude-searchbot|claude-user|claude-web|clearscopebot|clickagy|clickuplinkunfurler|cliqzbot/|
cloudflare-alwaysonline|cloudflare-autorag|cloudflare-csup|cloudflare-custom-error-page-crawler|
cloudflare-custom-hostname-verification|cloudflare-healthchecks|cloudflare-prefetch|cloudflare-radar-scanner|
cloudflare-speedtest|cloudflare-ssldetector|cloudflare-stream-hook|cloudflare-stream-webhook|
cloudflare-traffic-manager|cloudflare-validator|cloudflareradarurlscanner|cloudtrellis|cmschecker|coccoc|cocolyzebot|
codabot|cognitiveseo bot|cognitiveseo.com|cohere-ai|cohere-training-data-crawler|collapsify|collection@infegy.com|
colly|commafeed|companybook-crawler|content crawler spider|contentkingapp|contextad bot|contxbot|convera|convermax|
cookie-maestro|cookiebot|cookiehub bot|cookiehubscan|cookiehubverify|cookieyesbot|corporama matcher|cotoyogi|coveobot|
cozi-icalendar-feedreader|crawl4ai|crawler4j|crawler_eb_germany|crawlson|crawlyprojectcrawler|crazy egg|criteobot|
critical css bot|criticalcss.com|cron-job.org|cronless|crunchbot|crusty/|crystalsemanticsbot|csirt.cz|curl|
customasynchttpclient|cutbot|cxensebot|cxk_bot|cybaabot|cyberfindcrawler|cyberpatrol|cyotekwebcopy|cypex.ai/scanning|
dareboost|dark visitor|daspeedbot|datadog agent|datadog synthetic|datadogsynthetics|datafeedwatch|dataforseobot|
datagnionbot|datanyze|dataprovider.com|daum/|daumoa|dazzle bluesky bot|dbot)|dcrawl|dead link checker|deadlinkchecker|
deepcrawl|deepnoc|deepseekbot|deskyobot|detectify|determ|deusu/|developers.google.com/+/web/snippet|df bot|diffbot/|
digg deeper|digicert dcv|digincore bot|dingtalkbot-linkservice|discobot|discordbot|discourse forum onebox|disqus|dlc/|
dlvr.it|dmbot|dmbrowser|dnbcrawler|dnsscanner|dnyzbot|do not track verifier|domain re-animator bot|domaincrawler|
domains project/|domainstatsbot|domcopbot|dominicbot|dotbot|dotcom-monitor|dow jones searchbot|download ninja|
downnotifier.com|downtimedetector/|dragonbot|drataautopilot|dratabot|dreamhost data team|drupact|drupalbot|dubbotbot|
duckassistbot|duckduckbot|duckduckgo-favicons-bot|dvbot|e.ventures investment crawler|easybib autocite|
easybill-importmanager|easycron/|easydns monitoring|ec2linkfinder|echoboxbot/|ecovadissustainabilitybot|edansbot|
edgewatch|edisterbot|electricmonk|elisabot|elmah.io uptime monitoring|elmahio-uptimebot|emailwolf|embedly|
emoney advisor|emoneybot|epicbot|epivozcrawler|erepublik.tools|eright|europarchive.org|ev-crawler/|evc-batch|
evernoterichlinkbot|everyfeed-spider|everyonesocialbot|evouptimebot|exabot|exodusmovement|expanse|experibot|
extecontextcrawl|extlinksbot|eyeotabot|ezgif|ezid|ezlynx|ezoicbot|ezooms|facebookbot|facebookcatalog/|
facebookexternalhit|facebot|factset_spyderbot|fast enterprise crawler|fast-webcrawler|fastdast|fdl stats bot|fedicabot|
fedidb|fediindex|fedilist agent|fedineko|fedistatscrawler|fedoraplanet|fedreporter bot for ffiec|fedreporterdatabot|
feed image audit|feedbin|feedbot|feedburner|feeder /|feeder.co|feedfetcher-google|feedflow|feedly|
feedpresso content index bot|feedsearch bot|feedsearch-crawler|feedspot|feedvalidator|feedwind|femtosearchbot|fetch/|
fever|fidget-spinner-bot|filterdb.iss.net/crawler|findfiles.net|finditanswersbot|findlink|findthatfile|findxbot|
fiperbot|firecrawlagent|firmograph|flamingo_searchengine|fleebsbot|flipboardproxy|flipboardrss|fluffy|flyriverbot|
foregenix|fr-crawler|freespoke/|freewebmonitoring sitechecker|freshbot|freshpingbot|freshrss|friendica|
friendly testing bot|friendly-spider|friendlycrawler/|fuelbot|fullstorybot/|funnelback|fuseonbot/|
fyndsearchengine-crawler|fyndsearchengine-recrawler|fyrebot|g00g1e.net|g2 web services|g2reader-bot|gabanzabot/|
gaisbot|garlikcrawler|gdnplus.com|geedobot|geedoproductsearch|geedoshopproductfinder|gemini-deep-research|genieo|
genomecrawlerd|getthit.com|gg peekbot|ghost inspector|giftedvisitor scan|gigablast|gigabot|gingercrawler|github-camo|
globalwebsearch|gluten free crawler/|gnam gnam spider|gnowitnewsbot|go-http-client|golfe/|goodzer|google favicon|
google trust services|google web preview|google-ads-conversions|google-adwords-express|google-adwords-instant|
google-agent|google-apps-script|google-area120|google-certificates-bridge|google-cloudvertexbot|google-extended|
google-gemini-cli|google-inspectiontool|google-notebooklm|google-physicalweb|google-read-aloud|google-safety|
google-site-verification|google-structured-data-testing-tool|google-trust-services/|google-xrawler|googleagent-mariner|
googleassociationservice|googleassociationservice/|googlebot-ia/|googlebot-image|googlebot-mobile|googlebot-news|
googlebot-video|googlebot/|googledocs|googleother|googleproducer|googlestackdrivermonitoring|goparserbot|gopay|
gotsitemonitor.com|gowikibot|gptbot|grammarly/|grapeshotcrawler|gregcrawler|greppr web crawler|grobbot|groovinaadsbot/|
grouphigh/|groupmebot|grover/|grub.org|gsa-crawler|gslfbot|gtmetrix|guestpostsbot/|gulper web bot|gwene|halobot|
hanaleibot|happywing|hardenize|harsilbot/|hatena|hawaiibot|hcardvalidator|headlesschrome|headonlyscraper|hello world|
helloworkjobpostingbot/|henkbot|heritrix|hetrixtools|hgfalphaxcrawl/|hifibot/|hlidam.to robot|honeybadger uptime check|
honeybadgerbot|hosttracker/|hotjar|hstspreload-bot|http banner detection|http_get|httpie/|
https://developers.cloudflare.com/security-center/|httpunit|httpurlconnection|httpx|httrack|hubspot|huckabot/|
hydrozen.io|hype machine/|hypestat|hyscore.io|ia_archiver|ias crawler|iaskbot/|iaskspider|ibm crawler|iboubot|icbot/|
icc-crawler|ichiro|idg/eu|iframely|ifttt/|imagefetcher/|imagemind|imagesiftbot|imagespider|img2dataset|imgproxy/|
impact.com agent|impendoom-bot/|imrbot|indeedbot|indeedjobbot|indy library|inetdex-bot|infoobot|infosifter|innguma/|
innologica|inoreader|instapaper/|integromat/|integromedb|intelium_bot|intelx.io_bot|interfaxscanbot|
internetmeasurement|internetvista monitor|ioncrawl|ip-web-crawler.com|ips-agent|irlbot|irokez.cz monitoring|isdownbot/|
iskanie|isonai-user|isonsearchbot|isscyberriskcrawler/|istellabot|it2media-domain-crawler|iubenda-radar/|james bot|
jamie's spider|jetmon/|jetslide|jobboersebot|jobswithgptcom-bot|jooblebot|jpg-newsbot|jugendschutzprogramm-crawler|
jumio|jyxobot|k7mlwcbot|kagi-fetcher|kagibot/|kaikki.org-digital-archive|kangaroo bot|kangaroobot/|kargobot-artemis|
kazbtbot/|kb.dk_bot|kemvibot|kendrabot|keybasebot|keycdn-tools/|keydrop.io|keys-so-bot|kinsta-bot|klaviyo/|known agent|
komodiabot|konturbot/|kosmiobot|krawlerbot|kstandbot|kukei.eu-bot/|kunatocrawler|l9explore|l9scan|lac_iaharvester|
laion-huggingface-processor|landau-media-spider|larbin|laserlikebot|lastmodbot/|lb-spider|legalmonster|leikibot|lemmy|
let's encrypt|level9searchbot/|library of congress web archiving|libwww-perl|lightspeedsystemscrawler|linerbot/|
linespider|linguee bot|linkace/|linkapediabot|linkarchiver|linkcheckerbot|linkdex|linkedinbot|linkisbot|linko|
linkpadbot|linkreader/|linksindexerbot/|linktiger|linkupbot|linkwalker/|lipperhey|listgembot|lmarenaunfurlbot|
loc.gov/programs/web-archiving|logicmonitor|loomlybot|loopimprovements.com|lssbot|lssrocketcrawler|ltx71|
luminator-robots|lwp-trivial|lyonl-asset-proxy|lyonl-crawler|macocu|macrobondbot|madbbot/|magellan|magibot|
magicsearchdev/|magnet.me-web/|magnetmebot|magpie-crawler|magpierss|magus bot|mail.ru_bot|mailchimp|mainwp/|make/|
managewp|manus-user|mappydata|marketgoo/|marketingminer|masscan|matchorysearch|mattermost-bot/|mauibot|mavifinds|
mb-linkchecker|mbcrawler|mcontextualbot|medialogiabot|mediamonitoringbot/|mediapartners (googlebot)|
mediapartners-google|mediatoolkitbot|mediavinemetadataparser/|mediumbot-metatagfetcher|megaindex|meltwaternews|
memorybot|mergadobot|meta-externalads/|meta-externalagent/|meta-externalfetcher/|meta-externalhit/|meta-webindexer|
metainspector|metajobbot|metauri|metorik|mgidbot|microsoftpreview/|mindupbot|miniature.io/|minicrawler|miniflux/|
minoru's fediverse crawler|mirrorweb.com|mirrorwebcrawler|missinglettrbot/|mistralai-user|mithril-crawler|
mixnodecache/|mixrankbot|mj12bot|mlbot|moatbot|modatscanner|modernizebot|modularconnector/|mojeekbot/|
mollie http client|monibot|monitis -|monitoring360bot/|monitorss/|monsidobot|monspark/|montastic-monitor|
montasticmonitor|montools.com|moodlebot|moreover|motominerbot/|mrgbot/|msnbot|msrbot|mtrobot|muckrack|multiviewbot|
mxtoolbox|my-tiny-bot|mybot/|nanointeractive|napbot|naver blog rssbot|naverbot|nbertaupete95|neevabot|nerdbynature.bot|
nerdybot|nessus|nestdaddybot|netapi|netcraft ssl server survey|netcraft web server survey|netcraftsurveyagent|
netestate ne crawler|neticle crawler|netpeakcheckerbot/|netresearchserver|netseer crawler|netshelter contentscan|
netsystemsresearch|netvibes|netvigie|new york times newsgathering|newrelicbot/|newrelicsynthetics|newsai/|newsblur|
newsharecounts|newsnow/|newspaper/|newsroom.bi|nextcloud|nicecrawler|nicheindex|niki-bot|nikto|nimbostratus-bot|
ninja bot|nitro-|nitrobot|nixstatsbot|nlnz_iaharvester|nlux_iaharvester|nmap scripting engine|noahbot|node-fetch|
nodeping|noibu|nomore404.com robot|noorobot|nooshub/|nostocrawlerbot|notabot|novaact/|novellum|nstoolsbot/|ntentbot|
nutch|nuzzel|nvdorz|nyt_scraping|oai-searchbot|observepoint|ocarinabot|odin;|odklbot/|officestorebot|offline explorer|
ohdear/|oicrawler|omgili|omnisend/|oncrawl/|onetrust|online domain tools|online-webceo-bot|onlineornot.com_bot|
opencode-smartfetch|opengraph.io/|opengraphcheck|openhosebot|openindexspider|openrss|opentheboxbot|openvas|operator/|
optimizer)|orangebot/|orbbot/|orlo-linkpreview/|outbrain|outclicksbot|outsellurlvalidator|overcast/|owler|
owler (ows.eu|owler-w|page-preview-tool|page2rss|pagepeeker/|pagespeed/|pagething|pandalytics|pangubot|panopta|
panscient|paperlibot|paqlebot/|parse.ly scraper/|parselysharesbot|paypal/|pcore-http|pdf24 url to pdf|peer39_crawler|
penthouse critical path css generator|perplexity-user|perplexitybot/|perplexityuser|petalbot|phantomjs|phindbot|
php-curl-class|phpcrawl|phxbot|pingadmin.ru/|pingping.io/|pinterest.com/bot|piplbot|pixalate.com|plagawarebot|
playstore-google|playwright|plesk screenshot bot|pocketcasts/|pocketparser|podchaserparser|poduptime|poggio-citations|
pomothy-bot|postrank|potions/|pr-cy.ru|pressenginebot|pricedroneshoppingbot/|priecobot/|primalbot|printfriendly.com|
privacyawarebot|pro-sitemaps/|probelyspdr/|productsup.io/crawler|projectshield-urlcheck|protopage/|proximic|
prtg network monitor|prtgcloudbot/|ps_daily/|psbot|pulsepoint|pulsepoint-crawler|pulsetic.com|puppeteer|purebot|
pwabuilderhttpagent|python-opengraph|python-requests|python-urllib|pywikibot/|qcbot|qualifiedbot/|qualys|quantcastbot/|
quora-bot|qwantbot|qwantify|qwarrybot|rackspace monitoring/|rakuten image extraction bot|rakutenusabot-image/|
rankactivelinkbot|rankurbot/|ravencrawler/|rawweb-bot|readable/|recurly webhooks/|red/|redditbot|reelevant/|refindbot|
regionstuttgartbot|remove.bg/|repolookoutbot|researchbot|researchscan.comsys.rwth-aachen.de|retool/|
retrevopageanalyzer|retrolistecom/|reverseengineeringbot|revvimgort/|reward-gateway|ridderbot|
riddler (http://riddler.io|rigor)|rivva|robotschecker/|rogerbot|rsiteauditor|rss-is-dead.lol web bot|rss-parser|
rss.social|rss2tg|rssapi/|rssbot/|rssingbot|rssreaderbot|ruxitsynthetic|rytebot|s4a-probe-bot/|s4a/|safednsbot|
safesearch microdata crawler|salesforce.com|sandobacrawler/|sansec security monitor/|sbintuitionsbot/|sbl-bot|
schema-markup-validator|scoop.it/|scope3|scourrssbot/|scoutjet|scrapeherobot/|scraping@nytimes.com|scrapy|
screaming frog seo spider|screeenly-bot|scribdbot|scrubby|scrunchbot|search.marginalia.nu|searchatlas|searcherweb|
searcherxweb|searchexpress|sebot-wa|securityheaders|seekbot|seekport|seewithkids|selenium|semaltbot/|semantic-visions|
semanticbot|semanticscholarbot|sempi.tech|sendgrid event api|sentibot|sentinel-linkcheck|sentryuptimebot/|senutobot|
seo-audit-check-bot/|seo4ajax.com|seobilitybot|seokicks|seolizer|seolyt|seoscanners|seositecheckup|seostar.co|seoulbot|
sequelwp|serankingbacklinksbot|serendeputybot|serpstatbot/|serptimizerbot|server density service monitoring|
serverdensity|serverhunterspider/|seznambot|seznamhomepagecrawler/|sfdc-callout/|shapbot|shopify-captain-hook|
shortpixel|sidetrade indexer bot|silktide|simplecrawler|simplepie|simplescraper|sincerasyntheticuser/|sindresorhus/got|
sindup|sirdatabot|site24x7|siteauditbot/|sitebot|sitebulb|sitecheck-sitecrawl|sitecheckerbotcrawler|siteexplorer.info|
siteimprove.com|sitelock|sitescorebot|sitesearch360/|sitesoverpagesbot|sitesucker|siteuptime.com|skroutz imagebot|
skroutzbot|skypeuripreview|skyworkspider|slaccalebot|slack-imgproxy|slackbot|sleepbot|slickbot/|slurp|smarshbot|
smartologybot/|smtbot|smtnetpmbot|snacktory|snap url preview service|snapchatads/|snapurlpreview/|snipcart/|
socialrankiobot|software-security-research|sogou|solarwinds/|sonic|sora pos/|sosospider|sottopopnone|sparkpost|
sparkshipping|spawning-ai|spbot|specificfeeds|spectate/|spiderling|splash version/|splunk|springservebot|sqlmap|
sqwatcher|ssl labs|ssl labs (https://www.ssllabs.com|ssssbot/|stape/|startmebot/|statabot/|statistikaustria/|
statsdronebot|statuscake|statusnestbacklinkspider|stepstonecrawlbot|storebot-google|storygizebot|stractbot|
streamline3bot/|stripe/|sucuri|summalybot|summify|supabase paired crawler|superfeedr|surdotlybot|surveybot|
sustainabilitycrawler|sv-watchagent|svix-webhooks/|swiftbot|swifteqlinkchecker|swimgbot|swisscows|synapse|synthesibot|
synthetic-monitoring-agent/|sysomos|t3versionsbot|taboolabot|tactiscout/|tagoobot|tangibleebot|
taragroup intelligent bot|tavilybot|tchelebi/|telegrambot|teoma|termly|terracotta|test certificate info|test-bot|
testcrawler|testlocally/|testuri|textrazor|the knowledge ai|theinternetsearchx|theoldreader.com|thesis-research-bot|
thinkbot|thinklab|thousandeyes|tigerbot|tiktokspider|timpibot|tineye|tiny tiny rss|tls tester|tombapublicwebcrawler|
top100.rambler.ru crawler|toplistbot|toutiaospider|traackr.com|tracemyfile|tracking-quality-spider|trafilatura|
trellis-services|trendictionbot|trendsmapresolver|trentwil.es|trove|trovitbot|trustly/|tsm-turingos|tsmbot|ttd-content|
turnitin|tweakers|tweetedtimes|tweetmemebot|twengabot|twilioproxy/|twinagent|twingly|twinwavescanner|twitterbot|twurly|
uaslinkchecker/|ugaresearchagent|uipbot|um-fc|um-ic|um-ln|unshorten.it!|upday/|updown.io|upflow|uptime-kuma|uptime/|
uptimebot.org|uptimebot/|uptimedoctor|uptimerobot|uptimestatistics|uptimia|uptrends|urlappendbot|urlbeebot|urlcheckr/|
urlsuma.de crawler|urlsumabot|useebookchecker/|usinenouvellecrawler|ut-dorkbot|vagabondo/|validator.nu|vaultpress|
vebidoobot|velenpublicwebcrawler|veoozbot|vercel-screenshot|vercelbot|verispider|verity/|videootv bot|videootvbot|
vigil/|virustotal|visionheight.com/scan|vkrobot|vkshare|vmcrawl|voilabot|voluumdsp-content-bot|vsusearchspider/|
vu-server-health-scanner/|vuhuvbot|w3c-checklink|w3c-mobileok|w3c_css_validator|w3c_i18n-checker|w3c_unicorn|
w3c_validator|wadoobot|wanscannerbot|wardbot/|watchbot monitoring robot|watchforbot|watchful|watchmouse|watchtowr|
wayback|wbsearchbot|web measure/|web screen service by hyperhost|web-archive-net.com.bot|webcapture|webceo online/|
webcompanycrawler|webcopier|webdatastats|webflow|webgains-bot|webmon|weborama-fetcher|webprosbot/|
website-info.net-robot|websiteops|websitepulse|websniffer/|webspidermount|webwikibot/|webzio|webzip|wedos online|
wellknownbot|wepchsearchengine|wesee:search|whatsmyip.org|whatweb/|wheregoes.com|wheresitup.com/|wikido|wirereaderbot/|
wisebot|wjhro/|wknd-bot|wmtips.com/|wocbot|woobot|woorankreview/|wordcountbot/|wordpress/|wordup-1|wordupinfosearch|
woriobot|workona-favicon-service/|worldbot|wormlybot|wotbox|wovn crawler|wovncrawler/|wowlink crawler/|wp time capsule|
wpbot/|wpmu dev broken link checker|wpmu dev hub|wpmudev uptime monitor|wpscan|wpsec/|wpumbrella|wrtnbot|wsm/|wtotem|
www.uptime.com|xenu link sleuth|xing bot|xml sitemaps generator|xovibot|xovionpagecrawler|xy-archive-compliance|
yacybot|yahoo ad monitoring|yahoo link preview|yahoocachesystem|yak/|yandex.com/bots|yandexrenderresourcesbot/|
yandorirssbot|yanga|yellowbrandprotectionbot|yelpspider|yextbot/|yisouspider|ylt chrome|yokoygroupag/|yoozbot|youbot|
youdaobot|yuuperbot|zabbix|zanistabot|zapier|zealbot|zebra-v2-bot|zenback bot|zendesk webhook|zgrab|zmeu|zombiebot/|
zoombot|zoominfo-|zoominfobot|zoterotranslationserver/wmf|zumbot|zuperlistbot/|zyborg|zzhbot|
"""
