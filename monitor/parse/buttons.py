"""Lines that are a button or a label of the page, folded: advertisement, share, print, go on reading, listen.

A line counts where it is one and nothing else. Arabic's are told by how they are put together, for
each outlet words them its own way; other languages' by their phrases.
"""

from __future__ import annotations

import re
from typing import Final

from monitor.parse.marks import any_of, key, phrases

LONGEST: Final = 10  # words
LABELS: Final = phrases(
    "مادة اعلانية|مادة إعلانية|إعلان|اعلان|إعلانات|مساحة إعلانية|إعلان ممول|محتوى ممول|ممول|advertisement"
    "|advertising|ad|ads|sponsored|sponsored content|promoted content|paid content|paid post|partner content|story continues below advertisement"
    "|publicité|contenu sponsorisé|la suite après la publicité|la suite après cette publicité|l'article continue ci-dessous|article réservé aux abonnés|article réservé à nos abonnés"
    "|haberin devamı|haberin devamı için|haberin tamamı|haberin tamamını oku|devamını oku|devamını göster|devamı|reklamın devamında|haber reklamdan sonra devam ediyor|haberin devamı reklamın altında"
    "|continue reading|continue reading below|keep reading|read full story|read full article|read the full story|read the full article|show full article|click to continue reading"
    "|article continues below|article continues after this ad|lire la suite|continuer la lecture|poursuivre la lecture|lire l'article complet|lire l'article en entier"
    "|weiterlesen|artikel weiterlesen|den ganzen artikel lesen|artikel wird nach der anzeige fortgesetzt|weiterlesen nach der anzeige|nach der anzeige weiterlesen|читать далее|читать полностью|читать дальше|продолжить чтение"
    "|показать полностью|развернуть|читати далі|читати повністю|продолжение ниже|продолжение после рекламы|на правах рекламы|партнерский материал|реклама|на правах реклами|광고|reklam|reklama|annons|annonse|publicidade|pubblicità|advertentie|iklan|hirdetés|פרסומת|תוכן ממומן|تبلیغات|تبلیغ|اشتہار|اشتہارات|آگهی|publicidad|anzeige|werbung|quảng cáo|広告|广告"
    "|la nota continúa después de la publicidad|continúa leyendo después del anuncio|la noticia continúa después de la publicidad|contenido patrocinado|continua depois da publicidade|conteúdo patrocinado|continua após a publicidade"
    "|lees verder onder de advertentie|artikel gaat verder onder de advertentie|tekst loopt door onder de advertentie|dalsza część artykułu pod reklamą|ciąg dalszy artykułu pod reklamą|artykuł sponsorowany|článek pokračuje pod reklamou|pokračování článku pod reklamou"
    "|articolul continuă după reclamă|publicitate|reklamă|a cikk a hirdetés után folytatódik|διαφήμιση|artikeln fortsätter under annonsen|artikeln fortsätter efter annonsen|annons från|artikkelen fortsetter under annonsen|artiklen fortsætter efter annoncen|annonce"
    "|lanjutkan membaca|scroll untuk lanjut membaca|advertisement scroll to continue with content|gulir untuk lanjut membaca|विज्ञापन|আরও পড়তে স্ক্রল করুন|বিজ্ঞাপন|ادامه مطلب|ادامه خبر|ادامه مطلب را بخوانید|مشاهده بیشتر|مزید تفصیلات|seguir leyendo|continuar leyendo|leer artículo completo|leer nota completa"
    "|continuar lendo|leia a matéria completa|continua a leggere|leggi tutto|lees verder|czytaj dalej|czytaj więcej|číst dál|číst celý článek|citește mai mult|citeşte continuarea|tovább olvasom|folytatás|διαβάστε περισσότερα|läs mer|fortsätt läsa|les mer|læs mere|더보기|기사 더보기|続きを読む|全文を読む|阅读全文|展开全文|點擊閱讀全文|đọc tiếp|xem tiếp|बाकी खबर पढ़ें|आगे पढ़ें|המשך קריאה|להמשך קריאה",
    "شارك|شاركها|مشاركة|شارك المقال|شارك الخبر|شارك هذا الخبر|نسخ الرابط|طباعة|حفظ|استمع|تكبير الخط"
    "|تصغير الخط|حجم الخط|فيسبوك|تويتر|واتساب|تلغرام|تيليجرام|ماسنجر|لينكدإن|بينتيريست|فايبر|البريد الإلكتروني"
    "|مشاركة عبر البريد|انتهى|انتهى الخبر|انتهای پیام|پایان پیام|کپی شد|share|share this|share this article|share this story|share on facebook"
    "|share on twitter|share this page|share this post|email this story|email this article|print this page|print this article|print|copy link|link copied|save|listen|listen to this article|listen to article|text size|facebook|twitter|whatsapp|telegram|email"
    "|linkedin|pinterest|reddit|messenger|x|partager|partager l'article|partager cet article|copier le lien|lien copié|imprimer|envoyer par e-mail|écouter l'article|écouter cet article|поделиться|поделиться статьей|поделиться новостью|поделиться в соцсетях|слушать статью|прослушать новость|скопировать ссылку|поширити|поділитися|공유|공유하기|글자크기|글자 크기|본문듣기|기사 듣기|프린트|스크랩|링크 복사|paylaş|haberi paylaş|bağlantıyı kopyala|haberi dinle|facebook'ta paylaş|twitter'da paylaş|whatsapp'ta paylaş"
    "|اشتراک‌گذاری|به اشتراک بگذارید|ارسال به دوستان|نسخه چاپی|کپی لینک|لینک کوتاه|لینک کوتاه خبر|شنیدن خبر|شیئر کریں|یہ خبر شیئر کریں|نسخة للطباعة|أرسل لصديق|أرسل إلى صديق|compartir|comparte esta noticia|compartir en facebook|copiar enlace|imprimir|escuchar el artículo|escuchar artículo|teilen|artikel teilen|link kopieren|per e-mail teilen|artikel anhören|artikel vorlesen|drucken|распечатать|версия для печати|версія для друку|yazdır|skip to content|تخطى إلى المحتوى|تخطي إلى المحتوى"
    "|condividi|condividi l'articolo|copia link|stampa|ascolta l'articolo|compartilhar|compartilhe|compartilhar notícia|ouvir notícia|delen|deel dit artikel|luister naar dit artikel|udostępnij|drukuj|posłuchaj artykułu|kopiuj link|sdílet|sdílejte|vytisknout|distribuie|distribuiţi|trimite|megosztás|megosztom|nyomtatás|κοινοποίηση|μοιραστείτε το|ακούστε το άρθρο|dela|dela artikeln|lyssna|del|bagikan|salin tautan|simpan|chia sẻ|lưu|nghe bài viết|शेयर करें|सुनें|শেয়ার করুন|প্রিন্ট|שתפו|שתפו את הכתבה|שיתוף|הדפסה|シェア|共有|印刷|分享|收藏|打印|听新闻|收听",
    "تبرع الآن|تبرع|ادعمنا|ادعم صحافتنا|ادعم صحافتنا المستقلة|ادعم الصحافة المستقلة|donate|donate now|support us|support independent journalism|make a donation|faites un don|je fais un don|soutenez-nous|soutenez une presse indépendante|поддержать|поддержать редакцию|поддержите нас|поддержите независимую журналистику|destek ol|bağımsız gazeteciliğe destek olun|haz una donación|apoya el periodismo independiente|jetzt spenden|unterstützen sie unabhängigen journalismus|از روزنامه‌نگاری مستقل حمایت کنید",
    "النشرة البريدية|النشرة الإخبارية|الاشتراك في النشرة البريدية|اشترك في النشرة البريدية|اشترك الآن|newsletter|our newsletter|sign up for our newsletter|subscribe to our newsletter|subscribe to our daily newsletter|subscribe|subscribe now|get our newsletter|notre newsletter|inscrivez-vous à notre newsletter|خبرنامه|عضویت در خبرنامه|подписаться|подписаться на рассылку|подпишитесь на нашу рассылку|e-bültenimize abone olun|abone ol|suscríbete|suscríbete a nuestro boletín|newsletter abonnieren|abonnieren sie unseren newsletter|melden sie sich für unseren newsletter an|schrijf je in voor onze nieuwsbrief|zapisz się na newsletter|iscriviti alla newsletter|assine nossa newsletter|뉴스레터 구독|구독하기|メルマガ登録|订阅",
    "احصل على تطبيقنا|حمل التطبيق|تحميل التطبيق|download our app|download the app|get the app|get our app|install our app|téléchargez notre application|скачать приложение|скачайте наше приложение|скачайте приложение|установить приложение|uygulamamızı indirin|mobil uygulamamızı indirin|uygulamayı indir|اپلیکیشن ما را نصب کنید|اپلیکیشن خبری ما را دانلود کنید|دانلود اپلیکیشن|descarga nuestra app|descarga la app|laden sie unsere app herunter|jetzt unsere app kostenlos herunterladen|app herunterladen|download onze app|pobierz aplikację|pobierz naszą aplikację|stáhněte si aplikaci|descarcă aplicația|scarica l'app|baixe o app|앱 다운로드|アプリをダウンロード|下载客户端|下载app|tải ứng dụng|ऐप डाउनलोड करें|הורידו את האפליקציה",
)
LABEL: Final = re.compile(rf"(?:{any_of(LABELS)})(?:\s+(?:{any_of(LABELS)}))*")
# What is counted under a text: "12 likes 3 comments".
COUNTED: Final = re.compile(
    rf"(?:(?:{any_of(LABELS | phrases('إعجابا|إعجاب|تعليقات|تعليق|مشاركات|مشاهدة|قراءة|likes|like|comments|comment|shares|views|reads|مدة القراءة|زمن القراءة|وقت القراءة|دقيقة|دقائق|دقيقة قراءة|دقائق قراءة|min read|minute read|minutes read|reading time|min de lecture|temps de lecture|мин чтения|время чтения|okuma süresi|dk okuma|lesezeit|مشاهدة الفيديو|شاهد الفيديو|watch video|play video|просмотров|комментариев|beğeni|yorum|lecture min|temps de lecture min|okuma süresi dk|okuma süresi dakika|время чтения мин|время чтения минуты|lesezeit minuten|lesezeit minute|lesezeit min|min de lectura|tiempo de lectura min|tiempo de lectura|tempo di lettura|leestijd|leestijd minuten|czas czytania|czas czytania min|زمان مطالعه دقیقه|زمان مطالعه|דקות קריאה|mins read|استمع إلى هذا الخبر|استمع إلى المقال'))})\s*)+"
)
_NEWS: Final = r"(?:ال)?(?:مقاله?|اخبار|خبر|موضوع|قصه|تقرير|ماده|نص|صفحه|بيان|حوار|تحقيق|تدوينه)"
_THIS: Final = rf"(?:(?:هذا|هذه)\s)?{_NEWS}"
_NETWORKS: Final = r"(?:فيس\s?بوك|تويتر|اكس|واتس\s?اب|واتساب|تيليغرام|تلغرام|تيليجرام|تليجرام|البريد(?:\sالالكتروني)?|ماسنجر|لينكد\s?ان|اصدقايك|اصدقاءك|مواقع التواصل(?:\sالاجتماعي)?|وسايل التواصل(?:\sالاجتماعي)?|السوشيال ميديا)"
_NOTICE: Final = r"(?:ال)?اعلان(?:ات)?"
_ARABIC: Final = re.compile(
    # an advertisement, and that the text goes on behind one
    rf"(?:محتوي|ماده|مساحه|فقره|رساله|فاصل)\s(?:اعلاني|اعلانيه|ممول|مموله|مدفوع|مدفوعه|ترويجي|ترويجيه|برعايه\s.{{1,30}})"
    rf"|اعلان(?:ات)?(?:\s(?:ممول|مدفوع|تجاري|مموله|مدفوعه|google|جوجل|غوغل))?"
    rf"|(?:[يت]ستمر|[يت]تواصل|[يت]تبع|تابع|تتمه|يلي|بقيه)\s?.{{0,30}}\s(?:بعد|اسفل|ادناه|تحت)\s{_NOTICE}(?:\S{{0,3}}\s\S{{1,12}})?"
    rf"|{_NEWS}\s[يت](?:ستمر|تواصل|تبع|تابع)\s.{{0,20}}(?:بعد|اسفل|تحت)\s{_NOTICE}"
    rf"|{_NOTICE}[\s.:،|–-]+(?:تابع|قم ب|مرر|استمر|اكمل|للاستمرار).{{0,40}}"
    # share, copy, print, listen
    rf"|(?:شارك|شاركها|شاركه|شاركوا|مشاركه|انشر|نشر|ارسل|ارسال)(?:\s{_THIS})?(?:\s(?:عبر|علي|مع|في|الي))?(?:\s{_NETWORKS})?"
    rf"|(?:تم\s)?(?:انسخ|نسخ)\s(?:ال)?رابط(?:\s{_THIS})?|رابط\s(?:مختصر|{_NEWS})"
    rf"|(?:اطبع|طباعه|حفظ|احفظ|تحميل)\s{_THIS}|(?:تكبير|تصغير|حجم)\s(?:ال)?(?:خط|نص)"
    rf"|(?:استمع|استمعوا|الاستماع)\s(?:الي\s{_THIS}|ل(?:ل?)(?:مقال|خبر|موضوع|تقرير|نص))"
    # go on reading
    rf"|(?:تابع|تابعوا|اكمل|اكملوا|واصل|واصلوا|استكمل|متابعه|استمرار|مواصله|اكمال|استكمال)\s(?:ال)?قراءه(?:\s{_THIS})?"
    rf"|(?:اضغط|اضغطوا|انقر|انقروا|اضغط هنا)\s(?:هنا\s)?ل(?:متابعه|قراءه|مواصله|اكمال|استكمال)\s.{{0,30}}"
    rf"|(?:اقرا|عرض|شاهد|قراءه|اظهار)\s(?:باقي\s|بقيه\s)?{_THIS}\s?(?:كاملا|كامله|الكامله?|بالكامل|كاملاً)?"
)
_ENGLISH: Final = re.compile(
    r"(?:advertisement|ad|story|article|content)\s.{0,12}continues?\s(?:reading\s)?(?:below|after).{0,24}|advertisement\s.{0,4}(?:continue|scroll).{0,30}"
    r"|(?:get|download|install) (?:the|our) (?:\S+ ){0,2}app(?: (?:on|for|from|and) .{0,50})?|get breaking news .{0,60}app"
    r"|scroll (?:down )?(?:to continue|for more).{0,20}|(?:sponsored|presented|promoted|paid for) by \S+(?: \S+)?"
    r"|share (?:this )?(?:\S+ )?(?:on|via|with) \S+(?: \S+)?|(?:listen|print|email|save|share) (?:to )?(?:this|the) (?:article|story|page|post|news)"
)


