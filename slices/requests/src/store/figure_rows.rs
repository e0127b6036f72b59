//! Which matters a [`Figure`] counts, once for the number and for the list behind it. All of the
//! request `r`.

use crate::figure::{Figure, STEPS};
use crate::model::HEAR_WITHIN;

/// Microseconds of a minute.
const MINUTE: i64 = 60_000_000;

/// Of those that came in here and did not leave by an exit.
const OURS: &str = "r.channel <> 'import' AND r.exit IS NULL";

/// Given to a party.
const GIVEN: &str = "r.channel <> 'import' AND r.exit IS NULL AND r.dispatched_at IS NOT NULL";

/// The time is still to be kept, as [`super::filter::IS_DUE`] says.
const RUNS: &str = super::filter::IS_DUE;

/// It ended "cannot be done now, and why": so does the last part of a lead that was not let go. The
/// state of the matter itself moves on when the requester is asked.
const HONEST: &str = "coalesce((SELECT l.state FROM dispatch l \
    WHERE l.community_id = r.community_id AND l.request_id = r.id AND l.role = 'lead' \
    AND l.state NOT IN ('released', 'withdrawn') ORDER BY l.id DESC LIMIT 1), '') = 'explained'";

/// A part of the leading party with a time that counts.
const PART: &str = "SELECT 1 FROM dispatch p WHERE p.community_id = r.community_id \
    AND p.request_id = r.id AND p.handler_id = r.handler_id \
    AND p.role IN ('lead', 'responsible') AND p.due_at IS NOT NULL \
    AND p.state NOT IN ('released', 'withdrawn', 'declined', 'waiting')";

/// The condition. `now` is a number, or the mark of a bound value.
pub(super) fn condition(figure: Figure, now: &str) -> String {
    let hear_within = HEAR_WITHIN.0 * MINUTE;
    let hearable =
        format!("(r.taken_up_at IS NOT NULL OR r.dispatched_at + {hear_within} < {now})");
    let due = format!(
        "r.exit IS NULL AND r.is_waiting = 0 AND (({RUNS} AND r.due_at < {now}) \
         OR (NOT {RUNS} AND r.answered_at IS NOT NULL))"
    );
    let part_due = format!(
        "r.exit IS NULL AND r.handler_id IS NOT NULL AND EXISTS ({PART} \
         AND (p.ended_at IS NOT NULL OR p.due_at < {now}))"
    );
    match figure {
        Figure::CameIn => "1 = 1".to_owned(),
        Figure::Imported => "r.channel = 'import'".to_owned(),
        Figure::Left => "r.channel <> 'import' AND r.exit IS NOT NULL".to_owned(),
        Figure::Ungiven => format!("{OURS} AND r.dispatched_at IS NULL"),
        Figure::Given => GIVEN.to_owned(),
        Figure::Early => format!("{GIVEN} AND NOT {hearable}"),
        Figure::Hearable => format!("{GIVEN} AND {hearable}"),
        Figure::Heard => {
            format!("{GIVEN} AND r.taken_up_at - r.dispatched_at <= {hear_within}")
        }
        Figure::Asked => format!("{GIVEN} AND r.reached IS NOT NULL"),
        Figure::Unreached => format!("{GIVEN} AND r.reached = 0"),
        Figure::Honest => format!("{GIVEN} AND r.reached = 1 AND {HONEST}"),
        Figure::Unsaid => {
            format!("{GIVEN} AND r.reached = 1 AND r.resolved IS NULL AND NOT {HONEST}")
        }
        Figure::Said => {
            format!("{GIVEN} AND r.reached = 1 AND r.resolved IS NOT NULL AND NOT {HONEST}")
        }
        Figure::Resolved => {
            format!("{GIVEN} AND r.reached = 1 AND r.resolved = 1 AND NOT {HONEST}")
        }
        Figure::Judged => format!("{GIVEN} AND r.reached = 1 AND r.satisfied IS NOT NULL"),
        Figure::Satisfied => format!("{GIVEN} AND r.reached = 1 AND r.satisfied = 1"),
        Figure::Due => due,
        Figure::InTime => {
            format!("{due} AND NOT {RUNS} AND r.answered_at <= r.due_at")
        }
        Figure::PartDue => part_due,
        Figure::PartInTime => format!(
            "{part_due} AND NOT EXISTS ({PART} AND ((p.ended_at IS NULL AND p.due_at < {now}) \
             OR p.ended_at > p.due_at))"
        ),
        Figure::Closed => "r.closed_at IS NOT NULL AND r.exit IS NULL".to_owned(),
    }
}

/// The names of the columns in which sums are kept: the words of the figures, then the closed ones
/// within each of the [`STEPS`].
pub(super) fn columns() -> Vec<String> {
    let figures = Figure::ALL.iter().map(|figure| figure.word().to_owned());
    let within = (0..STEPS.len()).map(|place| format!("within_{place}"));
    figures.chain(within).collect()
}

/// What each of [`columns`] sums, as expressions over many rows.
pub(super) fn sums(now: &str) -> Vec<String> {
    let sum = |condition: String| format!("sum(CASE WHEN {condition} THEN 1 ELSE 0 END)");
    let figures = Figure::ALL
        .iter()
        .map(|figure| sum(condition(*figure, now)));
    let closed = condition(Figure::Closed, now);
    let within = STEPS.iter().map(|step| {
        let span = step.0 * MINUTE;
        sum(format!(
            "{closed} AND r.closed_at - r.received_at <= {span}"
        ))
    });
    figures.chain(within).collect()
}

/// The first moments after now at which a time runs out by itself, so that a figure changes without an
/// act, each over many rows; null where there is none.
pub(super) fn run_out(now: &str) -> [String; 3] {
    let hear_within = HEAR_WITHIN.0 * MINUTE;
    let first = |condition: &str, moment: &str| {
        format!("min(CASE WHEN {condition} AND {moment} >= {now} THEN {moment} END)")
    };
    [
        first(
            "r.taken_up_at IS NULL AND r.exit IS NULL",
            &format!("(r.dispatched_at + {hear_within})"),
        ),
        first("r.state <> 'closed'", "r.due_at"),
        format!(
            "min(CASE WHEN r.state <> 'closed' THEN (SELECT min(p.due_at) FROM dispatch p \
             WHERE p.community_id = r.community_id AND p.request_id = r.id \
             AND p.ended_at IS NULL AND p.due_at >= {now}) END)"
        ),
    ]
}
