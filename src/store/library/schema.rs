//! The tables of the library, by version: each migration is what stands between two versions of the
//! file. Calls nothing. A migration that has been released is never edited; a new one is added.

/// Name of the database in the data folder.
pub(super) const FILE: &str = "library.db";
/// Name of the folder of backups in the data folder.
pub(super) const BACKUPS: &str = "backups";

/// Version that this program writes: as many migrations as there are.
pub(super) const VERSION: i64 = MIGRATIONS.len() as i64;

/// What makes a file of version n one of version n + 1.
pub(super) const MIGRATIONS: &[&str] = &[FIRST, MOMENT];

/// Bits of an article's number that count the articles of one day; the bits above are the day since
/// 1970-01-01, in UTC where a moment is known. So the order of the numbers is that of publication, and
/// the index of the full text gives the latest articles first without sorting.
pub(super) const DAY_BITS: u32 = 24;
/// Numbers of a day for articles of which no more than the day is known; those of its seconds follow.
pub(super) const UNTIMED: i64 = 5_000_000;
/// Numbers of each second of a day. If they are used up, those of the next second are taken.
pub(super) const A_SECOND: i64 = 128;

/// The moment of publication, RFC 3339 with its zone, where a time is known.
const MOMENT: &str = "ALTER TABLE article ADD COLUMN published_at TEXT;";

const FIRST: &str = r#"
CREATE TABLE feed (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  title TEXT, site TEXT, tags TEXT NOT NULL DEFAULT '',
  etag TEXT, last_modified TEXT,
  tried INTEGER, succeeded INTEGER, error TEXT, gone INTEGER NOT NULL DEFAULT 0,
  retry_after INTEGER, interval INTEGER
) STRICT;

CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL,
  uri TEXT UNIQUE,
  feed INTEGER REFERENCES feed(id) ON DELETE SET NULL,
  guid TEXT,
  title TEXT NOT NULL COLLATE NOCASE,
  authors TEXT NOT NULL,
  outlet TEXT COLLATE NOCASE,
  published TEXT,
  added INTEGER NOT NULL,
  lead TEXT NOT NULL,
  words INTEGER NOT NULL,
  unread INTEGER NOT NULL DEFAULT 1,
  starred INTEGER NOT NULL DEFAULT 0,
  archived INTEGER NOT NULL DEFAULT 0,
  maker TEXT
) STRICT;
CREATE INDEX article_hash ON article(hash);
CREATE INDEX article_listed ON article(archived, id);
CREATE INDEX article_unread ON article(archived, id) WHERE unread = 1;
CREATE INDEX article_starred ON article(archived, id) WHERE starred = 1;
CREATE INDEX article_outlet ON article(outlet, id);
CREATE INDEX article_title ON article(archived, title, id);
CREATE INDEX article_feed ON article(feed, unread, id);
CREATE UNIQUE INDEX article_guid ON article(feed, guid) WHERE guid IS NOT NULL;

-- Every outlet, once.
CREATE TABLE outlet (name TEXT PRIMARY KEY COLLATE NOCASE) STRICT, WITHOUT ROWID;

CREATE TABLE author (
  name TEXT NOT NULL COLLATE NOCASE,
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE ON UPDATE CASCADE,
  PRIMARY KEY (name, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX author_article ON author(article);

-- Entries of feeds that the reader deleted: they do not come back with the next refresh.
CREATE TABLE deleted (feed INTEGER NOT NULL, guid TEXT NOT NULL, PRIMARY KEY (feed, guid))
  STRICT, WITHOUT ROWID;

-- layers: the contract's JSON without the text, deflated.
CREATE TABLE body (
  id INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE ON UPDATE CASCADE,
  text TEXT NOT NULL,
  layers BLOB NOT NULL
) STRICT;

CREATE TABLE tag (
  name TEXT NOT NULL COLLATE NOCASE,
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE ON UPDATE CASCADE,
  PRIMARY KEY (name, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_article ON tag(article);

-- Every name of an entity or an issue, once.
CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
-- What else the entity with the name `main` is called.
CREATE TABLE alias (
  name INTEGER NOT NULL REFERENCES name(id),
  main INTEGER NOT NULL REFERENCES name(id),
  PRIMARY KEY (name, main)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_main ON alias(main);

CREATE TABLE mention (
  name INTEGER NOT NULL REFERENCES name(id),
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE ON UPDATE CASCADE,
  kind TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (name, article, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_article ON mention(article);

-- polarity: 0 for, 1 against, 2 conditional.
CREATE TABLE stance (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE ON UPDATE CASCADE,
  position INTEGER NOT NULL,
  holder INTEGER NOT NULL REFERENCES name(id),
  target INTEGER NOT NULL REFERENCES name(id),
  polarity INTEGER NOT NULL,
  strength INTEGER NOT NULL,
  confidence REAL NOT NULL,
  evidence TEXT NOT NULL
) STRICT;
CREATE INDEX stance_holder ON stance(holder, article, target, polarity);
CREATE INDEX stance_target ON stance(target, article, holder, polarity);
CREATE INDEX stance_article ON stance(article);
CREATE INDEX stance_side ON stance(polarity, article);

CREATE TABLE quote (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE ON UPDATE CASCADE,
  position INTEGER NOT NULL,
  speaker INTEGER NOT NULL REFERENCES name(id),
  kind TEXT NOT NULL,
  words INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX quote_speaker ON quote(speaker, article);
CREATE INDEX quote_article ON quote(article);

CREATE TABLE saved_query (name TEXT PRIMARY KEY, query TEXT NOT NULL, position INTEGER NOT NULL)
  STRICT, WITHOUT ROWID;

CREATE VIEW full_text_source AS
  SELECT article.id AS id, article.title AS title, body.text AS text
  FROM article JOIN body ON body.id = article.id;
CREATE VIRTUAL TABLE full_text USING fts5(
  title, text, content='full_text_source', content_rowid='id',
  prefix='2 3', tokenize="unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE name_text USING fts5(
  text, content='name', content_rowid='id', tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER name_added AFTER INSERT ON name BEGIN
  INSERT INTO name_text(rowid, text) VALUES (new.id, new.text);
END;
"#;
