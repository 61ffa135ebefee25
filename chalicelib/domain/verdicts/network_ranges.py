"""Which networks own which addresses. Made by `python -m infra.refresh_networks`: do not edit.

Holds data of RouteViews (https://www.routeviews.org), by way of ip-location-db
(https://github.com/sapics/ip-location-db), CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), reduced to
some networks: networks.py reads them from the two files beside this one.
"""

LABELS = """
abnormal akamai apple apple_relay aws barracuda basecamp bitdefender check_point cisco cloudflare cyren eset fastly
fastmail forcepoint fortinet google google_cloud hornetsecurity hosting internet_scanner kakao kaspersky linkedin
meta microsoft microsoft_mail mimecast naver oracle_cloud proofpoint proton rambler retarus salesforce sophos
symantec telegram tencent trellix trend_micro trustwave twitter vk vpn web_gateway withsecure yahoo yandex zix zoho
"""
