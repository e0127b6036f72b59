//! `cargo xtask demo`: from a fresh clone to the demo community in the browser, one step after the other.
//!
//! The last step *becomes* the program: there is no parent left that could swallow Ctrl-C or outlive it.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::checkout::Checkout;
use crate::release;

/// How to show the demo.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder that holds the demo's database and photos [default: data/demo in the checkout].
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The address to serve on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Begin again: what was done in this demo before is lost.
    #[arg(long)]
    fresh: bool,
    /// How many such communities to make, under one district.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    scale: u32,
}

/// Builds what is not built and becomes the program. Returns only if something went wrong.
pub fn run(checkout: &Checkout, arguments: &Arguments) -> Result<()> {
    let data = match &arguments.data {
        Some(folder) => std::path::absolute(folder)?,
        None => checkout.root().join("data/demo"),
    };

    check_address(arguments.listen)?;
    let program = release::build(checkout)?;

    println!(
        "Starting the demo; its data lies in {}. Ctrl-C stops it.\n",
        data.display()
    );
    let mut linli = checkout.command(&program.to_string_lossy());
    linli.arg("demo").arg("--data").arg(&data);
    linli.arg("--listen").arg(arguments.listen.to_string());
    linli.arg("--scale").arg(arguments.scale.to_string());
    if arguments.fresh {
        linli.arg("--fresh");
    }
    Err(linli.exec()).with_context(|| format!("{} could not be started", program.display()))
}

/// Finds out before minutes of building whether the address can be had.
fn check_address(address: SocketAddr) -> Result<()> {
    match TcpListener::bind(address) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "another program already listens on {address}. Stop it, or choose another address: \
             `cargo xtask demo --listen {}:{}`",
            address.ip(),
            address.port().checked_add(1).unwrap_or(8080),
        ),
        Err(error) => Err(error).with_context(|| format!("cannot listen on {address}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_use_is_told_with_the_next_one_to_try() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap();

        let sentence = check_address(address).unwrap_err().to_string();

        assert!(
            sentence.contains("another program already listens"),
            "{sentence}"
        );
    }
}
