"""Parameters of an address that say how a reader came, and not what is read.

A name is listed when it is a convention of one known tool or publisher. Names
that sites also use for the article itself (`id`, `p`, `ref`, `source`) are kept,
but for values that can only mean a way in (`ref=rss`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

# Urchin and Google Analytics, Matomo and Piwik, AT Internet (BBC, France Médias Monde).
_PREFIXES: Final = ("utm_", "mtm_", "matomo_", "piwik_", "hsa_", "at_custom", "guce_")

# Campaign tags: Matomo, AT Internet, Webtrends, Deutsche Welle, Al Jazeera, Guardian.
_CAMPAIGNS: Final = """
    pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid at_medium at_campaign
    at_campaign_type at_format at_link_id at_link_type at_link_origin at_ptr_name at_bbc_team
    at_variant at_creation at_network at_emailtype at_send_date xtor xtref xtcr wt_mc wt.mc_id
    wt_zmc maca traffic_source cmp cmpid cmp_id ocid ito ns_mchannel ns_source ns_campaign
    ns_linkname ns_fee ncid icid int_cid intcid campaign_id smid smtyp taid emc soc_src soc_trk
    guccounter at_platform ref_src ref_url int_source int_medium int_campaign ns_linkcode tpcc sref srnd
    leadsource wpisrc wpmm itid mbid reflink sr_share link_source ito feedtype feedname rpc virtualbrandchannel
    hss_channel """
# Click numbers of advertisers and networks.
_CLICKS: Final = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh
    li_fat_id epik rdt_cid srsltid _openstat fb_action_ids fb_action_types fb_ref fb_source
    fb_comment_id __twitter_impression __tn__ __xts__ zanpid mibextid _rdr _rdc gad_source gad_campaignid
    tblci obclickid oborigurl dicbo irclickid wickedid share_token isappinstalled tgrhash rhash spm
    guce_referrer guce_referrer_sig .tsrc yptr
"""
# Newsletters: Mailchimp, HubSpot, Marketo, Omeda, Vero, MailerLite.
_LETTERS: Final = """
    mc_cid mc_eid _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok oly_enc_id oly_anon_id
    vero_id vero_conv ml_subscriber ml_subscriber_hash s_cid nr_email_referer
"""
# Cross-site analytics, sessions, AMP viewers.
_OTHERS: Final = """
    _ga _gl _ke trk trkcampaign phpsessid jsessionid aspsessionid usqp amp_js_v amp_gsa amp_ct
    amp_tf amp_kit _amp
"""
_NAMES: Final = frozenset(f"{_CAMPAIGNS} {_CLICKS} {_LETTERS} {_OTHERS}".split())

# The page of Yonhap that led to the article.
_YONHAP: Final = re.compile(r"\d{4}[a-z]")
_AMP_VALUES: Final = frozenset(("", "1", "true", "yes", "amp"))
_AMP_SWITCHES: Final = frozenset(("outputtype", "output", "format", "view", "type", "alt"))

# Names in double use, and the values that can only mean a way in.
_DOUBTFUL: Final = frozenset(
    ("ref", "source", "src", "from", "via", "partner", "mod", "origin", "share")
)
_VALUES: Final = """
    rss feed feeds rssfeed rss_feed rss-feed rss2 atom newsletter email mail push notification
    twitter tw x.com t.co facebook fb instagram whatsapp telegram linkedin reddit social share
    google googlenews google_news news.google.com googlerss flipboard applenews smartnews msn
    singlemessage groupmessage timeline yandex yandexnews yxnews dzen bing yahoo pocket twitter.com
    homepage hp tg tme t.me vk vkontakte viber line kakao naver wechat weixin web_share app_share
"""
_WAYS_IN: Final = frozenset(_VALUES.split())


# A feed hangs the same pieces on each of its links.
@lru_cache(maxsize=2_048)
def tracked(piece: str) -> bool:
    """Whether one `name=value` of a query (still escaped) only tells the way in."""
    name, _, value = piece.partition("=")
    if name == "_" or (name == "input" and _YONHAP.fullmatch(value)):
        return True
    # A feed that escaped its links twice leaves `&amp;` behind.
    name = unquote(name).lower().removeprefix("amp;")
    if name in _NAMES or name.startswith(_PREFIXES):
        return True
    value = unquote(value).lower()
    if name == "amp":
        return value in _AMP_VALUES
    if name in _AMP_SWITCHES:
        return value == "amp"
    return name in _DOUBTFUL and value in _WAYS_IN