_ARABIC_LETTERS: Final = frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
# The first two letters of what there is: most lines have others.
_STARTS: Final = frozenset(
    word[:2]
    for word in (
        *LABELS,
        *phrases(
            "محتوى|مادة|مساحة|فقرة|رسالة|فاصل|إعلان|الإعلان|يستمر|تستمر|يتواصل|تتواصل|يتبع|تتبع|تابع|تتمة|يلي|بقية|المقال|الخبر|المادة|القصة|التقرير|مقال|خبر|قصة|شارك|مشاركة|انشر|نشر|أرسل|إرسال|تم|انسخ|نسخ|رابط|طباعة|اطبع|حفظ|احفظ|تحميل|تكبير"
            "|تصغير|حجم|استمع|الاستماع|أكمل|واصل|استكمل|متابعة|استمرار|مواصلة|إكمال|استكمال|اضغط|انقر|اقرأ|عرض|شاهد|قراءة|إظهار|advertisement|ad|story|article|content|get|download|install|scroll|sponsored|presented|promoted|paid|share|listen|print|email|save"
        ),
    )
)


_ADVERTS: Final = re.compile(
    r"اعلان|ممول|مدفوع|advert|sponsor|promoted|paid (?:content|post)|publicit|publicid|pubblicit|patrocinad|anzeige|werbung|реклам|партнерск|reklam|annon[cs]|advertentie"
    r"|iklan|hirdetes|פרסומת|ממומן|تبليغ|تبلیغ|اگهي|آگهی|اشتہار|اشتهار|quang cao|광고|広告|广告|διαφημιση|sponzor|विज्ञापन|বিজ্ঞাপন|(?<!\w)ads?(?!\w)"
)


