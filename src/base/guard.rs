//! Calls into code that is not ours and may panic on foreign input. While such a call runs, panic
//! hooks of this program keep quiet and leave the terminal alone (`is_guarded`). Calls nothing.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// What `call` gives, or `None` if it panics.
pub fn guarded<T>(call: impl FnOnce() -> T) -> Option<T> {
    let before = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(call));
    GUARDED.set(before);
    result.ok()
}

/// Whether this thread is in such a call.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_no_answer_and_the_next_call_is_none_the_worse() {
        assert!(!is_guarded());
        assert_eq!(guarded(is_guarded), Some(true));
        let empty: [u8; 0] = [];
        assert_eq!(guarded(|| empty[empty.len()]), None);
        assert!(!is_guarded());
        assert_eq!(guarded(|| 7), Some(7));
    }
}
