//! The one error type: what went wrong, where, and what the reader can do about it.

use crate::base::text::printable;

/// Result of a fallible operation of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure that a reader sees as one line: file, place, cause, remedy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Error {
    /// What was being read, written or parsed: a path, `standard input`, `--format`.
    pub subject: String,
    /// Line, counted from 1, where there is one.
    pub line: Option<usize>,
    /// Column, counted from 1 in characters, where there is one.
    pub column: Option<usize>,
    /// What is wrong.
    pub cause: String,
    /// What to do about it; empty when the cause says it all.
    pub remedy: String,
    /// Whether the mistake is in how the program was called (exit code 2) rather than a failure
    /// of the work (exit code 1).
    pub usage: bool,
}

impl Error {
    /// A failure about `subject`.
    pub fn new(subject: impl Into<String>, cause: impl Into<String>) -> Self {
        Self {
            subject: subject.into(),
            cause: cause.into(),
            ..Self::default()
        }
    }

    /// The same failure with a remedy: an imperative clause such as `check the path`.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = remedy.into();
        self
    }

    /// The same failure at a line and column, both counted from 1.
    #[must_use]
    pub fn at(mut self, line: usize, column: Option<usize>) -> Self {
        self.line = Some(line);
        self.column = column;
        self
    }

    /// The same failure, marked as a mistake in the call.
    #[must_use]
    pub fn usage(mut self) -> Self {
        self.usage = true;
        self
    }

    /// A failed file operation, in words: `PATH: cannot be read: No such file or directory`.
    pub fn io(subject: impl Into<String>, doing: &str, error: &std::io::Error) -> Self {
        use std::io::ErrorKind as K;
        let remedy = match error.kind() {
            K::NotFound => "check the path",
            K::PermissionDenied => "check the permissions of the file and its folder",
            K::StorageFull => "free some space and try again",
            K::ReadOnlyFilesystem => "choose a folder that can be written",
            K::IsADirectory => "name a file, not a folder",
            _ => "",
        };
        Self::new(subject, format!("cannot {doing}: {error}")).remedy(remedy)
    }

    /// Process exit code: 2 for a mistake in the call, 1 for everything else.
    pub fn exit_code(&self) -> u8 {
        if self.usage { 2 } else { 1 }
    }
}

impl std::error::Error for Error {}

impl std::fmt::Display for Error {
    /// One line without control characters, whatever the subject and cause hold.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut line = self.subject.clone();
        for place in [self.line, self.column].into_iter().flatten() {
            line.push(':');
            line.push_str(&place.to_string());
        }
        if !line.is_empty() {
            line.push_str(": ");
        }
        line.push_str(&self.cause);
        if !self.remedy.is_empty() {
            line.push_str(" — ");
            line.push_str(&self.remedy);
        }
        f.write_str(&printable(&line))
    }
}
