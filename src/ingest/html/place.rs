//! What elements say of themselves: tag, role, class and id → a few facts that a piece of text
//! inherits from all elements around it. Evidence, not verdicts: `choose` weighs it. Calls nothing.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use dom_query::NodeRef;

/// Facts about where a piece stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// In an `article` or `main`, or an element that says it holds the article's body.
    pub article: bool,
    /// In an element that is said to hold the text of the article.
    pub body: bool,
    /// In a navigation, menu or breadcrumb.
    pub nav: bool,
    /// In an `aside` or a side bar.
    pub aside: bool,
    /// In the page's foot.
    pub footer: bool,
    /// In the page's or the article's head.
    pub header: bool,
    /// Not shown.
    pub hidden: bool,
    /// In a figure, caption or gallery.
    pub caption: bool,
    /// In a table.
    pub table: bool,
    /// In a quotation.
    pub quote: bool,
    /// In the readers' comments.
    pub comments: bool,
    /// In buttons for sharing, printing and following.
    pub share: bool,
    /// In a list of other stories.
    pub related: bool,
    /// In an advertisement.
    pub ad: bool,
    /// In a box that asks for an address or a subscription.
    pub begging: bool,
    /// In a line with the author, or a box about the author.
    pub author: bool,
    /// In a line with the date.
    pub date: bool,
    /// In a list of topics.
    pub topics: bool,
    /// In the standfirst.
    pub lead: bool,
    /// In a form, a button or a dialog.
    pub form: bool,
    /// In a note of the editors.
    pub note: bool,
    /// In a box that closes the article to those who do not pay.
    pub wall: bool,
    /// In an element whose name says in another language than English that it holds other stories,
    /// readers' comments, advertisements or the like; the extractors do not know these names.
    pub apart: bool,
}

/// Words in a class or id, and the fact they stand for.
type Fact = fn(&mut Place) -> &mut bool;
const WORDS: &[(Fact, &str)] = &[
    (
        |p| &mut p.body,
        "article-body articlebody article__body article_body article-content \
         article__content articlecontent article-text articletext article__text \
         story-body storybody story__body story-content story-text storytext \
         entry-content post-content postcontent post-body post__content content-body \
         body-content body-copy bodycopy body-text news-text text-body news-body \
         article-copy paragraphs field-name-body field--name-body rich-text richtext",
    ),
    (
        |p| &mut p.nav,
        "breadcrumb navbar navigation nav-menu site-nav main-menu submenu menu-item \
         pagination pager skip-link skiplink skip-to mega-menu topbar masthead",
    ),
    (
        |p| &mut p.aside,
        "sidebar side-bar right-rail rightrail right-column left-rail widget",
    ),
    (
        |p| &mut p.footer,
        "site-footer page-footer footer- global-footer copyright colophon",
    ),
    (
        |p| &mut p.caption,
        "caption photo-credit image-credit photocredit gallery slideshow lightbox img-desc \
         image-desc photo-desc img-credit image-copyright photo-copyright image-legend bildtext \
         bildunterschrift bildquelle bildnachweis didascalia legende-photo pie-de-foto piedefoto \
         pie-foto fotocredit foto-credit copyright-foto legenda-foto popisek-foto",
    ),
    (
        |p| &mut p.comments,
        "comment-area comment-section commentarea commentsection comments comment-list commentlist disqus comment-form comment-respond \
         reader-comments livefyre fb-comments comment-count comment-body leave-a-reply \
         responses-wrapper",
    ),
    (
        |p| &mut p.share,
        "share sharing social addthis addtoany sharedaddy follow-us followus print-link \
         article-tools toolbar article-actions",
    ),
    (
        |p| &mut p.related,
        "related recommend more-from morefrom more-stories morestories read-more \
         readmore read-next readnext up-next upnext next-up popular trending most-read \
         mostread most-viewed latest-news latest-stories also-read also-like see-also \
         seealso outbrain taboola zergnet revcontent teaser promo top-stories \
         topstories you-may-like youmaylike further-reading onward jp-related yarpp \
         editors-picks editor-picks in-this-story inline-link",
    ),
    (
        |p| &mut p.ad,
        "advert adsense ad-slot ad-container ad-wrapper ad-unit adbox ad-box sponsor \
         dfp google-ad googlead banner-ad ad-banner advertorial affiliate",
    ),
    (
        |p| &mut p.begging,
        "newsletter subscribe subscription signup sign-up sign_up mailing-list \
         mailchimp donate donation membership optin opt-in email-capture join-us \
         app-promo download-app cookie gdpr consent",
    ),
    (
        |p| &mut p.author,
        "byline by-line author writer contributor autor auteur verfasser post-meta \
         entry-meta article-meta article__meta articlemeta",
    ),
    (
        |p| &mut p.date,
        "timestamp dateline pubdate publish-date published post-date entry-date \
         article-date date-time datetime last-updated datum postdate article__date \
         dtreviewed",
    ),
    (
        |p| &mut p.topics,
        "tags tag-list taglist topics keywords post-categories cat-links tag-links \
         entry-tags",
    ),
    (
        |p| &mut p.lead,
        "standfirst subtitle sub-title subheadline sub-headline subhead deck dek \
         article-intro article-lead article__lead lead-text summary chapo teaser-text \
         entradilla excerpt kicker-text article-summary",
    ),
    (
        |p| &mut p.form,
        "modal popup pop-up dialog overlay tooltip toast alert-bar login log-in",
    ),
    (
        |p| &mut p.note,
        "editor-note editors-note editor_note editorsnote editornote editorial-note",
    ),
    (
        |p| &mut p.apart,
        "verwandte weiterlesen mehr-zum mehrzum mehr-artikel auch-interessant lesen-sie \
         meistgelesen empfehlung werbung anzeige-box artikelteilen artikel-teilen teilen-box \
         teilen-leiste teaserbox kommentare kommentarbereich leserkommentar autorenbox \
         autor-box articles-lies article-lie a-lire lire-aussi sur-le-meme meme-sujet \
         plus-lus publicite partage commentaires abonnement abonnez reagissez auteur-bio \
         noticias-relacionadas relacionad lo-mas-leido mas-leidas mas-leido masleidas publicidad \
         compartir comentarios suscripcion suscribete te-puede-interesar lea-tambien leer-mas \
         correlat articoli-simili leggi-anche leggianche pubblicita condividi commenti piu-letti \
         newsletter-iscri compartilh publicidade leia-tambem leia-mais leiamais leiatambem \
         veja-tambem vejatambem saiba-mais mais-lidas maislidas gerelateerd lees-ook leesook \
         lees-meer advertentie reacties meest-gelezen meestgelezen deel-artikel deelknop \
         powiazan udostepni reklama komentarz czytaj-tak czytaj-te czytajtak zobacz-tak \
         polecane najczesciej souvisej sdileni diskuse diskuze komentare cti-take nejctenej \
         mohlo-by reklam-alan yorumlar ilgili-haber paylas readalso les-ook laes-ogsa \
         las-mer lasmer relaterad annonse- annonce- kommentarer hirdetes kapcsolodo \
         pohozhie sdelat-repost podelit kommentarii",
    ),
    (
        |p| &mut p.wall,
        "paywall pay-wall premium-content subscriber-only subscribers-only regwall \
         piano- metered",
    ),
];

