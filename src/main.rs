//! The byline program: parses, runs, prints the error, exits. Calls `cli` only.

fn main() -> std::process::ExitCode {
    byline::cli::run()
}
