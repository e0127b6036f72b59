//! The licences of every crate in the lock file: each must leave us a choice that is on our list.

use anyhow::{Result, bail};
use serde::Deserialize;

use super::Fault;
use crate::checkout::{Breadth, Checkout};

/// Licences that go with Apache-2.0 in a program that is passed on.
const ALLOWED: [&str; 17] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "NCSA",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Zlib",
];

#[derive(Deserialize)]
struct Tree {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    license: Option<String>,
}

/// Crates whose licence is not on the list.
pub fn refused(checkout: &Checkout) -> Result<Vec<Fault>> {
    let tree = Tree::deserialize(checkout.metadata(Breadth::EveryCrate)?)?;
    let mut faults = Vec::new();
    for package in tree.packages {
        let licence = package.license.unwrap_or_default();
        if !is_allowed(&licence).unwrap_or(false) {
            let what = format!("its licence is not on the list: `{licence}`");
            faults.push(Fault {
                check: "licence",
                place: package.name,
                what,
            });
        }
    }
    Ok(faults)
}

/// Whether an SPDX expression leaves an allowed choice. An error if it is none.
fn is_allowed(expression: &str) -> Result<bool> {
    // The old way to write a choice was a slash.
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let allowed = either(&mut rest)?;
    if !rest.is_empty() {
        bail!("not an SPDX expression: {expression}");
    }
    Ok(allowed)
}

fn either(rest: &mut &[&str]) -> Result<bool> {
    let mut allowed = both(rest)?;
    while took(rest, "OR") {
        allowed |= both(rest)?;
    }
    Ok(allowed)
}

fn both(rest: &mut &[&str]) -> Result<bool> {
    let mut allowed = one(rest)?;
    while took(rest, "AND") {
        allowed &= one(rest)?;
    }
    Ok(allowed)
}

fn one(rest: &mut &[&str]) -> Result<bool> {
    if took(rest, "(") {
        let allowed = either(rest)?;
        if !took(rest, ")") {
            bail!("a parenthesis is not closed");
        }
        return Ok(allowed);
    }
    let Some((licence, after)) = rest.split_first() else {
        bail!("a licence is missing")
    };
    *rest = after;
    if took(rest, "WITH") {
        let Some((exception, after)) = rest.split_first() else {
            bail!("an exception is missing")
        };
        *rest = after;
        return Ok(ALLOWED.contains(&format!("{licence} WITH {exception}").as_str()));
    }
    Ok(ALLOWED.contains(licence))
}

fn took(rest: &mut &[&str], word: &str) -> bool {
    match rest.split_first() {
        Some((first, after)) if *first == word => {
            *rest = after;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_allowed_if_it_leaves_an_allowed_choice() {
        for allowed in [
            "MIT",
            "Unlicense/MIT",
            "MIT OR GPL-3.0-only",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0-only",
            "GPL-2.0-only OR MIT AND ISC",
        ] {
            assert!(is_allowed(allowed).unwrap(), "{allowed}");
        }
        for refused in [
            "AGPL-3.0-only",
            "MIT AND OpenSSL",
            "(MIT OR ISC) AND GPL-3.0-only",
            "MIT WITH Secret-exception",
        ] {
            assert!(!is_allowed(refused).unwrap(), "{refused}");
        }
        for nonsense in ["", "MIT OR", "(MIT", "MIT ISC"] {
            assert!(is_allowed(nonsense).is_err(), "{nonsense}");
        }
    }
}
