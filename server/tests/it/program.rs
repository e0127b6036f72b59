//! The program as an operator runs it: started, stopped, copied, put back.

use std::path::Path;
use std::process::{Command, Output};

fn linli(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_linli"))
        .args(arguments)
        .arg("--data")
        .arg(data)
        .env_remove("DATABASE_URL")
        .output()
        .unwrap()
}

fn words(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

pub fn found_a_community(data: &Path) {
    let output = linli(
        data,
        &[
            "person",
            "--sign-in-name",
            "zhang",
            "--name",
            "张敏",
            "--community",
            "锦江苑社区",
            "--slug",
            "jjy",
        ],
    );
    assert!(output.status.success(), "{}", words(&output));
    assert!(words(&output).contains("/door/"), "{}", words(&output));
}

#[test]
fn help_names_every_command() {
    let output = Command::new(env!("CARGO_BIN_EXE_linli"))
        .arg("--help")
        .output()
        .unwrap();

    let help = words(&output);
    for command in [
        "serve", "demo", "migrate", "import", "backup", "restore", "doctor", "verify", "person",
        "policy", "openapi", "config",
    ] {
        assert!(help.contains(command), "{command} is missing in {help}");
    }
}

#[test]
fn a_copy_can_be_put_back_and_holds() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy, new) = (
        folder.path().join("data"),
        folder.path().join("copy"),
        folder.path().join("new"),
    );
    found_a_community(&data);

    let backup = linli(&data, &["backup", "--to", copy.to_str().unwrap()]);
    let restore = linli(&new, &["restore", "--from", copy.to_str().unwrap()]);
    let verify = linli(&new, &["verify"]);

    assert!(backup.status.success(), "{}", words(&backup));
    assert!(restore.status.success(), "{}", words(&restore));
    assert!(words(&verify).contains("jjy: whole"), "{}", words(&verify));
}

#[test]
fn a_damaged_copy_is_not_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy, new) = (
        folder.path().join("data"),
        folder.path().join("copy"),
        folder.path().join("new"),
    );
    found_a_community(&data);
    assert!(
        linli(&data, &["backup", "--to", copy.to_str().unwrap()])
            .status
            .success()
    );
    let database = copy.join("linli.db");
    let mut bytes = std::fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    std::fs::write(&database, bytes).unwrap();

    let restore = linli(&new, &["restore", "--from", copy.to_str().unwrap()]);

    assert!(!restore.status.success());
    assert!(
        words(&restore).contains("changed or is damaged"),
        "{}",
        words(&restore)
    );
    assert!(!new.join("linli.db").exists());
}

#[test]
fn the_doctor_says_what_to_look_at() {
    let folder = tempfile::tempdir().unwrap();

    let before = linli(folder.path(), &["doctor"]);
    found_a_community(folder.path());
    let after = linli(folder.path(), &["doctor"]);

    assert!(
        words(&before).contains("no community yet"),
        "{}",
        words(&before)
    );
    assert!(
        words(&after).contains("the file of the database is sound"),
        "{}",
        words(&after)
    );
}

#[test]
fn a_demo_never_removes_a_folder_that_is_not_a_demos() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("thesis.docx"), "years of work").unwrap();

    let output = linli(folder.path(), &["demo", "--fresh", "--fill-only"]);

    assert!(!output.status.success());
    assert!(folder.path().join("thesis.docx").exists());
    assert!(
        words(&output).contains("nothing was removed"),
        "{}",
        words(&output)
    );
}
