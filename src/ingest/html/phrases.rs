//! The words by which `junk` knows what is no part of an article, in the languages of the web. They
//! are written as pages write them, in small letters; `junk` folds accents away on both sides.
//! Calls nothing.

/// Whole pieces, without punctuation at either end. Figures and what stands in brackets behind
/// them are not looked at: `12 comments` is `comments`.
pub(super) const WHOLE: &str = "\
advertisement | advertisements | ad | ads | advertising | sponsored | \
sponsored content | promoted | anzeige | werbung | publicité | publicidad | \
publicidade | pubblicità | advertentie | advertenties | reklama | реклама | share | \
share this | share this article | share this story | share on facebook | \
share on twitter | tweet | email | e-mail | print | print this article | save | \
copy link | link copied | facebook | twitter | whatsapp | linkedin | reddit | \
pinterest | telegram | image | photo | photos | video | play | play video | watch | \
loading | loading... | close | menu | search | next | previous | back to top | \
comments | comment | leave a comment | add a comment | post a comment | \
view comments | no comments | read more | read more... | more | show more | see more | \
view more | continue reading | continue reading the main story | keep reading | \
skip advertisement | story continues below advertisement | article continues below | \
article continues after ad | story continues below | continue reading below | related | \
related articles | related stories | related content | related topics | more stories | \
more news | read next | recommended | recommended for you | you may also like | \
you might also like | see also | most read | most popular | trending | trending now | \
latest news | top stories | also read | subscribe | subscribe now | sign up | sign in | \
log in | register | newsletter | newsletters | follow us | tags | topics | \
this video can not be played | media playback is unsupported on your device | \
media caption | image caption | image copyright | image source | \
listen to this article | hide caption | toggle caption | enlarge this image | \
report this ad | report a typo | supported by | read also | more on this story | \
join the discussion | join the conversation | story continues | \
story continues after advertisement | article continues after advertisement | \
article continues below advertisement | recommended videos | related video | \
related videos | show comments | hide comments | load comments | leave a reply | \
cancel reply | about the author | about the authors | filed under | print this page | \
print article | email this article | skip to content | skip to main content | \
copy link to article | gift this article | listen to article | follow topic | \
follow this topic | view on twitter | view on instagram | view this post on instagram | \
scroll to continue | share this post | like this | share this with | permalink | \
permanent link | previous post | next post | previous article | next article | \
older posts | newer posts | flattr this | wordpress | sponsored links | \
paid content | partner content | view gallery | view all | see all | expand | collapse | \
reply | replies | comments are closed | comments off | related posts | similar posts | \
recent posts | popular posts | you may like | you might like | more from the web | \
around the web | from the web | what to read next | editor's picks | editors' picks | \
teilen | drucken | das könnte sie auch interessieren | das könnte dich auch interessieren | \
das könnte ihnen auch gefallen | artikel teilen | beitrag teilen | seite drucken | \
kommentar | kommentare | empfehlungen der redaktion | empfehlung der redaktion | \
weitere artikel | weitere themen | weitere beiträge | auch interessant | ähnliche artikel | \
ähnliche beiträge | verwandte artikel | verwandte themen | verwandte beiträge | \
meistgelesen | meistgelesene artikel | mehr lesen | weiterlesen | jetzt weiterlesen | \
zur übersicht | zurück zur übersicht | nach oben | zum seitenanfang | artikel drucken | \
artikel versenden | artikel merken | kommentar schreiben | kommentar verfassen | \
kommentare anzeigen | kommentare lesen | antwort hinterlassen | antworten | \
schreibe einen kommentar | schreiben sie einen kommentar | kommentieren | vorlesen | \
merken | artikel anhören | zur startseite | mehr zum thema | mehr dazu | lesen sie auch | \
lesen sie dazu auch | lesen sie mehr | zum thema | links zum thema | themen | schlagwörter | \
schlagworte | teilen sie dies | teilen mit | teile dies | gefällt mir | vorheriger beitrag | \
nächster beitrag | vorheriger artikel | nächster artikel | beitragsnavigation | \
kommentare sind geschlossen | die kommentarfunktion ist geschlossen | \
die kommentarfunktion ist deaktiviert | keine kommentare | senden | mailen | \
empfehlen | abonnieren | anmelden | mehr | mehr anzeigen | bildergalerie | videos | \
partager | imprimer | partager cet article | partager l'article | commentaires | commenter | \
sur le même sujet | sur le même thème | lire aussi | à lire aussi | lire également | \
à lire également | les plus lus | voir aussi | à voir aussi | la suite après cette publicité | \
la suite après la publicité | contenus sponsorisés | contenu sponsorisé | \
vous aimerez aussi | vous aimerez peut-être | ça pourrait vous intéresser | réagir | \
ajouter à vos favoris | s'abonner | abonnez-vous | article réservé aux abonnés | \
réservé aux abonnés | lire la suite | lire plus | en savoir plus | laisser un commentaire | \
répondre | articles similaires | articles liés | article précédent | article suivant | \
mots-clés | étiquettes | retour en haut | envoyer par mail | aucun commentaire | \
les commentaires sont fermés | à découvrir | à la une | suivez-nous | j'aime | \
compartir | compartir en facebook | compartir en twitter | comparte | comparte esto | \
comparte esta noticia | comentarios | comentar | deja un comentario | deja tu comentario | \
dejar una respuesta | dejar un comentario | los comentarios están cerrados | leer más | \
lea también | lee también | leer también | te puede interesar | te podría interesar | \
también te puede interesar | le puede interesar | noticias relacionadas | \
artículos relacionados | lo más leído | lo más visto | más leídas | más información | \
más noticias | ver más | ver también | sigue leyendo | seguir leyendo | archivado en | \
temas relacionados | relacionadas | relacionados | suscríbete | etiquetas | imprimir | enviar | \
entrada anterior | entrada siguiente | entradas relacionadas | últimas noticias | me gusta | \
síguenos | responder | temas | relacionado | \
condividi | condividi su facebook | commenti | leggi anche | leggi tutto | leggi di più | \
potrebbe interessarti | potrebbe interessarti anche | ti potrebbe interessare | \
ti potrebbe interessare anche | ti potrebbero interessare | potrebbero interessarti | \
articoli correlati | notizie correlate | i più letti | più letti | approfondimenti | \
continua a leggere | lascia un commento | lascia una risposta | stampa | ultime notizie | \
riproduzione riservata | argomenti | i commenti sono chiusi | rispondi | mi piace | \
articolo precedente | articolo successivo | seguici | abbonati | invia | vedi anche | \
compartilhar | compartilhe | compartilhe esta notícia | compartilhe isso | comentários | \
leia mais | leia também | veja também | veja mais | saiba mais | notícias relacionadas | \
artigos relacionados | matérias relacionadas | mais lidas | mais lidos | mais notícias | \
continua depois da publicidade | continua após a publicidade | deixe seu comentário | \
deixe um comentário | deixe uma resposta | últimas notícias | siga-nos | assine | \
relacionadas | curtir | post anterior | próximo post | tópicos relacionados | \
delen | deel dit artikel | deel via | reacties | reageer | reageren | geef een reactie | \
laat een reactie achter | lees ook | lees meer | lees verder | meer over dit onderwerp | \
meer over | meest gelezen | gerelateerde artikelen | gerelateerd | bekijk ook | aanbevolen | \
lees verder onder de advertentie | tekst gaat verder onder de foto | \
tekst gaat verder onder de video | artikel gaat verder onder de advertentie | \
verhaal gaat verder onder de foto | terug naar boven | vorig bericht | volgend bericht | \
volg ons | ook interessant | vind ik leuk | beantwoorden | \
udostępnij | podziel się | komentarze | skomentuj | dodaj komentarz | zostaw komentarz | \
czytaj także | czytaj też | czytaj również | czytaj więcej | czytaj dalej | zobacz także | \
zobacz też | zobacz również | zobacz więcej | przeczytaj także | przeczytaj również | \
przeczytaj też | powiązane artykuły | powiązane | podobne artykuły | najczęściej czytane | \
najnowsze | polecane | polecamy | warto przeczytać | drukuj | wyślij | tagi | \
dalszy ciąg materiału pod wideo | dalsza część artykułu pod wideo | \
dalsza część tekstu pod wideo | ciąg dalszy artykułu pod reklamą | brak komentarzy | \
dodaj odpowiedź | odpowiedz | lubię to | obserwuj | więcej | źródło | więcej na temat | \
sdílet | sdílejte | sdílení | diskuse | diskuze | komentáře | vstoupit do diskuse | \
přidat komentář | přidejte komentář | čtěte také | čtěte více | čtěte dále | přečtěte si také | \
číst dál | celý článek | související články | související | nejčtenější | \
mohlo by vás zajímat | mohlo by vás také zajímat | článek pokračuje pod reklamou | \
doporučujeme | doporučené články | tisknout | vytisknout | štítky | témata | inzerce | \
zdieľať | diskusia | čítajte aj | čítajte tiež | súvisiace články | mohlo by vás zaujímať | \
διαβάστε επίσης | διαβάστε ακόμη | διαβάστε ακόμα | διαβάστε περισσότερα | δείτε επίσης | \
σχετικά άρθρα | σχετικά | διαφήμιση | κοινοποίηση | κοινοποιήστε | μοιράσου το | μοιραστείτε | \
σχόλια | σχολιάστε | αφήστε σχόλιο | δημοφιλή | ροή ειδήσεων | περισσότερα | τελευταία νέα | \
εκτύπωση | ετικέτες | ακολουθήστε μας | \
ayrıca okuyun | bunlara da bakın | ilgili haberler | ilgili haber | reklam | reklamlar | \
paylaş | yorumlar | yorum yap | yorum yaz | yorum gönder | en çok okunanlar | devamını oku | \
bunlar da ilginizi çekebilir | ilginizi çekebilir | daha fazla | son dakika | yazdır | \
abone ol | etiketler | yanıtla | cevapla | takip et | \
читайте также | читайте ещё | читать также | читать далее | читать полностью | читать дальше | \
материалы по теме | по теме | ещё по теме | новости по теме | смотрите также | поделиться | \
поделиться в соцсетях | комментарии | комментировать | оставить комментарий | \
добавить комментарий | самое читаемое | популярное | подробнее | главное | последние новости | \
другие новости | подписаться | распечатать | версия для печати | теги | метки | ответить | \
похожие статьи | похожие записи | нет комментариев | наверх | далее | ещё | \
читайте також | поділитися | коментарі | матеріали за темою | \
相关阅读 | 相关新闻 | 相关文章 | 相关链接 | 相关报道 | 延伸阅读 | 广告 | 分享到 | 分享 | 评论 | \
网友评论 | 订阅 | 热门文章 | 热门新闻 | 更多 | 更多新闻 | 推荐阅读 | 编辑推荐 | 猜你喜欢 | \
返回首页 | 点击查看更多 | 打印 | 收藏 | 举报 | 点赞 | 上一篇 | 下一篇 | 最新评论 | 相关推荐 | \
相關閱讀 | 相關新聞 | 相關文章 | 延伸閱讀 | 廣告 | 評論 | 訂閱 | 熱門文章 | 更多新聞 | 推薦閱讀 | \
列印 | 繼續閱讀 | \
関連記事 | あわせて読みたい | 広告 | シェア | シェアする | コメント | コメントを書く | メルマガ登録 | \
人気記事 | 続きを読む | おすすめ記事 | おすすめ | もっと見る | 関連ニュース | ツイート | \
アクセスランキング | ランキング | この記事をシェア | この記事をシェアする | 印刷 | 関連リンク | \
スポンサーリンク | フォローする | 前の記事 | 次の記事 | いいね | いいね! | ブックマーク | 関連キーワード | \
関連トピックス | 最新記事 | 新着記事 | 記事一覧 | \
관련기사 | 관련 기사 | 광고 | 공유 | 공유하기 | 댓글 | 더보기 | 인쇄 | 구독 | 많이 본 뉴스 | \
läs också | läs även | läs mer | annons | dela | dela artikeln | kommentarer | mest läst | \
mest lästa | relaterade artiklar | prenumerera | följ oss | skriv ut | artikeln fortsätter | \
læs også | læs mere | annonce | del artiklen | mest læste | \
artiklen fortsætter efter annoncen | artiklen fortsætter under annoncen | relaterede artikler | \
les også | les mer | annonse | artikkelen fortsetter under annonsen | \
saken fortsetter under annonsen | mest lest | del på facebook | del | relaterte saker | \
lue myös | lue lisää | mainos | jaa | kommentit | luetuimmat | \
olvasta már | hirdetés | kapcsolódó cikkek | megosztás | hozzászólások | kövessen minket | \
ezt is olvassa el | tovább olvasom | legolvasottabb | szólj hozzá | \
citește și | citeste si | citește mai mult | publicitate | articole similare | distribuie | \
comentarii | urmărește-ne | cele mai citite | lasă un comentariu | adaugă un comentariu | \
вижте още | прочетете още | сподели | коментари | най-четени | \
pročitajte još | povezane vijesti | pročitajte i | najčitanije | podijeli | oglas | komentari | \
اقرأ أيضا | اقرأ أيضاً | شارك | تعليقات | إعلان | المزيد | مواضيع ذات صلة | مقالات ذات صلة | \
بیشتر بخوانید | بیشتر بدانید | اخبار مرتبط | \
xem thêm | tin liên quan | bình luận | chia sẻ | quảng cáo | \
baca juga | baca selengkapnya | artikel terkait | berita terkait | bagikan | iklan | komentar";

