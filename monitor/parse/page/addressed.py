"""Paragraphs that speak to the reader, folded: what an outlet wants of him, and not what it tells.

A report tells of others; its own voice says "you" in the words of those whom it quotes. So a box that says it
where the text does not is a form, a promotion or an appeal, whatever it is about.
"""

from __future__ import annotations

import re
from typing import Final

from monitor.parse.marks import any_of, phrases

# Words that mean the reader, or tell him to do something that only readers of a page do.
_READER: Final = phrases(
    "بريدك|بريدكم|لديك|لديكم|عليك|عليكم|إليك|إليكم|تعليقك|تعليقكم|اسمك|اسمكم|رأيك|رأيكم|سؤالك|أسئلتكم|هاتفك|هاتفكم|جوالك|حسابك|حسابكم|دعمك|دعمكم|تبرعك|تبرعكم|تصلك|تصلكم|يصلك|يصلكم"
    "|لتصلك|ليصلك|نسختك|مشاركتك|مشاركتكم|متابعتك|متابعتكم|اشتراكك|اشتراككم|صندوقك|بياناتك|سيارتك|منزلك|بيتك|الخاص بك|الخاصة بك|من فضلك|من فضلكم|يرجى|الرجاء|احصل|احصلوا|أرسلي|راسلنا|راسلونا"
    "|شاركنا|شاركونا|تابعنا|تابعونا|ساهم معنا|ساهموا معنا|ادعمنا|ادعمونا|اتصل الآن|اتصل بنا|اتصلوا بنا|قرائنا|قراءنا|مشتركينا|انضم إلينا|انضموا إلينا|أرسل لنا|أرسلوا لنا",
    "you|your|yours|sign up|subscribe|our readers|our newsletter",
    "vous|votre|vos|inscrivez-vous|abonnez-vous|recevez|téléchargez|nos lecteurs|nos abonnés|réservée aux abonnés|reservé aux abonnés",
    "dein|deine|dich|abonnieren|newsletter|melden sie sich",
    "usted|ustedes|contigo|suscríbete|regístrate|recibe|nuestros lectores|você|vocês|seu e-mail|assine|inscreva-se|cadastre-se|vostra|vostro|iscriviti|ricevi",
    "вы|вас|вам|вами|ваш|ваша|ваше|ваши|вашу|вашего|подпишитесь|подписывайтесь|станьте|поддержите|комментарии к данной|оставлять комментарии|ви|ваші|вашу|підпишіться|підписуйтеся|станьте|підтримайте",
    "siz|sizin|sizi|abone olun|giriş yapın|üye olun|takip edin|indirin|tıklayın|شما|شمارا|خود بفرستید|بفرستید|کنید|بخوانید|آپ|آپ کی|آپ کے|کریں",
    "anda|kamu|daftar|berlangganan|unduh|tải ứng dụng|đăng ký|jouw|jullie|schrijf je in|twoj|twój|twoja|twoje|zapisz się|pobierz|vaše|váš|přihlaste|dvs|abonează-te|prenumerera|σας|εγγραφείτε",
    "שלך|שלכם|לכם|הירשמו|הצטרפו|הורידו|आप|आपके|आपका|करें|আপনার|আপনি|করুন",
)
# Where words are not parted, and where a verb's ending says whom it asks.
_UNPARTED: Final = re.compile(
    r"ください|下さい|いただけ|会員|登録すると|您|你|请您|敬请|扫码|扫一扫|点击|關注|订阅|"
    r"여러분|(?:해|하|보|주|읽으|눌러|받으)\s?(?:세요|십시오)|구독|제보"
)
_WORD: Final = re.compile(rf"(?<!\w)(?:{any_of(_READER)})(?!\w)")
# A sentence that begins with what the reader is to do, where a verb's form says so.
_BIDDEN: Final = re.compile(
    r"(?:^|[.!?:…]\s)(?:\w{3,}en sie(?!\w)|(?!assez|chez|nez)\w{3,}ez(?!\w)|\w{3,}(?:йте|ите|йтесь|итесь)(?!\w)"
    r"|(?:try|get|start|join|discover|enjoy|sign|subscribe|download|unlock|upgrade|claim|don't miss)\s)"
)
_QUOTED: Final = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|\"[^\"]*\"|「[^」]*」|‘[^’]*’(?!\w)")


def speaks_to_reader(folded: str) -> bool:
    """Whether a folded paragraph says "you" outside of what it quotes."""
    own = _QUOTED.sub(" ", folded)
    return (
        _WORD.search(own) is not None
        or _UNPARTED.search(own) is not None
        or _BIDDEN.search(own) is not None
    )
