//! A model as one file: a line that says what it is, a checksum, a description in JSON, and the
//! parts the description lists. Every part is checked before a number of it is used.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::chain::Chain;
use crate::base::{Error, Result};

/// How a model file opens.
const MAGIC: &[u8] = b"byline-model 1\n";
/// Bytes of the checksum.
const SUM: usize = 32;
/// The one format of the description that is known.
const FORMAT: u32 = 1;

/// The bytes of a model file, checked.
#[derive(Debug)]
pub struct File {
    parts: Vec<(String, Cow<'static, [u8]>)>,
    /// What the description says.
    pub about: About,
    /// SHA-256 of the contents, in hexadecimal.
    pub hash: String,
}

/// The description of a model.
#[derive(Debug, Deserialize)]
pub struct About {
    format: u32,
    /// The model's own version.
    pub version: String,
    /// The parts of one file, in order.
    #[serde(default)]
    parts: Vec<Part>,
    /// The files of a folder, by the names of the parts.
    #[serde(default)]
    files: BTreeMap<String, Listed>,
    /// Label inventories.
    pub tags: Tags,
    /// Names of relations; the first is the root's.
    pub relations: Vec<String>,
    /// How names are decoded.
    #[serde(default)]
    pub names: Names,
}

/// A part of the file.
#[derive(Debug, Deserialize)]
struct Part {
    name: String,
    bytes: usize,
}

/// A file of a folder.
#[derive(Debug, Deserialize)]
struct Listed {
    sha256: String,
}

/// The label inventories.
#[derive(Debug, Deserialize)]
pub struct Tags {
    /// The four types that names are scored by.
    pub conll: Labels,
    /// The kinds of byline.
    pub kind: Labels,
    /// What is quoted.
    pub content: Labels,
    /// Who is quoted and by which words.
    pub source: Labels,
    /// Parts of speech.
    pub upos: Plain,
}

/// Labels of a chain with its weights.
#[derive(Debug, Deserialize)]
pub struct Labels {
    #[serde(rename = "labels")]
    names: Vec<String>,
    transitions: Vec<Vec<f32>>,
    start: Vec<f32>,
    end: Vec<f32>,
}

/// Labels without weights.
#[derive(Debug, Deserialize)]
pub struct Plain {
    /// The labels.
    pub labels: Vec<String>,
}

/// Which head names are decoded from.
#[derive(Debug, Deserialize)]
pub struct Names {
    /// `conll`, `kind` or `blend`.
    #[serde(default)]
    pub decode: String,
    /// The weight of the four-type head in a blend, 0 to 1.
    #[serde(default)]
    pub share: f32,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            decode: "conll".to_owned(),
            share: 1.0,
        }
    }
}

/// What a damaged file is told by.
pub(super) fn damaged(cause: impl Into<String>) -> Error {
    Error::new("model", cause).remedy("names are found by rules alone; install byline again")
}

/// The checksum that a model file says it has.
pub(super) fn sum(bytes: &[u8]) -> Option<&[u8]> {
    bytes.strip_prefix(MAGIC)?.get(..SUM)
}

/// SHA-256 in hexadecimal.
pub(super) fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes as text.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|b| format!("{b:02x}")).collect();
    digits.concat()
}

impl File {
    /// Takes a file apart.
    ///
    /// # Errors
    /// It is no model, was cut short or changed, or is of another version.
    pub fn new(bytes: Cow<'static, [u8]>) -> Result<Self> {
        let Some(rest) = bytes.strip_prefix(MAGIC) else {
            return Err(damaged("is no model of byline"));
        };
        let (Some(sum), Some(body)) = (rest.get(..SUM), rest.get(SUM..)) else {
            return Err(damaged("is cut short"));
        };
        let found = Sha256::digest(body);
        if found[..] != *sum {
            return Err(damaged("is damaged: its checksum is wrong"));
        }
        let hash = hexadecimal(&found);
        let length = body
            .get(..4)
            .and_then(|b| <[u8; 4]>::try_from(b).ok())
            .map_or(0, |b| u32::from_le_bytes(b) as usize);
        let json = body
            .get(4..4 + length)
            .ok_or_else(|| damaged("is cut short"))?;
        let about = describe(json)?;
        let mut at = bytes.len() - body.len() + 4 + length;
        let mut parts = Vec::new();
        for part in &about.parts {
            let end = at.checked_add(part.bytes).filter(|e| *e <= bytes.len());
            let end = end.ok_or_else(|| damaged(format!("has no whole part {:?}", part.name)))?;
            let slice = match &bytes {
                Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(at..end).unwrap_or_default()),
                Cow::Owned(bytes) => Cow::Owned(bytes[at..end].to_vec()),
            };
            parts.push((part.name.clone(), slice));
            at = end;
        }
        Ok(Self { parts, about, hash })
    }

    /// Takes the files of a folder: the description, and parts by their names, which it lists with
    /// their checksums.
    ///
    /// # Errors
    /// A file is not the one that the description lists, or is of another version.
    pub fn of_folder(json: &[u8], files: &[(&str, &'static [u8])]) -> Result<Self> {
        let about = describe(json)?;
        let mut parts = Vec::new();
        for (name, bytes) in files {
            let listed = about.files.get(*name);
            if listed.is_none_or(|l| l.sha256 != hexadecimal(&Sha256::digest(bytes))) {
                return Err(damaged(format!(
                    "is damaged: its {name} has another checksum"
                )));
            }
            parts.push(((*name).to_owned(), Cow::Borrowed(*bytes)));
        }
        let hash = hexadecimal(&Sha256::digest(json));
        Ok(Self { parts, about, hash })
    }

    /// The bytes of a part; borrowed for ever if the file was.
    ///
    /// # Errors
    /// There is no such part.
    pub fn part(&self, name: &str) -> Result<Cow<'static, [u8]>> {
        let part = self.parts.iter().find(|(n, _)| n == name);
        part.map(|(_, bytes)| bytes.clone())
            .ok_or_else(|| damaged(format!("has no part {name:?}")))
    }
}