/// Openings of pieces that lead elsewhere. They count where most of the piece is a link.
pub(super) const LEADS: &str = "\
read more | read also | also read | read next | read: | read our | read the full | \
see also | see: | see more | related: | related article | related story | \
related stories | more on | more from | more: | must read | don't miss | up next | \
watch: | watch more | watch now | listen: | recommended | you may | you might | \
click here | continue reading | view | explore | opinion: | lesen sie | \
mehr zum thema | mehr dazu | mehr: | lire aussi | lire | à lire | voir aussi | \
leer más | lea también | lee también | ver también | te puede interesar | también: | \
leggi anche | leggi | leia | veja | lees ook | lees meer | czytaj | zobacz | przeczytaj | \
čtěte | přečtěte | čítajte | читайте | читать | смотрите | läs också | läs även | läs mer | \
læs også | les også | lue myös | διαβάστε | δείτε | ayrıca okuyun | devamını oku | ilgili haber | \
相关 | 延伸 | 関連 | あわせて | 続き | citește | citeste | olvasta | baca juga | xem thêm | вижте | \
bekijk ook | saiba mais | más información | le puede interesar | sur le même sujet | auch interessant | \
zum thema | weiterlesen | lire la suite";

/// Labels in plain letters before the title of another story: "Related: the story".
pub(super) const LABELS: &str = "\
related: | read more: | read also: | also read: | see also: | more: | read next: | recommended: | \
lesen sie auch: | lesen sie dazu auch: | mehr zum thema: | auch interessant: | lire aussi : | \
lire aussi: | à lire aussi : | à lire aussi: | voir aussi : | voir aussi: | leggi anche: | \
leggi anche | leia também: | leia mais: | veja também: | lea también: | lee también: | \
lea también | lee también | te puede interesar: | leer más: | lees ook: | lees ook | \
czytaj także: | czytaj też: | czytaj więcej: | zobacz także: | zobacz też: | zobacz również: | \
przeczytaj także: | čtěte také: | čtěte více: | čtěte také | čítajte aj: | читайте также: | \
читайте также | смотрите также: | по теме: | читайте також: | διαβάστε επίσης: | \
διαβάστε επίσης | δείτε επίσης: | ayrıca okuyun: | ilgili haber: | 相关阅读： | 相关新闻： | 延伸阅读： | \
相關新聞： | 延伸閱讀： | 関連記事： | あわせて読みたい： | 【関連記事】 | läs också: | läs även: | läs mer: | \
læs også: | les også: | les også | lue myös: | olvasta már? | ezt is olvassa el: | citește și: | citeste si: | \
baca juga: | xem thêm: | вижте още:";

