//! `linli`: see `linli --help`.

use clap::Parser;

/// Pages are many small strings, made on one thread and dropped on another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    let cli = server::commands::Cli::parse();
    match server::commands::run(cli) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("linli: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
