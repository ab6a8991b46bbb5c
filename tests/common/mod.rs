//! What the tests of the screen and of the binary share.
#![allow(dead_code, reason = "each test file uses a part")]

pub mod pty;
pub mod screen;
pub mod server;