/// Whole words of a class or id, and the fact they stand for.
const TOKENS: &[(Fact, &[&str])] = &[
    (
        |p| &mut p.hidden,
        &[
            "hidden",
            "is-hidden",
            "visually-hidden",
            "visuallyhidden",
            "sr-only",
            "screen-reader-text",
            "screen-reader-only",
            "screenreader",
            "d-none",
            "print-only",
            "only-print",
            "printonly",
            "show-for-print",
            "element-invisible",
            "offscreen",
        ],
    ),
    (
        |p| &mut p.apart,
        &[
            "teilen",
            "partager",
            "delen",
            "sdilet",
            "anzeige",
            "annonce",
            "annons",
            "pub",
            "publi",
            "kommentar",
            "commenti",
            "diskussion",
            "zdielat",
        ],
    ),
];

/// All words at once, and the fact that each stands for. The words are ours: an automaton of them
/// can be built.
static FINDER: LazyLock<(Option<AhoCorasick>, Vec<Fact>)> = LazyLock::new(|| {
    let all = || {
        WORDS
            .iter()
            .flat_map(|(fact, list)| list.split_whitespace().map(|word| (word, *fact)))
    };
    let finder = AhoCorasick::new(all().map(|(word, _)| word)).ok();
    (finder, all().map(|(_, fact)| fact).collect())
});

/// The facts about an element `name`, on top of those around it.
pub(super) fn place(node: &NodeRef<'_>, name: &str, around: Place) -> Place {
    let mut place = around;
    match name {
        "article" | "main" => place.article = true,
        "nav" | "menu" => place.nav = true,
        "aside" => place.aside = true,
        "footer" => place.footer = true,
        "header" => place.header = true,
        "figure" | "figcaption" => place.caption = true,
        "table" => place.table = true,
        "blockquote" => place.quote = true,
        "address" => place.author = true,
        "form" | "button" | "fieldset" | "dialog" => place.form = true,
        // Their classes speak of the site, not of what is in them.
        "body" | "html" => return place,
        _ => {}
    }
    let Some(element) = node.element_ref() else {
        return place;
    };
    if element.attrs.is_empty() {
        return place;
    }
    let mut words = String::new();
    for attribute in &element.attrs {
        let value: &str = &attribute.value;
        match &*attribute.name.local {
            "class" | "id" | "data-component" | "data-testid" => {
                words.push_str(&value.to_ascii_lowercase());
                words.push(' ');
            }
            "hidden" => place.hidden = true,
            "aria-hidden" if value == "true" => place.hidden = true,
            "style" => {
                let style: String = value.chars().filter(|c| !c.is_whitespace()).collect();
                let style = style.to_ascii_lowercase();
                place.hidden |=
                    style.contains("display:none") || style.contains("visibility:hidden");
            }
            "role" => match value {
                "navigation" | "menu" | "menubar" | "search" => place.nav = true,
                "complementary" => place.aside = true,
                "contentinfo" => place.footer = true,
                "banner" => place.header = true,
                "main" | "article" => place.article = true,
                "dialog" | "alertdialog" => place.form = true,
                _ => {}
            },
            "itemprop" => {
                place.body |= value.eq_ignore_ascii_case("articleBody");
                place.author |= value.contains("author");
                place.date |= value.starts_with("date");
            }
            "rel" if name == "a" => place.author |= value.split(' ').any(|v| v == "author"),
            _ => {}
        }
    }
    let hidden = place.hidden;
    if !words.is_empty() && name != "article" && name != "main" {
        let (finder, facts) = &*FINDER;
        for found in finder.iter().flat_map(|f| f.find_overlapping_iter(&words)) {
            *facts[found.pattern().as_usize()](&mut place) = true;
        }
        // What is hidden on some screens only names the screens.
        let some = words.contains(':') || words.contains(" d-") || words.contains("-block");
        for token in words.split_whitespace() {
            for (fact, _) in TOKENS.iter().filter(|(_, tokens)| tokens.contains(&token)) {
                let fact = fact(&mut place);
                *fact = true;
            }
        }
        place.hidden &= !some || around.hidden || hidden;
    }
    place
}
