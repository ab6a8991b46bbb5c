//! Runs a command line of the reader with an export as its input. What it prints is caught, since
//! the screen belongs to the reader program.

use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};
use std::thread;

use crate::base::text::one_line;
use crate::base::{Error, Result};

/// The shell that reads a command line, as everywhere else on the system.
fn shell(command: &str) -> Command {
    let (program, flag) = if cfg!(windows) {
        ("cmd", "/C")
    } else {
        ("sh", "-c")
    };
    let mut out = Command::new(program);
    out.arg(flag).arg(command);
    out
}

/// Runs `command` with `bytes` on its standard input; the first line it prints.
pub(super) fn run(command: &str, bytes: &[u8]) -> Result<String> {
    let fault = |what: &str, e: &std::io::Error| Error::io(command, what, e);
    let mut child = shell(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| fault("be run", &e))?;
    let stdin = child.stdin.take();
    // Beside the reading, so that neither waits for the other.
    let output = thread::scope(|scope| {
        let writer = scope.spawn(move || match stdin {
            Some(mut stdin) => stdin.write_all(bytes),
            None => Ok(()),
        });
        let output = child.wait_with_output();
        let written = writer.join().unwrap_or(Ok(()));
        match written {
            // It has read enough.
            Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(e),
            _ => output,
        }
    });
    let output = output.map_err(|e| fault("be given the export", &e))?;
    let first = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        let line = text.lines().find(|l| !l.trim().is_empty());
        one_line(line.unwrap_or_default())
    };
    if output.status.success() {
        return Ok(first(&output.stdout));
    }
    let said = first(&output.stderr);
    let status = output.status.code().map_or_else(
        || "was stopped by a signal".to_owned(),
        |code| format!("ended with {code}"),
    );
    Err(Error::new(
        command,
        if said.is_empty() {
            status
        } else {
            format!("{status}: {said}")
        },
    ))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_command_gets_the_bytes_and_says_how_it_went() {
        assert_eq!(run("wc -c | tr -d ' '", b"12345").unwrap(), "5");
        // More than a pipe holds, both ways.
        let long = vec![b'x'; 1 << 20];
        assert_eq!(run("cat", &long).unwrap().len(), long.len());
        // One that does not read to the end.
        assert_eq!(run("echo enough", &long).unwrap(), "enough");
        let error = run("echo broken >&2; exit 3", b"").unwrap_err().to_string();
        assert!(error.contains("ended with 3: broken"), "{error}");
        assert!(run("no-such-program-here", b"").is_err());
    }
}