/// Reads a description.
fn describe(json: &[u8]) -> Result<About> {
    let about: About = serde_json::from_slice(json)
        .map_err(|e| damaged(format!("has a description that cannot be read: {e}")))?;
    if about.format != FORMAT {
        return Err(damaged(format!(
            "is of format {}; this byline reads format {FORMAT}",
            about.format
        )));
    }
    Ok(about)
}

impl Labels {
    /// The chain, and the names of its types. The labels must be `O, B-x, I-x, B-y, I-y, …`.
    ///
    /// # Errors
    /// The numbers do not fit the labels.
    pub fn chain(&self) -> Result<(Chain, Vec<String>)> {
        let fault = || damaged("has labels and weights that do not fit each other");
        let chain = Chain::new(
            self.transitions.concat(),
            self.start.clone(),
            self.end.clone(),
        )
        .filter(|c| c.labels() == self.names.len())
        .ok_or_else(fault)?;
        let mut types = Vec::new();
        for pair in self.names.get(1..).unwrap_or_default().chunks(2) {
            match (pair[0].strip_prefix("B-"), pair.get(1)) {
                (Some(name), Some(inside)) if inside.strip_prefix("I-") == Some(name) => {
                    types.push(name.to_owned());
                }
                _ => return Err(fault()),
            }
        }
        Ok((chain, types))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A description with the labels that byline knows and no weights.
    pub fn description(parts: &[(&str, usize)]) -> String {
        let chain = |labels: &[&str]| {
            let mut all = vec!["O".to_owned()];
            for l in labels {
                all.extend([format!("B-{l}"), format!("I-{l}")]);
            }
            let n = all.len();
            serde_json::json!({"labels": all, "transitions": vec![vec![0; n]; n],
                "start": vec![0; n], "end": vec![0; n]})
        };
        let parts: Vec<_> = parts
            .iter()
            .map(|(name, bytes)| serde_json::json!({"name": name, "bytes": bytes}))
            .collect();
        serde_json::json!({"format": 1, "version": "test", "parts": parts,
            "tags": {
                "conll": chain(&["PER", "ORG", "LOC", "MISC"]),
                "kind": chain(&["person", "organization", "place", "group", "event", "work", "other"]),
                "content": chain(&["content"]), "source": chain(&["cue", "source"]),
                "upos": {"labels": ["NOUN", "PROPN", "VERB", "PUNCT"]}},
            "relations": ["root", "nsubj", "obj", "punct"]})
        .to_string()
    }

    /// A model file of these parts.
    pub fn pack(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let sizes: Vec<_> = parts.iter().map(|(n, b)| (*n, b.len())).collect();
        let json = description(&sizes);
        let mut body = (json.len() as u32).to_le_bytes().to_vec();
        body.extend(json.as_bytes());
        for (_, bytes) in parts {
            body.extend(*bytes);
        }
        let mut out = MAGIC.to_vec();
        out.extend(&Sha256::digest(&body)[..]);
        out.extend(body);
        out
    }

    #[test]
    fn parts_come_back() {
        let file = File::new(pack(&[("one", b"first"), ("two", b"second")]).into()).unwrap();
        assert_eq!(&*file.part("two").unwrap(), b"second");
        assert!(file.part("three").is_err());
        let (chain, types) = file.about.tags.conll.chain().unwrap();
        assert_eq!((chain.labels(), types[3].as_str()), (9, "MISC"));
    }

    #[test]
    fn a_folder_is_checked_file_by_file() {
        let sum = hexadecimal(&Sha256::digest(b"first"));
        let json = description(&[]).replacen(
            '{',
            &format!(
                "{{\"files\":{{\"one\":{{\"name\":\"1\",\"bytes\":5,\"sha256\":\"{sum}\"}}}},"
            ),
            1,
        );
        let file = File::of_folder(json.as_bytes(), &[("one", b"first")]).unwrap();
        assert_eq!(&*file.part("one").unwrap(), b"first");
        let wrong = File::of_folder(json.as_bytes(), &[("one", b"farst")]).unwrap_err();
        assert!(wrong.cause.contains("checksum"), "{wrong}");
        assert!(File::of_folder(b"", &[]).is_err());
    }

    #[test]
    fn what_is_wrong_is_said_in_one_line() {
        let good = pack(&[("one", b"first")]);
        let mut changed = good.clone();
        let last = changed.len() - 1;
        changed[last] ^= 1;
        for (bytes, cause) in [
            (Vec::new(), "no model"),
            (b"byline-model 1\nshort".to_vec(), "cut short"),
            (changed, "checksum"),
            (good[..last].to_vec(), "checksum"),
        ] {
            let error = File::new(bytes.into()).unwrap_err();
            assert!(error.cause.contains(cause), "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(File::new(bytes.into()).is_err());
        }

        #[test]
        fn any_body_is_survived(body in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut bytes = MAGIC.to_vec();
            bytes.extend(&Sha256::digest(&body)[..]);
            bytes.extend(body);
            prop_assert!(File::new(bytes.into()).is_err());
        }
    }
}
