//! What other readers write is taken over.

use proptest::prelude::*;

use super::*;

#[test]
fn pocket_and_instapaper_write_csv() {
    let pocket = "title,url,time_added,tags,status\n\
        \"Ferry, late\",https://news.example/ferry,1700000000,sea|work,unread\n\
        \"She said \"\"no\"\"\",https://www.post.example/no,1600000000,,archive\n";
    let found = csv::read(pocket).unwrap();
    assert_eq!(found.from, "Pocket");
    assert_eq!(found.articles[0].title, "Ferry, late");
    assert_eq!(found.articles[0].tags, ["sea", "work"]);
    assert!(!found.articles[0].archived && found.articles[1].archived);
    assert_eq!(found.articles[1].title, "She said \"no\"");
    let instapaper = "URL,Title,Selection,Folder,Timestamp\r\n\
        https://news.example/a,One,,Starred,1700000000\r\n\
        https://news.example/b,Two,,Harbour,1700000001\r\n";
    let found = csv::read(instapaper).unwrap();
    assert_eq!(found.from, "Instapaper");
    assert!(found.articles[0].starred && found.articles[0].tags.is_empty());
    assert_eq!(found.articles[1].tags, ["Harbour"]);
    assert_eq!(csv::read("name,age\nAda,3\n"), None);
}

#[test]
fn pocket_writes_html() {
    let page = "<!DOCTYPE html><html><body><h1>Unread</h1><ul>\n\
        <li><a href=\"https://news.example/a?x=1&amp;y=2\" time_added=\"1700000000\" tags=\"sea,work\">Tide &amp; time</a></li></ul>\n\
        <h1>Read Archive</h1><ul><li><a href='https://news.example/b'>Old</a></li></ul></body></html>";
    let found = html::read(page);
    assert_eq!(found.articles.len(), 2);
    assert_eq!(found.articles[0].url, "https://news.example/a?x=1&y=2");
    assert_eq!(found.articles[0].title, "Tide & time");
    assert_eq!(found.articles[0].tags, ["sea", "work"]);
    assert!(!found.articles[0].read && found.articles[1].archived);
}

#[test]
fn wallabag_writes_json() {
    let text = r#"[{"url":"https://news.example/a","title":"Tide","is_archived":1,"is_starred":0,
      "tags":["sea"],"content":"<p>The tide <b>rose</b>.</p><script>x()</script><p>It fell.</p>",
      "created_at":"2024-05-01T10:00:00+0000","published_at":"2024-04-30T08:00:00+0200",
      "published_by":["Ada Lind"]}]"#;
    let found = wallabag::read(text).unwrap();
    let article = &found.articles[0];
    assert_eq!(article.text, "The tide rose.\nIt fell.");
    assert_eq!(article.published.unwrap().to_string(), "2024-04-30");
    assert!(article.archived && article.added.is_some());
    assert_eq!(article.author.as_deref(), Some("Ada Lind"));
}

#[test]
fn newsboat_writes_a_list_of_addresses() {
    let text = "# mine\nhttps://news.example/feed \"~The Harbour Post\" sea \"far away\"\n\
        \"query:Unread:unread = \\\"yes\\\"\"\nexec:~/bin/x\nhttp://b.example/rss !\n";
    let found = newsboat::urls(text).unwrap();
    assert_eq!(found.feeds.len(), 2);
    assert_eq!(found.feeds[0].title.as_deref(), Some("The Harbour Post"));
    assert_eq!(found.feeds[0].tags, ["sea", "far away"]);
    assert_eq!(newsboat::urls("nothing here"), None);
}

#[test]
fn what_is_found_is_in_the_library_and_safe() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::open(folder.path()).unwrap();
    let found = Found {
        from: "test",
        feeds: Vec::new(),
        articles: vec![
            Article {
                url: "https://www.news.example/a".to_owned(),
                title: "Tide\u{1b}[31m".to_owned(),
                text: "The ferry left.\nIt came back.".to_owned(),
                starred: true,
                ..Article::default()
            },
            Article {
                url: "https://news.example/b".to_owned(),
                tags: vec!["sea".to_owned()],
                ..Article::default()
            },
        ],
    };
    assert_eq!(put(&found, &library).unwrap(), (0, 2, 1));
    assert_eq!(put(&found, &library).unwrap(), (0, 0, 0));
    let ferry = crate::store::library::query::parse("ferry starred").unwrap();
    let items = library
        .list(&ferry, &crate::store::library::Request::default())
        .unwrap();
    assert_eq!(items[0].title, "Tide␛[31m");
    assert_eq!(items[0].outlet.as_deref(), Some("news.example"));
    let bare = crate::store::library::query::parse("tag:to-fetch tag:sea").unwrap();
    assert_eq!(library.count(&bare).unwrap(), 1);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "(\\PC|[\n\r\",<>&;=']|<a href=|url,title\n){0,60}") {
        let _ = (csv::read(&text), newsboat::urls(&text), wallabag::read(&text));
        let found = html::read(&text);
        prop_assert!(found.articles.iter().all(|a| a.url.contains("://")));
        prop_assert!(!html::text_of(&text).contains('\r'));
    }
}
