"""Outlets' set phrases around an article, folded: the tables behind `furniture`."""

from __future__ import annotations

import re
from typing import Final

from monitor.text.arabic import fold
from monitor.text.memory import of_lines, of_names


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
    "|تعليق|تعليقا|ردود|شارك برأيك|أحدث التعليقات|آخر التعليقات|علّق على الخبر|التعليق على الخبر|اكتب تعليقا|إضافة رد|هناك تعليق واحد|لا توجد تعليقات|لا يوجد تعليقات|كن أول من يعلق",
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
    # heads of lists of other stories, by language
    "in this series|see more stories|stories you might like|what to read next|from our partners|from around the web|recommended reading|further reading|popular now|most viewed|most shared|most commented|what's hot|join the conversation|join the discussion|have your say|similar articles|similar stories|more like this|latest posts|recent posts|popular posts|more headlines|other news",
    "nos articles à ce sujet|dans la même rubrique|notre sélection|pour aller plus loin|les plus populaires|le plus lu|les plus commentés|en continu|dernières actualités|dernières infos|vos réactions|réagir|voir les commentaires|articles recommandés|ailleurs sur le web",
    "вам также может понравиться|главное за день|выбор редакции|сейчас читают|не пропустите|популярное за неделю|лента новостей|топ новостей|обсуждаемое|обсудить|читайте на сайте|читают сейчас|ещё новости|еще новости|новости сми2|новости партнеров|рекомендуемое|предыдущая новость|следующая новость"
    "|схожі новини|читайте також|популярні новини|вибір редакції|найпопулярніше|головні новини|інші новини|новини партнерів|вас може зацікавити|залишити коментар",
    "öne çıkanlar|öne çıkan haberler|günün öne çıkan haberleri|editörün seçtikleri|editörün seçimi|sizin için seçtiklerimiz|trend haberler|popüler haberler|son dakika haberleri|en çok okunan haberler|okuyucu yorumları|yorum yazın|yorum ekle|bu habere de göz at|bunlar da ilginizi çekebilir|sonraki haber|önceki haber|haberi yorumla",
    "پیشنهاد سردبیر|مطالب پیشنهادی|پیشنهاد ما|از دست ندهید|پربازدیدها|پربازدیدترین‌ها|پربازدیدترین اخبار|پربیننده‌ترین اخبار|پربحث‌ترین|پربحث‌ترین‌ها|تازه‌ترین خبرها|تازه‌ترین اخبار|داغ‌ترین خبرها|نظر شما|نظر بدهید|نظرات کاربران|نظرات بینندگان|دیدگاه شما|خبر بعدی|خبر قبلی|خبرهای بیشتر|آخرین خبرها|وب‌گردی",
    "متعلقہ خبریں|مزید خبریں|تازہ ترین|تازہ ترین خبریں|اہم خبریں|مقبول خبریں|مقبول ترین|سب سے زیادہ پڑھی جانے والی|تبصرے|تبصرہ کریں|آپ کی رائے|یہ بھی پڑھیے",
    "le más leído|lo más visto|últimas noticias|lo último|más leídas|las más leídas|no te pierdas|contenido relacionado|deja tu comentario|temas relacionados|otras noticias|siguiente noticia|noticia anterior|notas relacionadas|más sobre este tema|te recomendamos"
    "|mais lidas|as mais lidas|notícias relacionadas|últimas notícias|leia mais|comentários|deixe um comentário|deixe seu comentário|você pode gostar|mais notícias|recomendadas para você"
    "|i più letti|le più lette|articoli correlati|notizie correlate|ultime notizie|potrebbe interessarti|potrebbero interessarti|ti potrebbe interessare|commenti|lascia un commento|leggi anche|altre notizie|da non perdere",
    "passend zum thema|empfohlene artikel|unsere empfehlungen|empfehlungen der redaktion|auch interessant|meistgelesene artikel|neueste nachrichten|neueste artikel|aktuelle nachrichten|diskutieren sie mit|leserkommentare|nächster artikel|vorheriger artikel|beliebteste artikel|lesen sie mehr zum thema|das könnte dich auch interessieren"
    "|lees ook|lees meer|meer nieuws|meest gelezen|gerelateerde artikelen|reageer|laatste nieuws|ook interessant|verder lezen|meer over dit onderwerp"
    "|czytaj także|czytaj też|zobacz także|zobacz też|polecane|polecamy|najczęściej czytane|najpopularniejsze|powiązane artykuły|powiązane|komentarze|dodaj komentarz|ostatnie wiadomości|przeczytaj także|przeczytaj również|więcej na ten temat|może cię zainteresować",
    "související články|související|čtěte také|mohlo by vás zajímat|nejčtenější|další články|komentáře|nejnovější zprávy|articole similare|citește și|cele mai citite|ultimele știri|știri similare|comentarii|lasă un comentariu|îți recomandăm|articole recomandate|din aceeași categorie"
    "|kapcsolódó cikkek|ajánlott cikkek|legolvasottabb|legfrissebb|hozzászólások|olvasd el ezt is|ezek is érdekelhetik|további cikkek|σχετικά άρθρα|διαβάστε επίσης|δημοφιλή|περισσότερα|σχόλια|δείτε επίσης|τελευταία νέα|ροή ειδήσεων|διαβάστε ακόμη"
    "|relaterade artiklar|mest läst|läs också|läs även|senaste nytt|kommentarer|relaterte artikler|mest lest|les også|læs også|mest læste|lue myös|luetuimmat|liittyvät artikkelit",
    "berita terkait|baca juga|artikel terkait|berita populer|terpopuler|berita terkini|berita lainnya|rekomendasi untuk anda|komentar|tulis komentar|artikel lainnya|tin cùng chuyên mục|tin nổi bật|đọc nhiều|tin đọc nhiều|xem nhiều|tin mới nhất|có thể bạn quan tâm|ý kiến bạn đọc|gửi bình luận|tin khác|tin tức liên quan|bài viết liên quan|đọc thêm",
    "संबंधित खबरें|ये भी पढ़ें|यह भी पढ़ें|और पढ़ें|ताजा खबरें|सबसे ज्यादा पढ़ी गई|ट्रेंडिंग|टॉप न्यूज|टिप्पणियां|আরও পড়ুন|সম্পর্কিত খবর|এ সম্পর্কিত আরও খবর|সর্বাধিক পঠিত|সর্বশেষ|মন্তব্য|মন্তব্য করুন",
    "כתבות נוספות|עוד בנושא|עוד באתר|אולי יעניין אותך|כתבות קשורות|כתבות שאולי פספסתם|הנקראות ביותר|הכי נקראות|תגובות|הוסף תגובה|הוספת תגובה|חדשות אחרונות|קראו עוד|המומלצים",
    "관련 기사 더보기|이 기사와 함께|함께 읽으면 좋은 기사|많이 본 뉴스|가장 많이 본 뉴스|실시간 인기 기사|인기 기사|추천 뉴스|주요 기사|다른 기사|댓글쓰기|의견쓰기|이 기자의 다른 기사|관련기사 더보기|최신 뉴스|랭킹뉴스"
    "|あわせて読みたい|こちらもおすすめ|おすすめ|アクセスランキング|ランキング|人気記事|最新記事|最新ニュース|新着記事|コメント|関連リンク|次の記事|前の記事|この記事も読まれています|相关推荐|相关报道|猜你喜欢|热门推荐|热点推荐|为您推荐|精彩推荐|大家都在看|延伸阅读|点击排行|热门文章|最新文章|网友评论|上一篇|下一篇|相關新聞|熱門新聞|延伸閱讀|你可能感興趣|推薦閱讀|更多新聞|編輯推薦",
)
# As HARD when alone on a line; with a headline behind it, that one line.
SOFT: Final = phrases(
    "اقرأ أيضا|إقرأ أيضا|اقرأ ايضا|أقرأ أيضا|اقرؤوا أيضا|اقرأ كذلك|طالع أيضا|شاهد أيضا|شاهد ايضا|انظر أيضا"
    "|للمزيد|لقراءة المزيد|تابع أيضا|اقرأ أيضا في|المزيد حول|في السياق ذاته اقرأ|اقرأ المزيد"
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
    "اقرئي أيضا|اقرأي أيضا|اقرأوا أيضا|إقرأوا أيضا|اقرأوا كذلك|شاهدي أيضا|شاهدوا أيضا|تعرف أيضا على|تعرفوا أيضا على|تعرف على|لمزيد من التفاصيل|للتفاصيل|للمزيد من التفاصيل|للاطلاع|طالع المزيد|طالعوا أيضا|اقرأ من الملف|وفي سياق متصل اقرأ|وإقرأ أيضا|واقرأ أيضا|تابعوا أيضا|قد يهمك|قد يهمك أيضا|قد يهمكم"
    "|قد يعجبك|قد يعجبك أيضا|ربما يعجبك أيضا|ربما يهمك|خبر ذو علاقة|موضوع متعلق|مواضيع ذات صلة|أخبار ذات صلة|مقالات ذات صلة|لا تفوت|لا تفوت قراءة|لا يفوتك|لا تفوتك|اقرأ عن|اقرأ في الملف|اقرأ للكاتب|اقرأ أيضا للكاتب|شاهد المزيد|فيديو ذو صلة|فيديو متعلق|اقرأ هنا|اقرأ في هذا السياق|ولمزيد من التفاصيل",
    "don't miss|read the full story|related video|related reading|for more|more|recommended reading|read our|also see|also watch|watch more|lire également|voir également|notre dossier|pour aller plus loin|relire|en vidéo|à écouter|подробности|ранее по теме|видео по теме|подробнее|подробнее об этом|читайте подробнее"
    "|об этом читайте|детальніше|за темою|читати також|okumadan geçme|ayrıca bkz|bakmadan geçme|bu habere de bak|haberin devamı için|bunlara da bakın|ilgili video|مطالعه بیشتر|بخوانید|اینجا بخوانید|بخوانید و ببینید|بیشتر ببینید|ببینید|مرتبط|lea además|lee más|mira también|mirá también|leé también|leé además|vea también|más información|ver más|en fotos"
    "|lesen sie hier|lesen sie mehr|lesetipp|auch lesen|lesen sie mehr dazu|approfondisci|leggi pure|guarda anche|da leggere|per approfondire|confira também|confira|saiba mais|leia ainda|lees meer|bekijk ook|zie ook|przeczytaj też|przeczytaj także|przeczytaj|zobacz|zobacz także|více k tématu|více čtěte|přečtěte si|citeste si|vezi și|vezi video|olvassa el ezt is|olvasd el"
    "|kapcsolódó|διαβάστε|δείτε ακόμα|διαβάστε ακόμα|δείτε επίσης|läs mer|läs även|se även|les mer|se også|lue lisää|lihat juga|simak juga|simak|baca selengkapnya|đọc ngay|xem ngay|mời xem thêm|xem thêm video|और पढ़ें|पढ़ें|इसे भी पढ़ें|ये भी देखें|आगे पढ़ें|আরো পড়ুন|আরও দেখুন|קראו עוד|לקריאה נוספת|ראו גם|מזדי|مزید پڑھیے|یہ بھی دیکھیں|مزید جانیے|더보기|더 읽기|참고기사|이어보기|併せて読む|こちらも|参考|相关|相关链接|更多阅读|阅读更多|推荐阅读|相關報導",
)
# A line that heads a list of other stories, as Arabic outlets put it together: short, and all of it this.
_HEAD: Final = re.compile(
    r"(?:ال)?(?:اخبار|مواضيع|موضوعات|مقالات|تقارير|قصص|مواد|محتوي|تغطيات|تغطيه|ملفات|فيديوهات|صور|كتابات)\s(?:اخري\s)?(?:ذات (?:ال)?صله|ذات (?:ال)?علاقه|(?:ال)?متعلقه|(?:ال)?مرتبطه|(?:ال)?مشابهه|(?:ال)?مقترحه|(?:ال)?مختاره|موصي بها|(?:قد )?[تي](?:هم|عجب)(?:ك|كم)|(?:اخري )?للكاتبه?|اضافيه|الساعه|اليوم)(?:\sايضا)?"
    r"|(?:قد|ربما)\s[تي](?:هم|عجب|ثير اهتمام)(?:ك|كم)(?:\s(?:ايضا|قراءه.{0,20}))?"
    r"|(?:اخترنا|اخترناها|نرشح|رشحنا|ننصح|نوصي|مختارات|مقترحات|مقترح|مختار)\s?(?:لك|لكم|ب?قراءه|ب?متابعه|المحرر|التحرير)?"
    r"|(?:ال)?مزيد(?:\s(?:من|عن|حول|في)\s(?:ال)?(?:(?:هذا|هذه|نفس|ذات)\s\S+|اخبار|قصص|مواضيع|موضوعات|مقالات|تقارير|موضوع|ملف|قسم)(?:\s\S+)?)?"
    r"|(?:ال)?اكثر\s(?:ال\S+\s)?(?:قراءه|مشاهده|تداولا|تفاعلا|زياره|شيوعا|رواجا|تعليقا|بحثا|شعبيه|انتشارا|متابعه)(?:\s(?:اليوم|الان|هذا الاسبوع|هذا الشهر|خلال \S+))?"
    r"|(?:ال)?(?:اخبار|مواضيع|مقالات)\s(?:ال)?اكثر\s(?:قراءه|مشاهده|تداولا|رواجا)|(?:ال)?(?:اعلي|اشهر)\s(?:قراءه|مشاهده)|(?:ال)?رائج(?:\sالان)?|ترند|تريند|الترند|حديث الساعه|الاشهر"
    r"|(?:اقرا\s)?(?:في|ضمن|من)\s(?:هذا|هذه|نفس|ذات)\s(?:ال)?(?:ملف|سياق|قسم|موضوع|السلسله|تصنيف)|(?:من|ل)\s?(?:ال)?كاتب\s(?:نفسه|ذاته)"
    r"|و?(?:اقرا|اقريي|اقراي|اقراوا|اقرووا|طالع|طالعوا|شاهد|شاهدي|شاهدوا|انظر|تابع|تابعوا)\s(?:ايضا|كذلك|المزيد)(?:\s(?:علي|عن|في|حول|من|ل)(?:\s?\S+){0,3})?"
    r"|(?:ال)?(?:خبر|مقال|موضوع|ماده)\s(?:ال)?(?:سابق|تالي|سابقه|تاليه)|(?:ال)?تالي|(?:ال)?سابق"
)
# A line that heads a box of its own on the page, which is the box's as far as it goes: whom, what and how many it is about.
BOXED: Final = phrases(
    "عن الكاتب|عن الكاتبة|نبذة عن الكاتب|نبذة عن الكاتبة|حول الكاتب|الكاتب|الكاتبة|عن المؤلف|حول المؤلف|about the author|about the authors|about the writer|the author|about author|à propos de l'auteur|l'auteur|об авторе|автор|про автора|yazar hakkında|yazar|درباره نویسنده|نویسنده|sobre el autor|acerca del autor"
    "|sobre o autor|sull'autore|l'autore|über den autor|über die autorin|zur person|over de auteur|o autorze|o autorovi|despre autor|a szerzőről|om författaren|tentang penulis|על הכותב|על המחבר|기자 소개|筆者紹介|この記事を書いた人|作者简介",
    "النشرة البريدية|النشرة الإخبارية|القائمة البريدية|اشترك في النشرة|اشترك في نشرتنا البريدية|newsletter|our newsletter|sign up for our newsletter|subscribe to our newsletter|inscrivez-vous à notre newsletter|notre newsletter|подписаться на рассылку|рассылка|e-bülten|bülten|خبرنامه|عضویت در خبرنامه|boletín|suscríbete a nuestro boletín|unser newsletter|nieuwsbrief|뉴스레터|メルマガ",
    "ادعمنا|ادعم صحافتنا|ادعم الصحافة المستقلة|ادعم صحافتنا المستقلة|ادعم الموقع|support us|support our work|support independent journalism|soutenez-nous|soutenez une presse indépendante|поддержите нас|поддержать редакцию|поддержите независимую журналистику|bağımsız gazeteciliğe destek olun|apoya el periodismo independiente|unterstützen sie unabhängigen journalismus",
)
# Lines that close an article: its source and tags.
CLOSING: Final = phrases(
    "المصدر|المصادر|مصدر الخبر|نقلا عن|القسم|التصنيف|التصنيفات|كلمات دلالية|كلمات مفتاحية|الكلمات المفتاحية|الكلمات الدلالية|وسوم|الوسوم"
    "|العلامات|تاجات|هاشتاغ|source|sources|tags|tag|keywords|topics|topics in this article|filed under|category|categories"
    "|mots-clés|étiquettes|теги|тэги|раздел|рубрика|источник|ключевые слова|джерело|출처|태그|키워드|kaynak|etiketler"
    "|منبع|برچسب‌ها|کلیدواژه‌ها|fuente|etiquetas|quelle|schlagwörter|schlagworte|nguồn|标签|标籤|來源|来源|责任编辑|責任編輯|责编|编辑|編輯|值班主任|值班编辑|审核|校对|编审|监制|原标题|原標題|từ khóa|chủ đề|关键词|キーワード|タグ|התגיות|תגיות|מקור|tagi|źródło",
)
_EDGE: Final = ' \t:：.…·•●▪▫■□◆►▶»«›‹>|–—-*#!،,_/✔☑👈👇⬇️🔴⭕🔵🔶🔷🔸🔹🟢🟡📌📍🔔📢📲📱➡✅❗🔥○◉◾◽▫()[]【】"“”'
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
        "follow us|follow our|follow the|subscribe to|subscribe on|subscribe for|subscribe now|sign up|join us|join our|get the|suivez|abonnez-vous|inscrivez-vous|rejoignez|téléchargez|retrouvez-nous"
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
        "|grup|gruppo|grupo|réseaux sociaux|соцсетях|социальных сетях|sosyal medya|redes sociales|whatsapp-kanal|lettre d'information|рассылк|newsletter-ul|hírlevél"
    )
)
# Chinese, Japanese and Vietnamese part no words.
FOLLOW: Final = re.compile(
    rf"(?:[^.,،:?]{{1,60}}[,،:?]\s)?(?:{_FOLLOW})(?!\w).{{0,90}}?(?:{_PLACES})"
    r"|(?:[^.,:]{1,40}[,:]\s)?(?:follow \S+ on|join (?:the|on)\b.{0,30}(?:channel|group|community|newsletter)|stay (?:up to date|connected|tuned|informed)|add us as)\b.{0,40}(?:google|whatsapp|telegram|facebook|instagram|youtube|twitter|tiktok|on x\b|social media)"
    r"|(?:扫码|打开|下载|點擊|点击|扫描|掃描|关注|關注|追蹤|订阅|訂閱).{0,12}(?:客户端|app|二维码|公众号|微信|微博|facebook|line|telegram)"
    r"|(?:hit|tap|ring)\sthe\s(?:notification\s)?bell(?!\w)|.{0,20}(?:アプリ|メルマガ|公式line|公式x).{0,12}(?:登録|ダウンロード|フォロー)|제보는?\s.{0,30}(?:카카오|전화|이메일|메일)|카카오톡.{0,20}제보|theo doi .{0,30}(?:zalo|facebook|google|youtube)"
)
# One that ends so: "The week's news in your inbox. Sign up here."
LETTER: Final = re.compile(
    r"(?:newsletter|your inbox|النشره البريديه|النشره الاخباريه).{0,60}(?:sign up|subscribe|اشترك|سجل)(?:\s(?:here|now|today|هنا|الان))?\W*$"
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
        "|ادعم|ادعموا|ادعمنا|ادعمونا|soutenez|soutenez-nous|faites un don|unterstützen sie|spenden sie|apóyanos"
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
    r"|(?:تبرع|تبرعوا|ساهم|ساهموا)\s.{0,60}(?:صحافتنا|عملنا|موقعنا|استقلاليتنا|مهمتنا|دعمنا|شهريا)(?!\w)"
    r"|(?:نعتمد علي|نحن نعتمد|صحافتنا|نحتاج الي|عملنا الصحافي|بفضل دعم).{0,80}(?:دعمك|دعمكم|تبرعك|تبرعكم|تبرع الان|ساهم|ادعم)"
    r"|(?:we rely on|we depend on|our (?:journalism|reporting|newsroom)|independent (?:local )?(?:news|journalism) (?:needs|depends|relies)).{0,80}(?:support|donat|member|contribut|your help)"
    r"|(?:notre (?:journalisme|journal|redaction|independance)|nous (?:dependons|avons besoin)).{0,80}(?:\bdons?\b|soutien|soutenez|abonn)"
    r"|(?:мы существуем|мы работаем|наша редакция).{0,60}(?:благодаря вам|поддержите)|(?:unser journalismus|wir sind auf).{0,80}(?:unterstutz|spende)|(?:nuestro periodismo|dependemos de).{0,80}(?:tu apoyo|su apoyo|dona\b|suscr)"
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
# One that heads a few short lines: a poll's answers, the day's weather.
WIDGETS: Final = phrases(
    "استطلاع رأي|شارك في التصويت|صوت الآن|استفتاء|شاركنا رأيك|تصويت|poll|vote now|reader poll|quick poll|sondage|votre avis|опрос|голосование|опитування|anket|نظرسنجی|encuesta|enquete|sondaggio|umfrage|peiling|sonda|anketa|sondaj|szavazás|δημοσκόπηση|omröstning|jajak pendapat|투표|アンケート",
    "حالة الطقس|الطقس|الطقس اليوم|مواقيت الصلاة|أسعار العملات|أسعار الذهب|weather|météo|погода|hava durumu|namaz vakitleri|آب و هوا|el tiempo|clima|meteo|wetter|het weer|pogoda|počasí|vremea|időjárás|καιρός|väder|cuaca|thời tiết|날씨|天気|天气",
)
# What tells those who listen how to get past a box.
_SKIP: Final = re.compile(
    r"(?:تخطي?|تجاوز)\s.{1,40}\sو(?:واصل|تابع|استمر|اكمل)\s(?:في\s)?ال?قراءه|skip\s.{1,40}\sand continue reading|sal(?:tar|te)\s.{1,40}\sy (?:continuar|seguir) leyendo"
    r"|pul[ae]r?\s.{1,40}\se continu[ae]r? lendo|ignorer\s.{1,40}\set continuer la lecture|пропустить\s.{1,40}\sи продолжить чтение|пропустити\s.{1,40}\sі продовжити"
    r"|.{1,40}\s(?:atla|geç) ve okumaya devam et|از\s.{1,40}\sرد شويد و به خواندن ادامه دهيد|.{1,40}\sاور مواد پر جايں"
)
_SKIPS: Final = frozenset(("ءه", "ng", "do", "re", "ие", "ти", "et", "ند", "يں"))
_HEAD_WORDS: Final = 6
# The first two letters of such a line.
_HEADS: Final = frozenset(
    str.split(
        "ال اخ مو مق تق قص مح تغ مل في صو كت قد رب نر رش نن نو مخ مز اك اع اش را تر حد ضم من لك ل وا اق طا وط شا وش ان تا وت خب تا سا"
    )
)


@of_names
def is_soft(bare: str) -> bool:
    """Whether a line, as compared, heads other stories, be it one or a list: "Read also", "You may like"."""
    if bare in SOFT:
        return True
    is_short = bare[:2] in _HEADS and bare.count(" ") < _HEAD_WORDS
    return is_short and _HEAD.fullmatch(bare) is not None


def heads_others(bare: str) -> bool:
    """Whether a line, as compared, is an outlet's mark, behind which other stories or comments stand."""
    return bare in HARD or is_soft(bare) or (bare[-2:] in _SKIPS and _is_skip(bare))


@of_names
def _is_skip(bare: str) -> bool:
    return _SKIP.fullmatch(bare) is not None


@of_lines
def folded(line: str) -> str:
    """The line folded; of the lines of one page each is asked for several times."""
    return fold(line)


@of_lines
def key(line: str) -> str:
    """The line as it is compared with a mark: folded, without bullets, colons and quotes around it."""
    return folded(line).strip(_EDGE)
