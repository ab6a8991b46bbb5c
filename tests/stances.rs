//! Stances read off the tree that the built-in model makes: what each rule finds, and what none may
//! find. The sentences are written for the tests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use std::sync::{Arc, LazyLock};

use byline::annotate::{self, Encoder, Question, Verdict};
use byline::base::Span;
use byline::ingest::{self, Source};
use byline::model::{Annotated, Stance};

static ENCODER: LazyLock<Arc<Encoder>> =
    LazyLock::new(|| Arc::new(Encoder::built_in().unwrap().unwrap()));

fn annotated(text: &str) -> Annotated {
    let source = Source {
        name: "test".to_owned(),
        uri: None,
    };
    let loaded = ingest::load(text.as_bytes(), &source).unwrap();
    annotate::annotate_with(&ENCODER, &loaded.document)
}

/// "holder side target" of the stances that are drawn solid.
fn stances(text: &str) -> Vec<String> {
    let annotated = annotated(text);
    let sure = annotated
        .stances
        .iter()
        .filter(|s| s.confidence >= Stance::SOLID);
    sure.map(|s| {
        let who = annotated.party_name(s.holder);
        let what = s.target_span.of(&annotated.document.text);
        format!("{who} {} {what}", s.polarity.name())
    })
    .collect()
}

#[test]
fn each_rule_finds_its_stance() {
    for (text, wanted) in [
        (
            "Norway demands a permanent ban on Sweden joining the pact.",
            "Norway against Sweden joining the pact",
        ),
        (
            "Norway demands a permanent ban on Sweden joining the pact.",
            "Norway for a permanent ban on Sweden joining the pact",
        ),
        (
            "Lena Holm called on Governor Paul Ward to close the harbour and consider taking legal action.",
            "Lena Holm for close the harbour",
        ),
        (
            "Lena Holm called on Governor Paul Ward to close the harbour and consider taking legal action.",
            "Lena Holm for taking legal action",
        ),
        (
            "Paul Ward prefers new rules to fines.",
            "Paul Ward for new rules",
        ),
        (
            "Paul Ward prefers new rules to fines.",
            "Paul Ward against fines",
        ),
        (
            "The bill was passed by the Senate on Friday.",
            "Senate for The bill",
        ),
        (
            "Lena Holm said that there was no reason to intrude on the privacy of patients.",
            "Lena Holm for the privacy of patients",
        ),
        (
            "Anna Berg said the harbour plan is a bad idea.",
            "Anna Berg against the harbour plan",
        ),
        (
            "Anna Berg warned that the plan would escalate tensions in the region.",
            "Anna Berg against the plan",
        ),
        (
            "Anna Berg argued that the talks should be reopened.",
            "Anna Berg for the talks should be reopened",
        ),
        (
            "\"We will not sign the treaty,\" said Anna Berg.",
            "Anna Berg against the treaty",
        ),
        (
            "\"All we are asking for is a day in court,\" said Anna Berg.",
            "Anna Berg for a day in court",
        ),
        (
            "\"Nobody wants to close the school,\" said Anna Berg.",
            "Anna Berg against close the school",
        ),
        (
            "Lawyers for Paul Ward filed papers opposing the release.",
            "Paul Ward against the release",
        ),
        (
            "Teachers, parents and students marched through Bergen to demand more money for schools.",
            "Teachers, parents and students for more money for schools",
        ),
        (
            "The plan is promoted by Paul Ward and the Labour Party.",
            "Labour Party for The plan",
        ),
        (
            "Anna Berg did not support the embargo.",
            "Anna Berg against the embargo",
        ),
        (
            "Despite Norway's objections, leaders from Denmark appear open to sending inspectors.",
            "Norway against sending inspectors",
        ),
        (
            "Anna Berg criticized Paul Ward for supporting the embargo.",
            "Paul Ward for the embargo",
        ),
        (
            "Anna Berg did not condone the violence and hoped that the talks would go on.",
            "Anna Berg for the talks would go on",
        ),
        (
            "Anna Berg did not condone the violence and hoped that the talks would go on.",
            "Anna Berg against the violence",
        ),
        (
            "Paul Ward, a secretary of labour during the Holm administration who has endorsed the treaty, spoke in Oslo.",
            "Paul Ward for the treaty",
        ),
        (
            "Paul Ward of Bergen, an Anna Berg supporter, spoke in Oslo.",
            "Paul Ward for Anna Berg",
        ),
        (
            "Critics of the harbour plan said it would cost too much.",
            "Critics of the harbour plan against the harbour plan",
        ),
        (
            "The harbour plan drew criticism from Norway.",
            "Norway against The harbour plan",
        ),
        (
            "Anna Berg challenged the mayor to publish the report.",
            "Anna Berg for publish the report",
        ),
        (
            "Some activists are less confident in Paul Ward.",
            "activists against Paul Ward",
        ),
        (
            "Anna Berg has no plans to sign the treaty.",
            "Anna Berg against the treaty",
        ),
    ] {
        let found = stances(text);
        assert!(
            found.iter().any(|f| f.eq_ignore_ascii_case(wanted)),
            "{text}\n{wanted}\n{found:?}"
        );
    }
}

