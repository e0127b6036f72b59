//! `cargo xtask test`: every check and every test, on a fresh machine as on one's own.
//!
//! A step that fails does not stop the next: a person wants to hear of all faults at once. Builds are shared: the tests
//! and the browser journeys use the same crates with the same features, so that nothing is compiled twice for them.

use std::process::Command;

use anyhow::{Context, Result};
use clap::builder::{FalseyValueParser, PossibleValuesParser};

use crate::checkout::Checkout;
use crate::commands::show;
use crate::postgres::{Cluster, Durability};
use crate::prerequisites::{CHROMIUM, NODE, POSTGRESQL, PYTHON, Prerequisite, chromium};
use crate::report::Report;
use crate::{front_end, python, tidy};

/// What to test.
#[derive(clap::Args)]
pub struct Arguments {
    /// Only these steps, with what they need.
    #[arg(long, value_name = "NAME", num_args = 1.., value_parser = PossibleValuesParser::new(STEPS.map(|step| step.name)))]
    only: Vec<String>,
    /// On a machine that builds once and is thrown away.
    #[arg(long, env = "CI", hide = true, value_parser = FalseyValueParser::new())]
    ci: bool,
}

struct Step {
    name: &'static str,
    what: &'static str,
    needs: &'static [Need],
    run: fn(&Suite) -> Result<()>,
}

/// What must be set up before a step can run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    FrontEnd,
    PostgreSql,
    Chromium,
    Python,
}

const STEPS: [Step; 8] = [
    Step {
        name: "format",
        what: "rustfmt",
        needs: &[],
        run: |suite| suite.cargo(&["fmt", "--all", "--check"]),
    },
    Step {
        name: "web",
        what: "the front end's types and tests",
        needs: &[Need::FrontEnd],
        run: |suite| suite.check_web(),
    },
    Step {
        name: "tidy",
        what: "arrows, messages, licences, names",
        needs: &[],
        run: |suite| tidy::run(suite.checkout),
    },
    Step {
        name: "clippy",
        what: "lints of every crate",
        needs: &[Need::FrontEnd],
        run: |suite| {
            suite.cargo(&[
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ])
        },
    },
    Step {
        name: "build",
        what: "the program and its tests",
        needs: &[Need::FrontEnd],
        run: |suite| suite.build(),
    },
    Step {
        name: "test",
        what: "unit, property and slice tests, on SQLite and on PostgreSQL",
        needs: &[Need::FrontEnd, Need::PostgreSql],
        run: |suite| suite.test(),
    },
    Step {
        name: "e2e",
        what: "journeys through the browser",
        needs: &[Need::FrontEnd, Need::Chromium],
        run: |suite| suite.journeys(),
    },
    Step {
        name: "open311",
        what: "Open311 clients that other people wrote",
        needs: &[Need::FrontEnd, Need::Python],
        run: |suite| suite.open311(),
    },
];

/// Sets up, runs the steps, prints the summary. An error if any step did not pass.
pub fn run(checkout: &Checkout, arguments: &Arguments) -> Result<()> {
    let suite = Suite {
        checkout,
        ci: arguments.ci,
    };
    let chosen: Vec<&Step> = STEPS
        .iter()
        .filter(|step| {
            arguments.only.is_empty() || arguments.only.iter().any(|name| name == step.name)
        })
        .collect();

    let mut report = Report::begin();
    let mut unmet = Vec::new();
    for need in [
        Need::FrontEnd,
        Need::PostgreSql,
        Need::Chromium,
        Need::Python,
    ] {
        let is_wanted = chosen.iter().any(|step| step.needs.contains(&need));
        if is_wanted
            && !report.step(need.name(), "set up what the steps need", || {
                need.provide(checkout)
            })
        {
            unmet.push(need);
        }
    }
    for step in chosen {
        match step.needs.iter().find(|need| unmet.contains(need)) {
            Some(need) => {
                report.not_run(step.name, &format!("not run, it needs {}", need.name()));
            }
            None => {
                report.step(step.name, step.what, || (step.run)(&suite));
            }
        }
    }
    report.close()
}

impl Need {
    fn name(self) -> &'static str {
        match self {
            Self::FrontEnd => "front end",
            Self::PostgreSql => "PostgreSQL",
            Self::Chromium => "Chromium",
            Self::Python => "Python",
        }
    }

    fn provide(self, checkout: &Checkout) -> Result<()> {
        let provide = |prerequisite: Prerequisite| prerequisite.provide();
        match self {
            Self::FrontEnd => {
                provide(NODE)?;
                front_end::install(checkout, "web")?;
                front_end::build(checkout).map(drop)
            }
            Self::PostgreSql => provide(POSTGRESQL),
            Self::Chromium => {
                provide(NODE)?;
                provide(CHROMIUM)?;
                front_end::install(checkout, "e2e").map(drop)
            }
            Self::Python => {
                provide(PYTHON)?;
                python::install(checkout)
            }
        }
    }
}

struct Suite<'a> {
    checkout: &'a Checkout,
    ci: bool,
}

impl Suite<'_> {
    fn cargo(&self, arguments: &[&str]) -> Result<()> {
        show(&mut self.cargo_command(arguments))
    }

    fn cargo_command(&self, arguments: &[&str]) -> Command {
        let mut command = self.checkout.cargo(arguments);
        if self.ci {
            // Incremental files cost time and disk, and pay off only in a second build.
            command.env("CARGO_INCREMENTAL", "0");
        }
        command
    }

    fn check_web(&self) -> Result<()> {
        let mut npm = self.checkout.command("npm");
        show(
            npm.args(["run", "check"])
                .current_dir(self.checkout.root().join("web")),
        )
    }

    /// Builds the tests and the program in one go: with the tests' features for both, nothing is built twice.
    fn build(&self) -> Result<()> {
        self.cargo(&["build", "--workspace", "--tests", "--bin", "linli"])
    }

    fn test(&self) -> Result<()> {
        let cluster = Cluster::start(Durability::None)?;
        show(
            self.cargo_command(&["test", "--workspace", "--no-fail-fast"])
                .env("TEST_PG", cluster.url()),
        )
    }

    fn journeys(&self) -> Result<()> {
        self.build()?;
        let browser = chromium().context("Chromium is missing")?;
        let mut npm = self.checkout.command("npm");
        npm.args(["test"])
            .current_dir(self.checkout.root().join("e2e"))
            .env("LINLI_PROGRAM", self.checkout.target().join("debug/linli"))
            .env("LINLI_CHROMIUM", browser);
        show(&mut npm)
    }

    /// Their clients speak with the demo of the program that was just built.
    fn open311(&self) -> Result<()> {
        self.build()?;
        let mut clients = self.checkout.command(&python::program(self.checkout));
        clients
            .args(["-m", "unittest", "-v", "test_clients"])
            .current_dir(self.checkout.root().join(python::FOLDER))
            // Nothing is left beside the sources.
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("LINLI_PROGRAM", self.checkout.target().join("debug/linli"));
        show(&mut clients)
    }
}
