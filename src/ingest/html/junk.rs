//! Pieces of a page that are never part of an article, by their words: advertisements, calls to
//! share, to subscribe, to read something else, notices about cookies and scripts. Only short
//! pieces and pieces of links are judged so; a sentence of the article may well speak of them.
//! Calls `base::text` and `boilerplate`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::pieces::{Kind, Piece};
use crate::base::text::fold;
use crate::ingest::boilerplate::is_boilerplate;

/// Longest piece that is judged by its words, in characters.
const LONGEST: usize = 300;

/// Whole pieces, folded, without punctuation at either end.
const WHOLE: &str = "\
advertisement | advertisements | ad | ads | advertising | sponsored | \
sponsored content | promoted | anzeige | werbung | publicite | publicidad | \
publicidade | pubblicita | advertentie | reklama | реклама | share | share this | \
share this article | share this story | share on facebook | share on twitter | \
tweet | email | e-mail | print | print this article | save | copy link | \
link copied | facebook | twitter | whatsapp | linkedin | reddit | pinterest | \
teilen | drucken | partager | imprimer | compartir | condividi | compartilhar | \
image | photo | photos | video | play | play video | watch | loading | loading... | \
close | menu | search | next | previous | back to top | comments | comment | \
leave a comment | add a comment | post a comment | view comments | no comments | \
read more | read more... | more | show more | see more | view more | \
continue reading | continue reading the main story | keep reading | \
skip advertisement | story continues below advertisement | article continues below | \
article continues after ad | story continues below | continue reading below | \
related | related articles | related stories | related content | related topics | \
more stories | more news | read next | recommended | recommended for you | \
you may also like | you might also like | see also | most read | most popular | \
trending | trending now | latest news | top stories | also read | mehr zum thema | \
lesen sie auch | lire aussi | a lire aussi | leer mas | lee tambien | \
te puede interesar | leggi anche | leia mais | leia tambem | lees ook | \
czytaj takze | czytaj tez | ctete take | читайте также | subscribe | subscribe now | \
sign up | sign in | log in | register | newsletter | newsletters | follow us | tags | \
topics | this video can not be played | \
media playback is unsupported on your device | media caption | image caption | \
image copyright | image source | listen to this article | hide caption | \
toggle caption | enlarge this image | zur startseite | report this ad | \
report a typo | supported by";

/// Openings of pieces that lead elsewhere, folded. They count where most of the piece is a link.
const LEADS: &str = "\
read more | read also | also read | read next | read: | read our | read the full | \
see also | see: | see more | related: | related article | related story | \
related stories | more on | more from | more: | must read | don't miss | up next | \
watch: | watch more | watch now | listen: | recommended | you may | you might | \
click here | continue reading | view  | explore  | opinion: | lesen sie | \
mehr zum thema | mehr dazu | mehr: | lire aussi | lire  | a lire | voir aussi | \
leer mas | lea tambien | lee tambien | ver tambien | te puede interesar | tambien: | \
leggi anche | leggi  | leia  | veja  | lees ook | lees meer | czytaj | zobacz | \
ctete | читайте | читать | les ook | las ocksa | læs ogsa | lue myos";

/// Words of a call to subscribe, follow or allow something, folded; one is enough in a short piece.
const CALLS: &str = "\
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
share on facebook | tweet this | send us a tip | send tips | abonnieren sie | \
newsletter abonnieren | jetzt abonnieren | inscrivez-vous | abonnez-vous | \
suscribete | registrate | iscriviti | assine agora | assine ja | inscreva-se | zapisz sie | \
meld je aan | подпишитесь | подписывайтесь | all rights reserved | \
alle rechte vorbehalten | tous droits reserves | todos los derechos reservados | \
this material may not be published | copyright ©";

/// Whether a phrase of a list, between bars, fits.
fn has(list: &str, fits: impl Fn(&str) -> bool) -> bool {
    list.split('|').map(str::trim).any(fits)
}

/// Whether a text begins with a phrase, and not with a longer word.
fn begins(text: &str, phrase: &str) -> bool {
    text.strip_prefix(phrase)
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// `text` in small letters without accents.
pub(super) fn plain_letters(text: &str) -> String {
    fold(text)
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .collect()
}

/// Whether a piece is junk by its words.
pub(super) fn is_junk(piece: &Piece) -> bool {
    let length = piece.length();
    if length > LONGEST || piece.place.quote {
        return false;
    }
    let folded = plain_letters(&piece.text);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() || has(WHOLE, |word| word == bare) {
        return true;
    }
    if is_boilerplate(&piece.text) {
        return true;
    }
    let linked = piece.link_share();
    let heading = matches!(piece.kind, Kind::Heading(_));
    if linked >= 0.5 && !heading && has(LEADS, |lead| begins(&folded, lead)) {
        return true;
    }
    // A label in plain letters before a link: "Related: the story".
    let label = [
        "related:",
        "read more:",
        "read also:",
        "also read:",
        "see also:",
        "more:",
        "lesen sie auch:",
        "lire aussi :",
        "lire aussi:",
        "leggi anche:",
        "leia tambem:",
        "lea tambien:",
        "lee tambien:",
        "lees ook:",
        "читайте также:",
    ];
    if length <= 160 && label.iter().any(|l| folded.starts_with(l)) {
        return true;
    }
    let quoted = piece.text.contains(['“', '"', '«', '„']);
    length <= 220 && !quoted && has(CALLS, |call| folded.contains(call))
}