#[test]
fn reporting_is_no_stance() {
    for text in [
        "Paul Ward declined to comment.",
        "Anna Berg denied any involvement in the affair.",
        "Anna Berg told reporters that Paul Ward met Lena Holm.",
        "The talks have to do with fish.",
        "Would Anna Berg support the embargo?",
        "If Anna Berg supported the embargo, the talks would go on.",
        "Anna Berg refrained from endorsing Paul Ward.",
        "Anna Berg showed no sign that she was planning to apologize.",
        "Anna Berg has not attacked Paul Ward.",
        "Anna Berg defended herself.",
        "\"The council may have to sell the harbour,\" said Anna Berg.",
        "Anna Berg leads by 27 pledged delegates.",
        "People are hurting in this country, said Anna Berg.",
    ] {
        assert!(stances(text).is_empty(), "{text}: {:?}", stances(text));
    }
}

#[test]
fn who_is_judged_is_not_the_one_who_judges() {
    let found = stances("Paul Ward's criticism of the judge, Lena Holm, was sharp.");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("Paul Ward against"), "{found:?}");
    let found = stances("Anna Berg criticized Paul Ward for supporting the embargo.");
    assert!(
        !found.contains(&"Anna Berg for the embargo".to_owned()),
        "{found:?}"
    );
}

#[test]
fn what_was_held_before_is_echoed() {
    let found = stances("Norway supports the embargo. Denmark did so as well.");
    assert!(
        found.contains(&"Denmark for the embargo".to_owned()),
        "{found:?}"
    );
    let found = stances("\"The minister's claims are absurd. They are wrong,\" said Anna Berg.");
    let claims = found
        .iter()
        .filter(|f| *f == "Anna Berg against The minister's claims");
    assert_eq!(claims.count(), 2, "{found:?}");
}

#[test]
fn the_editor_is_heard_through_irony() {
    let article = |comment: &str| {
        format!(
            "Talks in Oslo\n\nAnna Berg met Paul Ward in Oslo.\n\nEditor's Comments\n{comment}\n"
        )
    };
    for (comment, wanted) in [
        (
            "Let us not canonize Paul Ward.",
            "the editor against Paul Ward",
        ),
        (
            "Anna Berg put it better than the ministry did.",
            "the editor for Anna Berg",
        ),
        (
            "What Paul Ward has never explained is the price.",
            "the editor against Paul Ward",
        ),
        (
            "Paul Ward, who of course knew nothing, happens to agree.",
            "the editor against Paul Ward",
        ),
    ] {
        let found = stances(&article(comment));
        let heard = found.iter().any(|f| f.eq_ignore_ascii_case(wanted));
        assert!(heard, "{comment}: {found:?}");
    }
}

#[test]
fn a_word_of_the_headline_that_is_small_in_the_text_is_no_name() {
    let text = "Norway Demands 'Ironclad' Ban on Fishing\n\nNorway is seeking an \"ironclad\" ban on fishing near Bergen.\n";
    let annotated = annotated(text);
    let names: Vec<&str> = annotated.entities.iter().map(|e| e.name.as_str()).collect();
    assert!(
        names.contains(&"Norway") && !names.contains(&"Ironclad"),
        "{names:?}"
    );
}

#[test]
fn every_stance_shows_words_and_lies_in_the_text() {
    let text = "Norway demands an end to the talks, and \"nobody, ever,\" said Zoë 🙂 Berg, should 北京 it.";
    let annotated = annotated(text);
    for stance in &annotated.stances {
        assert!(!stance.evidence.is_empty() && !stance.target_span.is_empty());
        for span in stance.evidence.iter().chain([&stance.target_span]) {
            assert!(annotated.document.text.get(span.range()).is_some());
        }
    }
}