/// Beginnings of short pieces about the piece itself: who took the picture, when it was filed, how
/// long it takes to read. The rest of the piece is then no sentence.
pub(super) const NOTES: &str = "\
tags: | tag: | filed under: | filed under | filed in | posted in | categories: | category: | \
topics: | keywords: | labels: | schlagwörter: | schlagworte: | kategorien: | kategorie: | themen: | \
étiquettes : | étiquettes: | mots-clés : | mots clés : | catégories : | catégorie : | etiquetas: | \
categorías: | temas: | tag: | tags : | categorie: | argomenti: | categorias: | trefwoorden: | tagi: | \
kategorie: | štítky: | témata: | rubriky: | rubrika: | теги: | метки: | рубрики: | рубрика: | ετικέτες: | \
etiketler: | 标签： | 标签: | 关键词： | 责任编辑： | 责任编辑: | （责任编辑 | (责任编辑 | 編輯： | 责编： | タグ： | \
カテゴリ： | lesezeit: | lesedauer: | lecture | temps de lecture | tempo de leitura | \
tiempo de lectura | tempo di lettura | leestijd: | czas czytania: | reading time | powered by | quelle: | \
źródło: | zdroj: | foto: | fotos: | photo: | photos: | photo by | bild: | bilder: | image: | \
crédit photo | crédits photo | photograph: | photo credit | fot. | фото: | источник: | 来源：";

