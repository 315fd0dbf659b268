"""Outlets' set phrases around an article, folded: the tables behind `furniture`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from monitor.text.arabic import fold


def phrases(*rows: str) -> frozenset[str]:
    """The phrases of rows like "one|other", folded."""
    return frozenset(fold(phrase.strip()) for row in rows for phrase in row.split("|"))


def any_of(phrases: frozenset[str]) -> str:
    """A pattern for any of the phrases, the longest first."""
    return "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))


# A line that is one of these and nothing else: what follows is other stories or comments.
HARD: Final = phrases(
    "قراءة المزيد|اقرأ المزيد|المزيد|المزيد من الأخبار|مقالات ذات صلة|أخبار ذات صلة|اخبار ذات صلة"
    "|مواضيع ذات صلة|مواد ذات صلة|موضوعات ذات صلة|ذات صلة|أخبار متعلقة|مواضيع متعلقة|موضوعات متعلقة"
    "|مقالات متعلقة|مقالات مشابهة|أخبار مشابهة|مواضيع مشابهة|قد يعجبك أيضا|قد يعجبك|قد يهمك أيضا|قد يهمك"
    "|ربما يعجبك|اخترنا لك|نرشح لك|الأكثر قراءة|الأكثر مشاهدة|الأكثر شيوعا|آخر الأخبار|أحدث الأخبار"
    "|أهم الأخبار|التعليقات|تعليقات|تعليقات الزوار|اترك تعليقا|اترك تعليقك|اترك ردا|اترك رد|أضف تعليقا"
    "|أضف تعليق|إضافة تعليق|اكتب تعليقك|إلغاء الرد|إلى أعلى|إلى الأعلى|أعلى الصفحة|زر الذهاب إلى الأعلى|العودة إلى الأعلى|الأخبار المرتبطة"
    "|المقال السابق|المقال التالي|الخبر السابق|الخبر التالي|موضوعات أخرى|أخبار أخرى|من نفس القسم"
    "|شاهد المزيد|عرض المزيد|تصفح أيضا|تعليقات القراء|آراء القراء|أخبار ذات علاقة|مواضيع ذات علاقة"
    "|تعليق|تعليقا|ردود|شارك برأيك",
    "read more|more|more on this story|more from|more news|more stories|related|related articles"
    "|you may also be interested in|you might be interested in|related stories|related news|related content|related topics|related posts|related coverage"
    "|you may also like|you might also like|you may be interested in|recommended|recommended for you"
    "|recommended stories|most read|most popular|trending|trending now|latest news|latest stories|top stories"
    "|up next|read next|more in this section|comments|leave a comment|leave a reply|post a comment"
    "|add a comment|view comments|back to top|comment|replies|reader comments|previous article|next article|editors' picks|don't miss",
    "en savoir plus|lire plus|articles liés|articles similaires|sur le même sujet|à lire également"
    "|les plus lus|plus d'articles|commentaires|laisser un commentaire|vous aimerez aussi|à la une",
    "материалы по теме|по теме|похожие материалы|похожие новости|другие новости|новости по теме"
    "|смотрите также|самое читаемое|популярное|последние новости|комментарии|оставить комментарий"
    "|ещё по теме|подробнее|вам может быть интересно|рекомендуем|новости партнёров",
    "схожі матеріали|матеріали по темі|новини за темою|коментарі|останні новини",
    "관련기사|관련 기사|관련뉴스|관련 뉴스|많이 본 뉴스|많이 본 기사|인기뉴스|최신기사|댓글|주요뉴스|추천기사|이 시각 뉴스",
    "ilgili haberler|benzer haberler|diğer haberler|çok okunanlar|en çok okunanlar|son haberler|yorumlar"
    "|yorum yap|yorum yaz|sıradaki haber|önerilen haberler",
    "مطالب مرتبط|اخبار مرتبط|مطالب مشابه|خبرهای مرتبط|بیشتر بخوانید|پربازدیدترین|پربیننده‌ترین|نظرات"
    "|دیدگاه‌ها|ارسال نظر|آخرین اخبار|دیدگاهتان را بنویسید",
    "noticias relacionadas|artículos relacionados|más información|más noticias|lo más leído|comentarios"
    "|te puede interesar|también te puede interesar|deja un comentario",
    "mehr zum thema|verwandte artikel|ähnliche artikel|weitere artikel|das könnte sie auch interessieren"
    "|meistgelesen|kommentare|kommentar schreiben|mehr lesen|auch interessant",
    "関連記事|関連ニュース|おすすめ記事|相关新闻|相关阅读|相关文章|推荐阅读|热门新闻|tin liên quan|bình luận",
)
# As HARD when alone on a line; with a headline behind it, that one line.
SOFT: Final = phrases(
    "اقرأ أيضا|إقرأ أيضا|اقرأ ايضا|أقرأ أيضا|اقرؤوا أيضا|اقرأ كذلك|طالع أيضا|شاهد أيضا|شاهد ايضا|انظر أيضا"
    "|للمزيد|لقراءة المزيد|تابع أيضا|تابع القراءة|اقرأ أيضا في|المزيد حول|في السياق ذاته اقرأ|اقرأ المزيد"
    "|قراءة المزيد|اقرا ايضا على موقعنا|إقرأ المزيد|شاهد بالفيديو|شاهد الفيديو|شاهد بالصور|بالفيديو شاهد|ذات صلة",
    "read also|also read|see also|read more|read|must read|related|recommended|watch|more on this|watch also",
    "lire aussi|à lire aussi|voir aussi|à lire|sur le même sujet|читайте также|читать также|читайте ещё"
    "|смотрите также|по теме|читайте також|дивіться також",
    "관련기사|함께 보기|ayrıca okuyun|ayrıca bakınız|bunlar da ilginizi çekebilir|ilgili haber|بیشتر بخوانید"
    "|همچنین بخوانید|lea también|lee también|le puede interesar|ver también|lesen sie auch|siehe auch"
    "|mehr dazu|mehr zum thema|xem thêm|đọc thêm|延伸阅读|相关阅读|あわせて読みたい|関連|関連記事|関連ニュース|관련|관련기사|leggi anche|leia também|leia mais",
    "خبر ذو صلة|خبر مرتبط|خبر متعلق|موضوع ذو صلة|related story|related article|article lié|sur le même thème|à voir aussi|noticia relacionada|artículo relacionado"
    "|nota relacionada|te recomendamos|notícia relacionada|veja também|notizia correlata|articolo correlato|passend dazu|lesen sie dazu|материал по теме"
    "|новость по теме|читайте по теме|новина за темою|baca juga|czytaj także|czytaj też|zobacz też|lees ook|läs också|les også|læs også|citește și|vezi și|čtěte také"
    "|přečtěte si také|olvassa el|διαβάστε επίσης|קראו גם|مزید پڑھیں|یہ بھی پڑھیں|यह भी पढ़ें|ये भी पढ़ें|আরও পড়ুন|ilginizi çekebilir|bunu da oku",
)
# Lines that close an article: its source and tags.
CLOSING: Final = phrases(
    "المصدر|المصادر|مصدر الخبر|القسم|التصنيف|التصنيفات|كلمات دلالية|كلمات مفتاحية|الكلمات المفتاحية|الكلمات الدلالية|وسوم|الوسوم"
    "|العلامات|تاجات|هاشتاغ|source|sources|tags|tag|keywords|topics|topics in this article|filed under|category|categories"
    "|mots-clés|étiquettes|теги|тэги|раздел|рубрика|источник|ключевые слова|джерело|출처|태그|키워드|kaynak|etiketler"
    "|منبع|برچسب‌ها|کلیدواژه‌ها|fuente|etiquetas|quelle|schlagwörter|schlagworte|nguồn|标签|标籤|來源|来源|责任编辑|責任編輯|责编|编辑|編輯|值班主任|值班编辑|审核|校对|编审|监制|原标题|原標題|từ khóa|chủ đề|关键词|キーワード|タグ|התגיות|תגיות|מקור|tagi|źródło",
)
# Dropped wherever they stand alone.
_LABELS: Final = phrases(
    "مادة اعلانية|مادة إعلانية|إعلان|اعلان|إعلانات|مساحة إعلانية|إعلان ممول|محتوى ممول|advertisement"
    "|advertising|ad|ads|sponsored|sponsored content|promoted content|story continues below advertisement"
    "|publicité|la suite après la publicité|la suite après cette publicité|article réservé aux abonnés|article réservé à nos abonnés|haberin devamı|devamını oku|continue reading|article continues below|article continues after this ad|lire la suite|weiterlesen|читать далее|читать полностью|продолжение ниже|реклама|광고|reklam|reklama|annons|annonse|publicidade|pubblicità|advertentie|iklan|hirdetés|פרסומת|تبلیغات|اشتہار|آگهی|publicidad|anzeige|werbung|quảng cáo|広告|广告",
    "شارك|شاركها|مشاركة|شارك المقال|شارك الخبر|شارك هذا الخبر|نسخ الرابط|طباعة|حفظ|استمع|تكبير الخط"
    "|تصغير الخط|حجم الخط|فيسبوك|تويتر|واتساب|تلغرام|تيليجرام|ماسنجر|لينكدإن|بينتيريست|فايبر|البريد الإلكتروني"
    "|مشاركة عبر البريد|انتهى|انتهى الخبر|انتهای پیام|پایان پیام|کپی شد|share|share this|share this article|share this story|share on facebook"
    "|share on twitter|print|copy link|link copied|save|listen|facebook|twitter|whatsapp|telegram|email"
    "|linkedin|pinterest|reddit|messenger|x|partager|поделиться|скопировать ссылку|공유|공유하기|글자크기|paylaş"
    "|اشتراک‌گذاری|ارسال به دوستان|نسخه چاپی|نسخة للطباعة|أرسل لصديق|أرسل إلى صديق|compartir|teilen|drucken|распечатать|версия для печати|версія для друку|yazdır|skip to content|تخطى إلى المحتوى|تخطي إلى المحتوى",
)
# What is counted under a text: "12 likes 3 comments".
COUNTED: Final = re.compile(
    rf"(?:(?:{any_of(_LABELS | phrases('إعجابا|إعجاب|تعليقات|تعليق|مشاركات|مشاهدة|قراءة|likes|like|comments|comment|shares|views|reads|مدة القراءة|زمن القراءة|وقت القراءة|دقيقة|دقائق|دقيقة قراءة|دقائق قراءة|min read|minute read|minutes read|reading time|min de lecture|temps de lecture|мин чтения|время чтения|okuma süresi|dk okuma|lesezeit|مشاهدة الفيديو|شاهد الفيديو|watch video|play video|просмотров|комментариев|beğeni|yorum'))})\s*)+"
)
_EDGE: Final = ' \t:：.…·•●▪▫■□◆►▶»«›‹>|–—-*#!،,_/✔☑👈👇⬇️🔴⭕🔵🔶🔷🔸🔹🟢🟡📌📍🔔📢📲📱➡✅❗🔥○◉◾◽▫()[]【】"“”'
LABEL: Final = re.compile(rf"(?:{any_of(_LABELS)})(?:\s+(?:{any_of(_LABELS)}))*")
LABEL_START: Final = re.compile(
    rf"(?:{any_of(phrases('مادة اعلانية|مادة إعلانية|story continues below advertisement|أنت هنا|أنت الآن هنا|you are here|вы здесь|buradasınız|vous êtes ici|sie sind hier'))})(?!\w)"
)
SOFT_START: Final = re.compile(
    rf"(?:{any_of(SOFT)})\s*(?:[:：|–—\]】〕］-]|\.{{2,}}|…|\?|»|>)+\s*(?=\S)"
)
CLOSING_START: Final = re.compile(rf"(?:{any_of(CLOSING)})\s*[:：|]\s*(?=\S)")
STAMP_START: Final = re.compile(
    rf"(?:{any_of(phrases('آخر تحديث|تم التحديث|تاريخ النشر|نشر في|نشر بتاريخ|last updated|updated|published|публикация|обновлено|입력|수정|güncelleme|mis à jour|publié le'))})\s*[:：]?\s*(?=.*\d)"
)
_FOLLOW: Final = any_of(
    phrases(
        "تابعوا|تابعونا|تابعنا|تابع|متابعة|لمتابعة|للمتابعة|يمكنكم متابعة|يمكنك متابعة|اشترك|اشتركوا|للاشتراك|انضم|انضموا|للانضمام|حمل|حملوا|يمكنكم متابعة"
        "|follow|subscribe|sign up|join|download|get the|suivez|abonnez-vous|inscrivez-vous|rejoignez|téléchargez"
        "|подписывайтесь|подпишитесь|следите|присоединяйтесь|читайте нас|підписуйтесь|підпишіться|стежте|приєднуйтесь|читайте|구독|síganos|suscríbete"
        "|suscríbase|síguenos|folgen sie|abonnieren sie|melden sie sich|dapatkan|ikuti|bergabung|mari bergabung|gabung|segui|seguici|iscriviti|siga|inscreva-se|dołącz|śledź|volg|följ|bizi takip|takip edin|abone ol|ما را"
    )
)
_PLACES: Final = any_of(
    phrases(
        "google news|غوغل نيوز|جوجل نيوز|أخبار جوجل|google|whatsapp|واتساب|واتس|telegram|تلغرام|تليجرام|تيليجرام|تيليغرام"
        "|facebook|فيسبوك|twitter|تويتر|منصة x|on x|instagram|إنستغرام|انستغرام|youtube|يوتيوب|newsletter|newsletters|notre lettre|infolettre"
        "|النشرة البريدية|نشرتنا|القائمة البريدية|قناتنا|تطبيقنا|our app|your inbox|push|telegram-канал|телеграм"
        "|дзен|вконтакте|нашем канале|наш канал|нашому каналі|нашому телеграм|whatsapp-канал|boletín|canal de|rundbrief|kanalımız|네이버|카카오|تلگرام"
        "|آخر أخبار|آخر الأخبار|بريدك|grup|gruppo|grupo"
    )
)
# Chinese, Japanese and Vietnamese part no words.
FOLLOW: Final = re.compile(
    rf"(?:[^.,،:]{{1,30}}[,،]\s)?(?:{_FOLLOW})(?!\w).*?(?:{_PLACES})"
    r"|(?:扫码|打开|下载|點擊|点击|扫描|掃描|关注|關注|追蹤|订阅|訂閱).{0,12}(?:客户端|app|二维码|公众号|微信|微博|facebook|line|telegram)"
    r"|(?:حمل|حملوا|نزل|نزلوا)\s(?:ال)?تطبيق|(?:فعل|فعلوا)\s(?:زر\s)?(?:ال)?(?:جرس|اشعارات|تنبيهات)(?!\w)|(?:hit|tap|ring)\sthe\s(?:notification\s)?bell(?!\w)|.{0,20}(?:アプリ|メルマガ|公式line|公式x).{0,12}(?:登録|ダウンロード|フォロー)|제보는?\s.{0,30}(?:카카오|전화|이메일|메일)|카카오톡.{0,20}제보|theo doi .{0,30}(?:zalo|facebook|google|youtube)"
)
# One that ends so: "The week's news in your inbox. Sign up here."
LETTER: Final = re.compile(
    r"(?:newsletter|your inbox|النشره البريديه).{0,60}(?:sign up|subscribe|اشترك|سجل)(?:\s(?:here|now|today|هنا|الان))?\W*$"
)
_CAUSE: Final = any_of(
    phrases(
        "month|newsroom|journalism|our reporting|our reporters|local news|صحافة|الصحافة|صحافتنا|شهريا|مستقلة|استقلاليتنا"
        "|journalisme|rédaction|indépendant|indépendante|mois|monat|journalismus|redaktion|mes|periodismo|redacción|журналистику|редакцию|месяц"
    )
)
_GIVE: Final = any_of(
    phrases(
        "chip in|donate|support us|support our|become a member|become a supporter|make a donation|back our"
        "|تبرع|تبرعوا|ادعم|ادعموا|ادعمنا|ادعمونا|ساهم|ساهموا|soutenez|soutenez-nous|faites un don|unterstützen sie|spenden sie|apóyanos"
        "|apoya|haz una donación|поддержите|помогите нам"
    )
)
_ASKED: Final = any_of(
    phrases(
        "got a story|got a tip|got news|have a story|have a tip|do you have a story|do you have a tip|do you have information|know more"
        "|هل لديك خبر|هل لديك قصة|هل لديك معلومة|هل لديك معلومات|هل لديكم معلومات|لديك خبر|vous avez une info|vous avez une information"
        "|haben sie hinweise|haben sie einen hinweis|haben sie einen tipp|tienes una historia|есть новость|у вас есть новость"
    )
)
_REACH: Final = any_of(
    phrases(
        "newsroom|contact|email|e-mail|call|ring|write|touch|tell us|let us know|راسلنا|راسلونا|تواصل|تواصلوا|اتصل|اتصلوا|اكتب لنا|اكتبوا لنا"
        "|écrivez|contactez|schreiben sie|melden sie|escríbenos|cuéntanos|пишите|напишите"
    )
)
# A paragraph that asks the reader for money or for news: an imperative first, at most behind a question.
APPEAL: Final = re.compile(
    rf"(?:[^.?!؟]{{1,60}}[?؟]\s)?(?:please\s)?(?:{_GIVE})(?!\w).*?(?<!\w)(?:{_CAUSE})(?!\w)"
    rf"|(?:{_ASKED})(?!\w)[^.?!؟]{{0,60}}[?؟].*?(?<!\w)(?:{_REACH})(?!\w)"
)
# The comment form, and what can only be the foot of a page: by their first words.
FOOT_START: Final = re.compile(
    any_of(
        phrases(
            "لن يتم نشر عنوان بريدك|الحقول الإلزامية مشار إليها|احفظ اسمي، بريدي|your email address will not be"
            "|save my name, email|required fields are marked|votre adresse e-mail ne sera pas|ваш адрес email не будет"
            "|e-posta hesabınız yayımlanmayacak|tu dirección de correo|deine e-mail-adresse wird"
            "|نشانی ایمیل شما منتشر"
        )
    )
)
# WordPress hangs it under every item of a feed.
POSTED: Final = re.compile(
    r"the post .{1,300} appeared first on |ظهرت المقاله .{1,300} اولا علي |ظهر المقال .{1,300} اولا علي "
    r"|uber dieses thema berichtete|dieses thema im programm|this (?:article|story|post|piece) (?:was )?(?:originally|first) (?:appeared|published)|هذا المقال نشر (?:اولا|اصلا|لاول مره)|our standards:|l'article .{1,300} est apparu en premier sur |сообщение .{1,300} появились сначала на "
)
# An agency's sign-off that nothing of the article ever follows.
SIGN_OFF: Final = re.compile(r"\(\s*i̇?lkha\s*\)\s*[.]?\s*$")

BYLINE: Final = re.compile(
    rf"(?:{any_of(phrases('بقلم|كتب|كتبت|كتبه|كتبها|إعداد|تحرير|ترجمة|المحرر|الكاتب|تقرير|خاص|متابعات|by|written by|reported by|author|par|von|por|escrito por|yazan|haber|автор|текст|автор статьи|نویسنده|به قلم'))})"
    r"\s*[:：|/-]?\s+\S|(?:د|ا\.\s?د|م|دكتور|الدكتور|dr|prof)\.\s?\S|.{2,12}\s(?:기자|특파원)(?:\s|$)|(?:by|بقلم)\b"
)


@lru_cache(maxsize=512)
def folded(line: str) -> str:
    """The line folded; of the lines of one page each is asked for several times."""
    return fold(line)


@lru_cache(maxsize=512)
def key(line: str) -> str:
    """The line as it is compared with a mark: folded, without bullets, colons and quotes around it."""
    return folded(line).strip(_EDGE)
