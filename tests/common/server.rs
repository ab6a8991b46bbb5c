//! A server of the tests, on the loopback: it says what a test tells it to say, well or badly. It
//! needs no library, since what it says is mostly wrong, and it also serves as a proxy, so that names
//! of the public internet can be asked without it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

/// What the server does with a connection once it has read the request.
#[derive(Clone)]
pub enum Reply {
    /// Says these bytes and hangs up.
    Raw(Vec<u8>),
    /// Says these bytes and then nothing until the server is let go.
    Stall(Vec<u8>),
    /// Says the first bytes, and the others when the test opens the gate.
    Gate(Vec<u8>, Vec<u8>),
    /// Says the first bytes, then the others one by one, without end, for as long as they are taken.
    Drip(Vec<u8>, u8),
    /// Answers 304 where the request has this validator, else the bytes.
    Unless(&'static str, Vec<u8>),
}

/// An answer with a status line, header fields and a body of the right length.
pub fn answer(status: &str, fields: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
    Reply::Raw(message(status, fields, body.as_ref()))
}

/// A page of HTML or text.
pub fn page(content_type: &str, body: impl AsRef<[u8]>) -> Reply {
    answer("200 OK", &[("Content-Type", content_type)], body)
}

/// A redirect.
pub fn redirect(to: &str) -> Reply {
    answer("302 Found", &[("Location", to)], "")
}

/// The bytes of an answer.
pub fn message(status: &str, fields: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut out = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in fields {
        out.push_str(&format!("{name}: {value}\r\n"));
    }
    out.push_str(&format!(
        "Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    ));
    [out.as_bytes(), body].concat()
}

#[derive(Default)]
struct Shared {
    replies: Mutex<BTreeMap<String, Reply>>,
    /// Requests as they came, header fields included, in lower case.
    seen: Mutex<Vec<String>>,
    changed: Condvar,
    open: Mutex<bool>,
    gate: Condvar,
}

/// A server; it ends with the test.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl Server {
    /// Listens on a free port.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        let held = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let held = Arc::clone(&held);
                thread::spawn(move || held.serve(stream));
            }
        });
        Self { address, shared }
    }

    /// A server that says this at this path, and its address there.
    pub fn with(path: &str, reply: Reply) -> (Self, String) {
        let server = Self::start();
        let url = server.says(path, reply);
        (server, url)
    }

    /// Says this at this path from now on; gives the address.
    pub fn says(&self, path: &str, reply: Reply) -> String {
        let mut replies = self.shared.replies.lock().unwrap();
        replies.insert(path.to_owned(), reply);
        self.url(path)
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Lets every waiting gate open, now and from now on.
    pub fn open_gate(&self) {
        *self.shared.open.lock().unwrap() = true;
        self.shared.gate.notify_all();
    }

    /// Waits until a request has this in it, and gives that request.
    pub fn asked(&self, part: &str) -> String {
        let mut seen = self.shared.seen.lock().unwrap();
        loop {
            if let Some(request) = seen.iter().find(|r| r.contains(part)) {
                return request.clone();
            }
            seen = self.shared.changed.wait(seen).unwrap();
        }
    }

    /// How many requests have this in them.
    pub fn count(&self, part: &str) -> usize {
        let seen = self.shared.seen.lock().unwrap();
        seen.iter().filter(|r| r.contains(part)).count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.open_gate();
    }
}

impl Shared {
    fn serve(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let Some(mut request) = read_request(&mut reader) else {
            return;
        };
        if request.starts_with("connect ") {
            // A proxy; the name asked for is answered by this server.
            if stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").is_err() {
                return;
            }
            let Some(inner) = read_request(&mut reader) else {
                return;
            };
            request = inner;
        }
        let path = request.split(' ').nth(1).unwrap_or("/").to_owned();
        self.seen.lock().unwrap().push(request.clone());
        self.changed.notify_all();
        let reply = self.replies.lock().unwrap().get(&path).cloned();
        let missing = || Reply::Raw(message("404 Not Found", &[], b"nothing here"));
        // A client that hangs up is what some tests are about.
        let _ = match reply.unwrap_or_else(missing) {
            Reply::Raw(bytes) => stream.write_all(&bytes),
            Reply::Stall(bytes) => stream.write_all(&bytes).map(|()| self.wait()),
            Reply::Gate(first, rest) => stream.write_all(&first).and_then(|()| {
                self.wait();
                stream.write_all(&rest)
            }),
            Reply::Drip(first, byte) => stream.write_all(&first).map(|()| {
                let mut open = self.open.lock().unwrap();
                while !*open && stream.write_all(&[byte]).is_ok() {
                    let pause = std::time::Duration::from_millis(5);
                    open = self.gate.wait_timeout(open, pause).unwrap().0;
                }
            }),
            Reply::Unless(validator, _) if request.contains(validator) => {
                stream.write_all(&message("304 Not Modified", &[], b""))
            }
            Reply::Unless(_, bytes) => stream.write_all(&bytes),
        };
        // What is left unread would turn the end into a reset.
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let _ = std::io::copy(&mut reader, &mut std::io::sink());
    }

    fn wait(&self) {
        let mut open = self.open.lock().unwrap();
        while !*open {
            open = self.gate.wait(open).unwrap();
        }
    }
}

/// The request line and header fields, in lower case; `None` at the end.
fn read_request(reader: &mut BufReader<TcpStream>) -> Option<String> {
    let mut out = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim_end().is_empty() {
            return Some(out);
        }
        out.push_str(&line.to_lowercase());
    }
}