#[test]
fn the_judge_tells_praise_from_blame_and_who_from_whom() {
    let judge = |text: &str, question| annotate::judge(&ENCODER, text, question).unwrap();
    let span = |text: &str, words: &str| {
        let at = text.find(words).unwrap();
        Span::new(at, at + words.len())
    };
    let text = "Critics say that Governor Paul Ward is a corrupt and incompetent liar.";
    assert_eq!(
        judge(text, Question::Tone(span(text, "Paul Ward"))).class(),
        0
    );
    let text = "Fans admire Lena Holm for her brilliant and courageous work.";
    assert_eq!(
        judge(text, Question::Tone(span(text, "Lena Holm"))).class(),
        2
    );
    let text = "Russia strongly condemned Norway over the attack.";
    let (a, b) = (span(text, "Russia"), span(text, "Norway"));
    assert_eq!(judge(text, Question::Pair(a, b)).class(), 3);
    assert_eq!(judge(text, Question::Pair(b, a)).class(), 4);
    let Verdict::Tone(shares) = judge(
        text,
        Question::Held {
            holder: a,
            target: b,
        },
    ) else {
        panic!("a tone was asked for");
    };
    assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-4 && shares[0] > shares[2]);
    assert!(annotate::judge(&ENCODER, "a", Question::Tone(Span::new(1, 1))).is_err());
}

