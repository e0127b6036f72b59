//! Running other programs: with their output shown as it comes, or kept back until something goes wrong.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Runs a command whose output the person wants to see. An error names the command and how it ended.
pub fn show(command: &mut Command) -> Result<()> {
    let line = in_words(command);
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("`{line}` could not be started"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// Runs a command whose output matters only if it fails; then all of it is in the error.
pub fn run_quietly(command: &mut Command) -> Result<()> {
    output_of(command).map(drop)
}

/// Runs a command and gives what it wrote to standard output. If it fails, all that it wrote is in the error.
pub fn output_of(command: &mut Command) -> Result<String> {
    let line = in_words(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("`{line}` could not be started"))?;
    let written = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!("`{line}` failed ({})\n{written}{complaint}", output.status);
    }
    Ok(written.into_owned())
}

/// Where a program lies on the `PATH`, if it does.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

fn in_words(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![program.file_name().unwrap_or(program.as_os_str())];
    words.extend(command.get_args());
    words.join(OsStr::new(" ")).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_command_says_its_name_and_what_it_wrote() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo it broke >&2; exit 3"]);

        let error = run_quietly(&mut command).unwrap_err().to_string();

        assert!(error.contains("`sh -c"), "{error}");
        assert!(error.contains("it broke"), "{error}");
    }

    #[test]
    fn a_program_is_found_on_the_path_or_not_at_all() {
        assert!(find("cargo").is_some());
        assert_eq!(find("no-such-program-anywhere"), None);
    }
}
