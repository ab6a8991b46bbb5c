//! The real binary in a pseudo-terminal. Tests wait for text; nothing sleeps. A wait ends when the
//! text is there, or when it can no longer come because the program has ended; the one long limit
//! is there so that a broken program fails its test instead of hanging it.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// When a program that neither shows the text nor ends is taken for broken.
const BROKEN: Duration = Duration::from_mins(2);

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

/// What has arrived so far.
struct Seen {
    parser: vt100::Parser,
    raw: Vec<u8>,
    ended: bool,
}

/// A program in a terminal.
pub struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
}

impl Pty {
    /// Starts byline with `args` in a terminal of this size, its files under `home`.
    pub fn start(home: &Path, size: (u16, u16), args: &[&str], env: &[(&str, &str)]) -> Self {
        let (cols, rows) = size;
        let pty = native_pty_system()
            .openpty(PtySize {
                rows,
                cols,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_byline"));
        command.args(args);
        command.env_clear();
        command.env("HOME", home);
        command.env("BYLINE_DATA", home.join("data"));
        command.env("TERM", "xterm-256color");
        command.cwd(home);
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let seen = Arc::new((
            Mutex::new(Seen {
                parser: vt100::Parser::new(cells(rows), cells(cols), 0),
                raw: Vec::new(),
                ended: false,
            }),
            Condvar::new(),
        ));
        let mut reader = pty.master.try_clone_reader().unwrap();
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            loop {
                let count = reader.read(&mut buffer).unwrap_or(0);
                let (lock, changed) = &*shared;
                let mut seen = lock.lock().unwrap();
                if count == 0 {
                    seen.ended = true;
                    changed.notify_all();
                    return;
                }
                seen.parser.process(&buffer[..count]);
                seen.raw.extend(&buffer[..count]);
                changed.notify_all();
            }
        });
        let writer = pty.master.take_writer().unwrap();
        Self {
            child,
            master: pty.master,
            writer,
            seen,
        }
    }

    /// Types.
    pub fn send(&mut self, keys: &str) -> &mut Self {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self
    }

    /// Waits until the screen satisfies `wanted`.
    #[track_caller]
    pub fn until(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let (lock, changed) = &*self.seen;
        let seen = lock.lock().unwrap();
        let (seen, timeout) = changed
            .wait_timeout_while(seen, BROKEN, |s| !s.ended && !wanted(s.parser.screen()))
            .unwrap();
        assert!(
            !timeout.timed_out() && wanted(seen.parser.screen()),
            "{what} never came; the screen is:\n{}",
            seen.parser.screen().contents()
        );
        drop(seen);
        self
    }

    /// Waits until `text` is on the screen.
    #[track_caller]
    pub fn wait(&mut self, text: &str) -> &mut Self {
        self.until(text, |screen| screen.contents().contains(text))
    }

    /// The screen as text.
    pub fn contents(&self) -> String {
        self.seen.0.lock().unwrap().parser.screen().contents()
    }

    /// Every byte that was written to the terminal.
    pub fn raw(&self) -> Vec<u8> {
        self.seen.0.lock().unwrap().raw.clone()
    }

    /// Sends a signal.
    pub fn signal(&mut self, name: &str) -> &mut Self {
        let id = self.child.process_id().unwrap().to_string();
        let done = std::process::Command::new("kill")
            .args(["-s", name, &id])
            .status()
            .unwrap();
        assert!(done.success());
        self
    }

    /// Waits until the program has stopped itself; a signal to go on that comes before is lost.
    pub fn stopped(&mut self) -> &mut Self {
        let id = self.child.process_id().unwrap().to_string();
        let deadline = Instant::now() + BROKEN;
        while state(&id) != Some('T') {
            assert!(Instant::now() < deadline, "the program never stopped");
            std::thread::yield_now();
        }
        self
    }

    /// Gives the window another size.
    pub fn resize(&mut self, cols: u16, rows: u16) -> &mut Self {
        self.seen
            .0
            .lock()
            .unwrap()
            .parser
            .screen_mut()
            .set_size(cells(rows), cells(cols));
        self.master
            .resize(PtySize {
                rows,
                cols,
                pixel_width: 0,
                pixel_height: 0,
            })
            .unwrap();
        self
    }

    /// Waits until the program has ended, and returns its exit code.
    pub fn exit(&mut self) -> u32 {
        let (lock, changed) = &*self.seen;
        let seen = lock.lock().unwrap();
        let ended = changed
            .wait_timeout_while(seen, BROKEN, |s| !s.ended)
            .unwrap();
        assert!(!ended.1.timed_out(), "it never ended");
        drop(ended);
        self.child.wait().unwrap().exit_code()
    }

    /// Fails unless the terminal is as it was before.
    #[track_caller]
    pub fn assert_restored(&self) {
        let seen = self.seen.0.lock().unwrap();
        let screen = seen.parser.screen();
        assert!(!screen.alternate_screen(), "left in the alternate screen");
        assert!(!screen.hide_cursor(), "left without a cursor");
        assert!(!screen.bracketed_paste(), "left with bracketed paste");
        assert_eq!(
            screen.mouse_protocol_mode(),
            vt100::MouseProtocolMode::None,
            "left with the mouse"
        );
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// Waits until a file of this kind stands in a folder, and returns its path.
pub fn appeared(folder: &Path, ending: &str) -> PathBuf {
    let deadline = Instant::now() + BROKEN;
    loop {
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let found = files
            .map(|f| f.path())
            .find(|p| p.to_string_lossy().ends_with(ending));
        if let Some(path) = found {
            return path;
        }
        assert!(
            Instant::now() < deadline,
            "{} stays empty",
            folder.display()
        );
        std::thread::yield_now();
    }
}

/// What a process does, in one letter: from the system's files or, where there are none, by `ps`.
fn state(id: &str) -> Option<char> {
    if let Ok(stat) = std::fs::read_to_string(format!("/proc/{id}/stat")) {
        return stat.rsplit_once(')')?.1.trim_start().chars().next();
    }
    let mut ps = std::process::Command::new("ps");
    let said = ps.args(["-o", "state=", "-p", id]).output().ok()?;
    char::from_u32(u32::from(*said.stdout.trim_ascii_start().first()?))
}