_PARTS: Final = (":", "：", " - ", " – ", " — ", " | ", "]", "…")
_LABEL_WORDS: Final = 6


def labelled(text: str) -> str | None:
    """What stands before the first mark of a short text as its label: "Read also" of "Read also: Bridge opens"."""
    for mark in _PARTS:
        label, found, rest = text.partition(mark)
        if found and rest.strip() and label.count(" ") < _LABEL_WORDS:
            return key(label)
    return None


def is_advert(text: str) -> bool:
    """Whether a text is the label of an advertisement and what is sold: "Advertisement: stair lifts"."""
    label = labelled(text)
    return label is not None and is_advert_label(label)


def is_advert_label(bare: str) -> bool:
    """Whether a folded text is what an advertisement is labelled with, and nothing else."""
    return _ADVERTS.search(bare) is not None and is_button(bare)


def is_button(bare: str) -> bool:
    """Whether a short folded line is a button or a label of the page and nothing else."""
    if bare in LABELS:
        return True
    if bare[:2] not in _STARTS:
        return False
    if bare[:1] in _ARABIC_LETTERS:
        return _ARABIC.fullmatch(bare) is not None or LABEL.fullmatch(bare) is not None
    return LABEL.fullmatch(bare) is not None or _ENGLISH.fullmatch(bare) is not None
