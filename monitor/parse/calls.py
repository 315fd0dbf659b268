"""Lines that call to an outlet's channel or application, folded: "Follow us on WhatsApp" in the order of each language."""

from __future__ import annotations

import re
from typing import Final

from monitor.parse.marks import any_of, phrases

# How such a line ends where the verb comes last, and where it says what to press.
_ENDS: Final = tuple(
    phrases(
        "takip edin|takip ediniz|takip edebilirsiniz|için tıklayın|için tıklayınız|abone olun|bize katılın|kanalına katılın|kanalımıza katılın|indirin|takipte kalın"
        "|izləyin|abunə olun|kuzatib boring|obuna bo'ling|жазылыңыз|жазылыңыздар"
        "|دنبال کنید|ایمیل خود را وارد کنید|بپیوندید|همراه باشید|عضو شوید|مشترک شوید|کلیک کنید|دانلود کنید|نصب کنید"
        "|فالو کریں|جوائن کریں|سبسکرائب کریں|کلک کریں|شامل ہوں|لائک کریں|ڈاؤن لوڈ کریں"
        "|फॉलो करें|जुड़ें|सब्सक्राइब करें|क्लिक करें|डाउनलोड करें|ফলো করুন|যুক্ত হোন|যুক্ত থাকুন|সাবস্ক্রাইব করুন|ক্লিক করুন"
        "|구독하세요|팔로우하세요|추가하세요|다운로드하세요|만나보세요|받아보세요|확인하세요|구독해주세요|구독해 주세요"
        "|フォローしてください|フォローを|登録してください|ご登録ください|ダウンロードしてください"
        "|اضغط هنا|انقر هنا|اضغطوا هنا|انقروا هنا|عبر هذا الرابط|click here|tap here|cliquez ici|en cliquant ici|haz clic aquí|haga clic aquí|pincha aquí"
        "|clique aqui|clicca qui|cliccando qui|klicken sie hier|нажмите здесь|по этой ссылке|за цим посиланням|kliknij tutaj|klik di sini|klik hier|לחצו כאן|tại đây"
    )
)
_CHANNELS: Final = re.compile(
    any_of(
        phrases(
            "google|whatsapp|telegram|facebook|instagram|youtube|twitter|tiktok|bluesky|viber|kanal|uygulama|bülten|tətbiq"
            "|واتساب|واتس اب|واتس آب|تلغرام|تيليغرام|تيليجرام|تليجرام|فيسبوك|قناتنا|تطبيقنا|النشرة|تلگرام|اینستاگرام|واتساپ|واتس اپ|روبیکا|ایتا|گوگل نیوز|خبرنامه"
            "|واٹس ایپ|فیس بک|یوٹیوب|ٹوئٹر|व्हाट्सएप|व्हाट्सऐप|टेलीग्राम|गूगल न्यूज|फेसबुक|यूट्यूब|হোয়াটসঅ্যাপ|টেলিগ্রাম|গুগল নিউজ|ফেসবুক|ইউটিউব"
            "|네이버|카카오|텔레그램|유튜브|구글|アプリ|ライン公式|メルマガ|телеграм|вконтакте|дзен|טלגרם|וואטסאפ|ווטסאפ|zalo"
        )
    )
)
# A purpose or a verb to follow, then a verb to fetch with the application behind it.
_FETCH: Final = re.compile(
    r"(?:ل?متابع[هت]|تابع|للمزيد|لمعرفه|ليصلك|لتصلك|كي تصلك|للاطلاع).{0,60}\s(?:حمل|حملوا|نزل|نزلوا|بتحميل|بتنزيل)\sال?تطبيق(?!\w)"
    r"|(?:download|install|get)\s(?:the|our)\s.{0,30}\bapp\b.{0,30}(?:latest|breaking|news|google play|app store)"
    r"|(?:telechargez|retrouvez).{0,40}(?:notre (?:appli|application|chaine)|application .{1,30} (?:app store|google play))"
    r"|(?:descarga|descargue|descargate|baixe|baixa|scarica)\s(?:la|nuestra|o|a|nosso|l'|la nostra)\s?app(?!\w)"
    r"|(?:скачаите|скачивайте|установите|завантажте)\s.{0,20}(?:приложение|додаток)"
    r"|(?:jetzt|holen sie sich|laden sie)\s.{0,20}\bapp\b.{0,30}(?:herunter|laden|kostenlos)|unduh aplikasi|pobierz (?:nasza )?aplikacj"
)
# Verbs that a sentence may begin with as well count with what is followed alone.
_SIGNED: Final = re.compile(
    r"(?:sigue|siguenos|unete|unase|unete a)\s(?:el canal|en|al canal|a nuestr\w+|nuestr\w+|toda|todas|la actualidad|las noticias|la ultima).{0,60}"
    r"(?:whatsapp|telegram|google|facebook|instagram|twitter|youtube)"
    r"|(?:retrouvez|recevez|folge|folgt|obserwuj|polub|sledujte|pratite|urmariti|urmareste|urmariti-ne|kovess|kovessen|iratkozz|ακολουθηστε|последваите|עקבו|הצטרפו|unisciti|ricevi|acompanhe|participe|entre no|faca parte|sertai|fylgdu|folg|seuraa|liity)"
    r"(?!\w).{0,70}(?:whatsapp|telegram|google news|facebook|instagram|youtube|tiktok|viber|טלגרם|וואטסאפ|ווטסאפ)"
    r"|(?:больше|еще больше|все|самые|главные|оперативные|другие|більше|головні)\s.{0,40}\s(?:в|на|у) наш(?:ем|их|ому)\s.{0,20}(?:канал|telegram|телеграм|дзен|вконтакте)"
)
_NETWORKS: Final = r"(?:google|whatsapp|telegram|facebook|youtube|instagram|غوغل|جوجل|واتساب|واتس اب|تلغرام|تيليغرام|تيليجرام|تليجرام|تلجرام|فيسبوك|فيس بوك|تويتر|اكس|يوتيوب|انستغرام|انستجرام|تيك توك|نبض|مواقع التواصل|وسايل التواصل|منصاتنا|صفحاتنا|حساباتنا|قنواتنا|صفحتنا|قناتنا|حسابنا|موقعنا|تطبيقنا|تطبيق|نشرتنا|النشره|نشره|القايمه البريديه|بريدك|بريدكم)"
_OUTLET: Final = r"(?:احدث|اخر|اهم|ابرز|كل|جميع|المزيد|مزيد|اخبار|الاخبار|اخبارنا|قناه|قناتنا|صفحه|صفحتنا|صفحاتنا|حساب|حسابنا|حساباتنا|تغطيه|تغطيتنا|التغطيه|التفاصيل|موقع|موقعنا|برنامج|معنا|البث)"
_WE: Final = r"(?:\S+(?:تنا|اتنا|ابنا|قعنا|يقنا|الينا|معنا|بعنا|بعونا)|ل?[يت]صلك\S*|ل?[يت]صلكم|بريدك\S*|الان|هنا|مجانا|اولا باول)"
# In Arabic the verb that calls is also the one that tells ("he followed", "they joined"): it calls where no
# one stands behind it who does it, but what the outlet has.
_ARABIC: Final = re.compile(
    rf"(?:[^.,،:]{{1,40}}[,،:]\s)?(?:"
    rf"(?:تابعونا|تابعنا)(?!\w).{{0,120}}"
    rf"|تابعوا(?:\s\S+){{1,4}}\s(?:علي|عبر)\s(?:\S+\s)?{_NETWORKS}(?:\s\S+){{0,5}}"
    rf"|(?:لمتابعه|للمتابعه)\s{_OUTLET}(?!\w).{{0,60}}(?:انضم|اشترك|تابع|حمل)\w*(?!\w).{{0,40}}"
    rf"|(?:تابع|تابعي|تابعوا|لمتابعه|للمتابعه|متابعه)\s{_OUTLET}(?!\w).{{0,60}}?{_NETWORKS}.{{0,40}}"
    rf"|(?:لمتابعتنا|للمتابعه|للاشتراك|للانضمام)\s.{{0,40}}{_NETWORKS}.{{0,40}}"
    rf"|(?:يمكنكم|يمكنك|بامكانكم|بامكانك)\s(?:متابعه|الاشتراك|تحميل|الانضمام).{{0,60}}{_NETWORKS}.{{0,40}}"
    rf"|(?:انضم|انضموا|انضمي|اشترك|اشتركوا|اشتركي)\s(?:الان\s)?(?:الي|في|ب|ل)\s?.{{0,50}}{_NETWORKS}(?=.*{_WE}).*"
    rf"|(?:انضم|انضموا|اشترك|اشتركوا)\s(?:الان\s)?(?:الينا|معنا|في نشرتنا|في قناتنا|بقناتنا|بنشرتنا|الي قناتنا|الي مجموعتنا).{{0,60}}"
    rf"|(?:حمل|حملوا|نزل|نزلوا|ثبت|قم بتحميل|قم بتنزيل|قوموا بتحميل|احصل علي|احصلوا علي)\s(?:الان\s)?(?:ال)?تطبيق(?:نا|\s\S+)?.{{0,60}}"
    rf"|(?:نزل|حمل)\sالتطبيق.{{0,50}}|(?:احصل|احصلوا)\sعلي\s(?:اخر|احدث|اهم|ابرز)\s.{{0,40}}{_NETWORKS}.{{0,30}}"
    rf"|(?:سجل|سجلوا|ادخل|ادخلوا|اكتب|ضع)\s(?:عنوان\s)?بريدك.{{0,60}}|اشترك لتصلك.{{0,60}}"
    rf"|(?:اضغط|اضغطوا|انقر|انقروا)\s(?:هنا\s)?ل(?:متابعه|لاشتراك|لانضمام|تحميل|لمتابعه).{{0,60}}"
    rf"|(?:فعل|فعلوا|قم بتفعيل)\s(?:زر\s|خاصيه\s|خدمه\s)?(?:ال)?(?:جرس|اشعارات|تنبيهات)(?!\w).{{0,50}}"
    rf"|(?:ل[يت]صلك\S*|كي [يت]صلك\S*|للحصول علي|لقراءه|لمزيد من|للمزيد من|للمزيد|لمعرفه|كن اول|كونوا اول)\s?.{{0,60}}(?:تابع|تابعوا|تابعونا|تابعنا|اشترك|اشتركوا|انضم|انضموا|حمل|حملوا|نزل|نزلوا)(?!\w).{{0,60}}"
    r")"
)
# To pass it on: the verb first, the network behind.
_SHARE: Final = re.compile(
    r"(?:share|compartilh\w+|compart[aei]\w*|partage\w*|teilen|teile|condivid\w+|deel|udostepnij|sdilejte|distribuie|поделит\w+|поширит\w+|bagikan|chia se)\s.{0,40}"
    r"(?:whatsapp|telegram|facebook|twitter|instagram|linkedin|вконтакте)\W*"
)
# News to the reader's own address.
_LETTER: Final = re.compile(
    r"(?:in|into|to) your (?:inbox|email)|dans votre boite|en (?:tu|su) correo|e-?posta kutunuz|ihre?[mn]? postfach|на вашу почту|je (?:inbox|mailbox)|twoj\w+ skrzynk|do va\w+ e-?mailu|tua casella|sua caixa de entrada|din inkorg"
)
_TOLD: Final = re.compile(
    r"news|stor|brief|headline|update|morning|weekly|daily|actualite|essentiel|info|matin|noticia|haber|nachricht|новост|главн|nieuws|wiadomosc|zprav|notizi|nyhet"
)
# The first two letters of what the two begin with, and the last two of the ends: most lines have neither.
_STARTS: Final = frozenset(
    word[:2]
    for word in phrases(
        "متابعة|لمتابعة|تابع|للمزيد|لمعرفة|ليصلك|لتصلك|كي|للاطلاع|download|install|get|téléchargez|retrouvez|descarga|baixe|baixa|scarica|скачайте|установите"
        "|завантажте|jetzt|holen|laden|unduh|pobierz|sigue|síguenos|únete|únase|recevez|folge|obserwuj|polub|sledujte|pratite|urmăriți|kövess|iratkozz"
        "|ακολουθήστε|последвайте|עקבו|הצטרפו|unisciti|ricevi|acompanhe|participe|entre|faça|sertai|fylgdu|seuraa|liity|больше|еще|все|самые|главные"
        "|оперативные|другие|більше|головні"
    )
)
_TAILS: Final = frozenset(end[-2:] for end in _ENDS)
_STOPS: Final = "۔।。！!؟? "
_ARABIC_LETTERS: Final = frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
_SAID: Final = ("«", "“", "„", "「")


def is_call(bare: str) -> bool:
    """Whether a short folded line does nothing but call to a channel or an application."""
    if bare[:1] in _ARABIC_LETTERS:
        if _ARABIC.fullmatch(bare):
            return True
    elif _LETTER.search(bare) and _TOLD.search(bare) and not any(mark in bare for mark in _SAID):
        return True
    last = bare.rstrip(_STOPS)
    if last[-2:] in _TAILS and last.endswith(_ENDS) and _CHANNELS.search(bare) is not None:
        return not any(mark in bare for mark in _SAID)
    if _SHARE.fullmatch(bare):
        return True
    return bare[:2] in _STARTS and (
        _SIGNED.match(bare) is not None or _FETCH.match(bare) is not None
    )
