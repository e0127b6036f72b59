//! The outlines of buildings: slabs of entrances in a row, angles of two wings, towers, shops along
//! a street. Each is made in metres and shrunk, if it must be, until it stands well inside its cell.

use super::mesh::{Cell, Mesh, Spot};

/// A building stays this far from the border of its cell, so that streets remain between grids.
const CLEARANCE_M: f64 = 3.0;
/// An outline that still does not fit is made smaller by a tenth, at most so many times.
const SHRINKS_MAX: u32 = 12;

/// The form of a building on the ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// So many entrances in a row.
    Slab {
        /// Entrances.
        entrances: u8,
    },
    /// Two wings at a right angle.
    Angle,
    /// A tower with a notch at each corner.
    Tower,
    /// A low row along a street.
    Row,
    /// A plain house.
    Hall,
}

/// Where and how a building stands.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// The cell it stands in.
    pub cell: Cell,
    /// From 0 in the west of the cell to 1 in the east.
    pub u: f64,
    /// From 0 in the south of the cell to 1 in the north.
    pub v: f64,
    /// By how much it is turned against the streets, as a slope: metres north for each metre east.
    pub slope: f64,
    /// How large it is against the usual, about 1.
    pub size: f64,
}

/// The corners of a building, counter-clockwise, not closed.
pub fn corners(mesh: &Mesh, form: Form, standing: &Standing) -> Vec<Spot> {
    let middle = mesh.inside(standing.cell, standing.u, standing.v);
    let quad = mesh.quad(standing.cell);
    let place = |size: f64| -> Vec<Spot> {
        drawn(form)
            .iter()
            .map(|(x, y)| Spot {
                x: middle.x + (x - y * standing.slope) * size,
                y: middle.y + (y + x * standing.slope) * size,
            })
            .collect()
    };
    let mut size = standing.size;
    let mut corners = place(size);
    for _ in 0..SHRINKS_MAX {
        if corners.iter().all(|corner| is_inside(&quad, *corner)) {
            break;
        }
        size *= 0.9;
        corners = place(size);
    }
    corners
}

/// A form around the origin, in metres, counter-clockwise.
fn drawn(form: Form) -> Vec<(f64, f64)> {
    match form {
        Form::Slab { entrances } => rectangle(f64::from(entrances) * 14.5, 11.5),
        Form::Angle => vec![
            (-21.0, -15.0),
            (21.0, -15.0),
            (21.0, 15.0),
            (10.0, 15.0),
            (10.0, -4.0),
            (-21.0, -4.0),
        ],
        Form::Tower => vec![
            (-9.0, -12.0),
            (9.0, -12.0),
            (9.0, -9.0),
            (12.0, -9.0),
            (12.0, 9.0),
            (9.0, 9.0),
            (9.0, 12.0),
            (-9.0, 12.0),
            (-9.0, 9.0),
            (-12.0, 9.0),
            (-12.0, -9.0),
            (-9.0, -9.0),
        ],
        Form::Row => rectangle(38.0, 8.5),
        Form::Hall => rectangle(30.0, 19.0),
    }
}

fn rectangle(length: f64, depth: f64) -> Vec<(f64, f64)> {
    let (x, y) = (length / 2.0, depth / 2.0);
    vec![(-x, -y), (x, -y), (x, y), (-x, y)]
}

/// Whether a spot lies at least [`CLEARANCE_M`] to the left of every edge of a quad.
fn is_inside(quad: &[Spot; 4], spot: Spot) -> bool {
    (0..4).all(|number| {
        let (from, to) = (quad[number], quad[(number + 1) % 4]);
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let left_m = (dx * (spot.y - from.y) - dy * (spot.x - from.x)) / dx.hypot(dy);
        left_m >= CLEARANCE_M
    })
}