/// Words of a call to subscribe, follow or allow something; one is enough in a short piece.
pub(super) const CALLS: &str = "\
sign up for | sign up to | sign up here | subscribe to | subscribe for | \
subscribe now | subscribe today | our newsletter | newsletter sign | \
free newsletter | daily newsletter | weekly newsletter | straight to your inbox | \
in your inbox | to your inbox | follow us on | like us on facebook | \
join our telegram | join our whatsapp | download our app | download the app | \
get the app | get the latest news | thank you for reading | \
thank you for signing up | please enter a valid email | enter your email | \
your email address | by signing up | by subscribing | privacy policy | terms of use | \
terms of service | we use cookies | uses cookies | accept cookies | \
enable javascript | javascript is disabled | ad blocker | adblocker | \
turn off your ad | your browser does not support | please upgrade your browser | \
this browser | support our journalism | support independent journalism | \
become a member | make a donation | donate today | already a subscriber | \
already a member | to continue reading | click to share | opens in new window | \
share on facebook | tweet this | send us a tip | send tips | all rights reserved | \
this material may not be published | copyright © | required fields are marked | \
this entry was posted in | responses to this entry | this post was filed under | \
abonnieren sie | newsletter abonnieren | newsletter anmelden | unseren newsletter | \
jetzt abonnieren | folgen sie uns | folge uns | wir verwenden cookies | verwendet cookies | \
nutzt cookies | cookies, um | tracking-technologien | alle rechte vorbehalten | \
e-mail-adresse wird nicht | erforderliche felder sind | in neuem fenster geöffnet | \
dieser beitrag wurde unter | dieser eintrag wurde | \
inscrivez-vous | abonnez-vous | notre newsletter | suivez-nous | rejoignez-nous sur | \
utilise des cookies | utilisons des cookies | tous droits réservés | cliquez pour partager | \
adresse e-mail ne sera pas | champs obligatoires sont | adresse de messagerie ne sera pas | \
suscríbete | regístrate | síguenos en | nuestro boletín | nuestra newsletter | \
únete a nuestro | utiliza cookies | utilizamos cookies | todos los derechos reservados | \
clic para compartir | correo electrónico no será | campos obligatorios están | \
iscriviti | seguici su | ricevi la newsletter | la nostra newsletter | utilizza cookie | \
utilizza i cookie | utilizziamo i cookie | tutti i diritti riservati | \
indirizzo email non sarà | campi obbligatori sono | fai clic per condividere | \
assine agora | assine já | inscreva-se | nossa newsletter | siga-nos | redes sociais e | \
receba as notícias | no nosso canal | usa cookies | utilizamos cookies | \
todos os direitos reservados | endereço de email não será | endereço de e-mail não será | \
nas redes sociais | compartilhar no | clique para compartilhar | \
meld je aan | schrijf je in voor | onze nieuwsbrief | volg ons op | gebruikt cookies | \
alle rechten voorbehouden | e-mailadres wordt niet | vereiste velden zijn | \
zapisz się | obserwuj nas na | dołącz do nas na | używa plików cookie | korzysta z plików cookie | \
pliki cookie | plików cookies | wszelkie prawa zastrzeżone | e-mail nie zostanie | \
wymagane pola są | sledujte nás na | odebírejte | přihlaste se k odběru | používá soubory cookie | \
používáme cookies | všechna práva vyhrazena | adresa nebude zveřejněna | vyžadované informace | \
ακολουθήστε μας | ακολουθήστε το | εγγραφείτε στο | χρησιμοποιούμε cookies | \
bizi facebook | takip edin | takip et | abone olun | çerezleri kullan | yayımlanmayacak | \
tüm hakları saklıdır | подпишитесь | подписывайтесь | следите за нами | файлы cookie | \
все права защищены | email не будет опубликован | обязательные поля | нашли ошибку в тексте | \
присоединяйтесь к | 关注我们 | 版权所有 | 使用 cookie | 扫描二维码 | 扫一扫 | 未经授权 | 微信公众号 | \
無断転載 | クッキーを使用 | cookieを使用 | メールマガジン | メルマガ | メールアドレスが公開 | \
följ oss på | prenumerera på | vi använder cookies | følg oss på | følg os på | \
kövessen minket | iratkozzon fel | urmărește-ne | abonează-te | e-postadress publiceras | \
무단전재 | 무단 전재";

/// Headings above what readers have written.
pub(super) const READERS: &str = "\
comments | reader comments | leave a comment | leave a reply | \
post a comment | add a comment | join the discussion | join the conversation | kommentare | leserkommentare | kommentar schreiben | kommentar verfassen | \
schreibe einen kommentar | antwort hinterlassen | commentaires | laisser un commentaire | \
vos réactions | comentarios | deja un comentario | dejar una respuesta | commenti | \
lascia un commento | comentários | deixe um comentário | deixe uma resposta | reacties | \
geef een reactie | komentarze | dodaj komentarz | komentáře | diskuse | přidat komentář | σχόλια | \
yorumlar | yorum yap | комментарии | оставить комментарий | добавить комментарий | 网友评论 | 评论 | \
評論 | コメント | 댓글 | kommentarer | kommentit | hozzászólások | comentarii | коментари | komentari";
