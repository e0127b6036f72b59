//! The invented instances beside the repository, whose optimum several solvers agree on.

use std::path::{Path, PathBuf};
use std::time::Instant;

use matching::{Fit, Post, Roster, Volunteer, roster};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/matching")
}

/// The numbers of a file, line by line, or `None`, said loudly, where it is missing.
fn numbers(path: &Path) -> Option<Vec<Vec<u32>>> {
    match std::fs::read_to_string(path) {
        Ok(text) => {
            let number = |cell: &str| cell.trim().parse().expect("a number");
            let lines = text.lines().skip(1);
            Some(
                lines
                    .map(|line| line.split(',').map(number).collect())
                    .collect(),
            )
        }
        Err(error) => {
            eprintln!("SKIPPED: {} cannot be read: {error}", path.display());
            None
        }
    }
}

struct Instance {
    volunteers: Vec<Volunteer>,
    posts: Vec<Post>,
    fits: Vec<Fit>,
}

fn instance(folder: &Path) -> Option<Instance> {
    let volunteers = numbers(&folder.join("volunteers.csv"))?;
    let posts = numbers(&folder.join("posts.csv"))?;
    let edges = numbers(&folder.join("edges.csv"))?;
    let volunteer = |row: &Vec<u32>| Volunteer {
        shifts_max: row[1],
        hours_90: row[2],
    };
    let post = |row: &Vec<u32>| Post {
        slot: row[1],
        places: row[2],
        priority: u16::try_from(row[3]).expect("a small number"),
    };
    let fit = |row: &Vec<u32>| Fit {
        volunteer: row[0] as usize,
        post: row[1] as usize,
        metres: row[2],
    };
    Some(Instance {
        volunteers: volunteers.iter().map(volunteer).collect(),
        posts: posts.iter().map(post).collect(),
        fits: edges.iter().map(fit).collect(),
    })
}

fn drawn(name: &str, instance: &Instance, seed: u64) -> Roster {
    let begun = Instant::now();
    let roster = roster(&instance.volunteers, &instance.posts, &instance.fits, seed);
    eprintln!(
        "{name}: {} volunteers, {} posts, {} fits: cost {}, {} places, {:?}",
        instance.volunteers.len(),
        instance.posts.len(),
        instance.fits.len(),
        roster.cost,
        roster.places.len(),
        begun.elapsed()
    );
    roster
}

#[test]
fn the_roster_of_a_community_costs_what_several_solvers_found_to_be_the_least() {
    let Some(instance) = instance(&folder()) else {
        return;
    };

    for seed in [0, 20_261_121] {
        let roster = drawn("community", &instance, seed);

        assert_eq!((roster.cost, roster.places.len()), (-439_904_522, 239));
    }
}

#[test]
fn the_roster_of_a_district_costs_what_several_solvers_found_to_be_the_least() {
    let Some(instance) = instance(&folder().join("district")) else {
        return;
    };

    let roster = drawn("district", &instance, 0);

    assert_eq!(
        (roster.cost, roster.places.len()),
        (-23_163_397_803, 13_287)
    );
}
