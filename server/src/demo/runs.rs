//! Cuts a grid into micro-grids: a path that visits each of its cells once, cut where it makes the
//! pieces most alike. A piece of a path always hangs together.

use std::ops::Range;

use super::draw::Draw;
use super::mesh::{Cell, GRID_SIDE};

/// The fewest and the most dwellings of a micro-grid. Some stand empty, so that 33 dwellings are
/// at least 30 households.
const DWELLINGS: std::ops::RangeInclusive<usize> = 33..=100;
/// The cost of a piece outside [`DWELLINGS`]: more than any grid's worth of unevenness.
const OUTSIDE: usize = 10_000_000;

/// The cells of a square, given row by row, in the order in which one would mow it: there and
/// back. It starts at a corner and runs along the rows or the columns, as chance says.
pub fn there_and_back(square: &[Cell], draw: &mut Draw) -> Vec<Cell> {
    let (by_columns, flips_rows, flips_columns) = (
        draw.per_mille(500),
        draw.per_mille(500),
        draw.per_mille(500),
    );
    let flip = |n: usize, is_flipped: bool| if is_flipped { GRID_SIDE - 1 - n } else { n };
    (0..GRID_SIDE)
        .flat_map(|line| (0..GRID_SIDE).map(move |step| (line, flip(step, line % 2 == 1))))
        .map(|(line, step)| {
            if by_columns {
                (step, line)
            } else {
                (line, step)
            }
        })
        .map(|(row, column)| flip(row, flips_rows) * GRID_SIDE + flip(column, flips_columns))
        .filter_map(|position| square.get(position).copied())
        .collect()
}

/// Cuts a path into as many pieces of about the same weight as asked, or fewer when some piece
/// would be too light or too heavy for a micro-grid; in one piece when nothing else is possible.
pub fn even_runs(weights: &[usize], most: usize) -> Vec<Range<usize>> {
    (2..=most.min(weights.len()))
        .rev()
        .map(|count| cut(weights, count))
        .find(|(cost, _)| *cost < OUTSIDE)
        .map_or_else(
            || std::iter::once(0..weights.len()).collect(),
            |(_, runs)| runs,
        )
}

/// Cuts a path into `count` pieces so that the squares of their weights add up to the least, and
/// gives that sum: the linear partition by dynamic programming (Skiena 2008, "The Algorithm Design
/// Manual", 8.5), with the bounds of a micro-grid.
fn cut(weights: &[usize], count: usize) -> (usize, Vec<Range<usize>>) {
    let mut sums = vec![0];
    for weight in weights {
        sums.push(sums[sums.len() - 1] + weight);
    }
    let cost = |from: usize, to: usize| {
        let weight = sums[to] - sums[from];
        weight * weight
            + if DWELLINGS.contains(&weight) {
                0
            } else {
                OUTSIDE
            }
    };
    // An entry is the least cost of cutting the cells before it, and where the last cut lies.
    let mut layers = vec![
        (0..=weights.len())
            .map(|to| (cost(0, to), 0))
            .collect::<Vec<_>>(),
    ];
    for pieces in 1..count {
        let before = &layers[pieces - 1];
        let layer = (0..=weights.len())
            .map(|to| {
                let cuts = (pieces..to).map(|cut| (before[cut].0 + cost(cut, to), cut));
                cuts.min().unwrap_or((OUTSIDE * weights.len(), 0))
            })
            .collect();
        layers.push(layer);
    }
    let mut to = weights.len();
    let least = layers[layers.len() - 1][to].0;
    let mut runs: Vec<Range<usize>> = layers
        .iter()
        .rev()
        .map(|layer| {
            let run = layer[to].1..to;
            to = run.start;
            run
        })
        .collect();
    runs.reverse();
    (least, runs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::draw::Topic;

    #[test]
    fn a_path_visits_each_cell_once_and_steps_to_a_neighbour() {
        let square: Vec<Cell> = (0..16)
            .map(|n| Cell {
                column: n % 4,
                row: n / 4,
            })
            .collect();

        for seed in 0..16 {
            let path = there_and_back(&square, &mut Draw::of(seed, Topic::Ground));

            let mut visited = path.clone();
            visited.sort_by_key(|cell| (cell.row, cell.column));
            assert_eq!(visited, square);
            assert!(path.windows(2).all(|pair| {
                pair[0].column.abs_diff(pair[1].column) + pair[0].row.abs_diff(pair[1].row) == 1
            }));
        }
    }

    #[test]
    fn pieces_are_as_alike_as_they_can_be() {
        assert_eq!(
            even_runs(&[40, 10, 30, 45, 0, 50], 4),
            [0..1, 1..3, 3..4, 4..6]
        );
    }

    #[test]
    fn there_are_fewer_pieces_when_one_would_be_too_light() {
        assert_eq!(even_runs(&[40, 20, 20, 50], 4), [0..1, 1..3, 3..4]);
        let (light, empty) = (even_runs(&[5, 6], 2), even_runs(&[40, 0, 0], 1));
        assert_eq!((light.len(), light[0].clone()), (1, 0..2));
        assert_eq!((empty.len(), empty[0].clone()), (1, 0..3));
    }
}
