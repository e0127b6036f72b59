//! `linli`: see `linli --help`.

use clap::Parser;

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