/// Sentences with stances that must be found in them.
fn all_found(cases: &[(&str, &str)]) {
    let mut missed = Vec::new();
    for (text, wanted) in cases {
        let found = stances(text);
        if !found.iter().any(|f| f == wanted) {
            missed.push(format!("{text}\n  wanted {wanted}\n  found {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn names_that_people_are_called_judge_them() {
    all_found(&[
        (
            "Lena Holm called the harbour plan a disaster.",
            "Lena Holm against the harbour plan",
        ),
        (
            "Lena Holm described Paul Ward as unfit for office.",
            "Lena Holm against Paul Ward",
        ),
        (
            "Lena Holm led an effort to paint Paul Ward as dishonest.",
            "Lena Holm against Paul Ward",
        ),
        (
            "Lena Holm will make the case to members that Paul Ward is unqualified.",
            "Lena Holm against Paul Ward",
        ),
        (
            "Some anti-Holm activists marched through Bergen. Lena Holm stayed at home.",
            "anti-Holm activists against anti-Holm",
        ),
    ]);
}

#[test]
fn particles_and_two_prepositions_belong_to_a_stance_word() {
    all_found(&[
        (
            "Lena Holm turned against Paul Ward and tore into the harbour plan.",
            "Lena Holm against the harbour plan",
        ),
        (
            "Lena Holm pulled out of the harbour deal.",
            "Lena Holm against the harbour deal",
        ),
        (
            "Lena Holm called out Paul Ward at the meeting.",
            "Lena Holm against Paul Ward",
        ),
        (
            "Lena Holm lashed out at the harbour plan.",
            "Lena Holm against the harbour plan",
        ),
    ]);
}

#[test]
fn what_is_withdrawn_lifted_or_refused_turns_the_sign() {
    all_found(&[
        (
            "Lena Holm withdrew her support for the harbour plan.",
            "Lena Holm against the harbour plan",
        ),
        (
            "Lena Holm has lifted the ban on night fishing.",
            "Lena Holm against the ban on night fishing",
        ),
        (
            "We support the fishermen, but we do not allow poaching, Lena Holm said.",
            "Lena Holm against poaching",
        ),
        (
            "Paul Ward proposed a tax on boats, but Lena Holm refused.",
            "Lena Holm against a tax on boats",
        ),
        (
            "Lena Holm has decided not to close the harbour.",
            "Lena Holm against close the harbour",
        ),
        (
            "Lena Holm decided against closing the harbour.",
            "Lena Holm against closing the harbour",
        ),
    ]);
}

#[test]
fn quoted_speakers_appeal_and_ask() {
    all_found(&[
        (
            "\"Reject the harbour plan,\" Lena Holm said.",
            "Lena Holm against the harbour plan",
        ),
        (
            "\"Why would fishermen trust Paul Ward?\" Lena Holm said.",
            "Lena Holm against Paul Ward",
        ),
        (
            "\"Paul Ward cannot be trusted with the harbour,\" Lena Holm said.",
            "Lena Holm against Paul Ward",
        ),
        (
            "\"Paul Ward is squandering our money,\" Lena Holm said.",
            "Lena Holm against Paul Ward",
        ),
        (
            "\"There has never been a mayor more qualified than Paul Ward,\" Lena Holm said.",
            "Lena Holm for Paul Ward",
        ),
        (
            "\"We cannot afford the new harbour,\" Lena Holm said.",
            "Lena Holm against the new harbour",
        ),
    ]);
}

#[test]
fn shares_lists_and_pronouns_name_who_is_meant() {
    all_found(&[
        (
            "Paul Ward ran for mayor. Lena Holm endorsed him on Friday.",
            "Lena Holm for him",
        ),
        (
            "Lena Holm blamed several things, including the harbour plan.",
            "Lena Holm against the harbour plan",
        ),
        (
            "The mayor met Lena Holm and Anna Berg. They oppose the harbour plan.",
            "Anna Berg against the harbour plan",
        ),
        (
            "A majority of farmers oppose the harbour plan.",
            "farmers against the harbour plan",
        ),
        (
            "Lena Holm gave Paul Ward her blessing.",
            "Lena Holm for Paul Ward",
        ),
        (
            "Lena Holm was the first senator to endorse Paul Ward.",
            "Lena Holm for Paul Ward",
        ),
        (
            "Lena Holm spoke in favor of the harbour plan.",
            "Lena Holm for the harbour plan",
        ),
        (
            "Lena Holm does not find the harbour plan convincing.",
            "Lena Holm against the harbour plan",
        ),
        (
            "The harbour plan would make the traffic worse, Lena Holm said.",
            "Lena Holm against The harbour plan",
        ),
        (
            "The mayor has visited Norway. Lena Holm accused it of poaching.",
            "Lena Holm against it",
        ),
    ]);
}

#[test]
fn an_editor_praises_and_mocks_in_set_phrases() {
    let head = "Harbour vote\n\nLena Holm and Paul Ward met in Bergen on Friday.\nTopics\nEditor's Comments\n";
    for (comment, wanted) in [
        (
            "Lena Holm, to her credit, said little.",
            "editor for Lena Holm",
        ),
        ("Shame on Paul Ward.", "editor against Paul Ward"),
        (
            "Paul Ward has a habit of discovering thrift in May.",
            "editor against Paul Ward",
        ),
        (
            "Paul Ward sells the plan the way a fox sells hens.",
            "editor against Paul Ward",
        ),
        (
            "Ms. Holm kept her word, which is more than can be said of Mr. Ward.",
            "editor against Ward",
        ),
        ("What did Mr. Ward expect?", "editor against Ward"),
        (
            "Would it have killed Mr. Ward to ask the fishermen?",
            "editor against Ward",
        ),
        (
            "It is hard not to admire Lena Holm.",
            "editor for Lena Holm",
        ),
        (
            "Lena Holm deserves better than this vote.",
            "editor for Lena Holm",
        ),
    ] {
        let found = stances(&format!("{head}{comment}"));
        let wanted = format!("the {wanted}");
        let hit = |f: &String| f.eq_ignore_ascii_case(&wanted);
        assert!(found.iter().any(hit), "{comment}: {found:?}");
    }
}

#[test]
fn whose_view_it_is_and_of_what_is_told_apart() {
    for (text, wanted) in [
        (
            "Paul Ward has the backing of Lena Holm.",
            &["Lena Holm for Paul Ward"][..],
        ),
        (
            "\"Paul Ward should be ashamed,\" Lena Holm said.",
            &["Lena Holm against Paul Ward"],
        ),
        (
            "\"No town shall expel the fishermen,\" Lena Holm said.",
            &["Lena Holm for the fishermen"],
        ),
        (
            "Lena Holm blamed the fire on Paul Ward.",
            &["Lena Holm against Paul Ward"],
        ),
    ] {
        assert_eq!(stances(text), wanted, "{text}");
    }
    let rivals = stances(
        "Paul Ward has faced criticism from rivals that his plan would create a dangerous harbour.",
    );
    assert!(rivals.iter().all(|s| s.starts_with("rivals")), "{rivals:?}");
}

#[test]
fn what_only_looks_like_a_stance_is_left_out() {
    for text in [
        "Lena Holm suspended her campaign on Friday.",
        "Had the party nominated Paul Ward, Lena Holm would have stayed at home.",
        "The fishermen were warned by the police that they were late.",
        "Lena Holm tried to reach Paul Ward on Friday.",
        "As Lena Holm prepared to speak, the harbour was empty.",
        "Lena Holm is the town's best hope for change.",
        "\"It will cause the voters to take a closer look,\" Paul Ward said.",
        "\"We had to go back to the harbour,\" Lena Holm said.",
        "Lena Holm said the council was responsible for the harbour.",
    ] {
        assert_eq!(stances(text), [] as [&str; 0], "{text}");
    }
}
