//! Min-cost flow in whole numbers: everything that stands at some nodes goes to the last node as cheaply as it can.
//!
//! Source: successive shortest paths with node potentials (Edmonds and Karp 1972; Ahuja, Magnanti, Orlin, *Network Flows*,
//! 1993, section 9.7). What stands at one node is sent after what stands at another, in any order; each search begins at
//! that node alone, stops at the end and follows nothing that is further, so that it sees a neighbourhood and not the whole
//! (as in Jonker and Volgenant, *A shortest augmenting path algorithm*, 1987).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

const NOTHING: usize = usize::MAX;
const FAR: i64 = i64::MAX;

/// Nodes and arcs. An arc and its way back are neighbours: arc `a` and arc `a ^ 1`.
#[derive(Debug)]
pub struct Network {
    nodes: Vec<Node>,
    arcs: Vec<Arc>,
    /// What the last search touched.
    touched: Vec<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    /// The latest arc out of it.
    latest: usize,
    potential: i64,
    distance: i64,
    is_settled: bool,
    came_by: usize,
}

#[derive(Clone, Copy, Debug)]
struct Arc {
    /// The arc before it, out of the same node.
    before: usize,
    to: usize,
    left: u32,
    cost: i64,
}

impl Network {
    /// So many nodes and no arc.
    pub fn with_nodes(nodes: usize) -> Self {
        let node = Node {
            latest: NOTHING,
            potential: 0,
            distance: FAR,
            is_settled: false,
            came_by: NOTHING,
        };
        Self {
            nodes: vec![node; nodes],
            arcs: Vec::new(),
            touched: Vec::new(),
        }
    }

    /// An arc through which so much can flow, at a cost for each unit that is not negative. Returns which it is.
    pub fn arc(&mut self, from: usize, to: usize, capacity: u32, cost: i64) -> usize {
        let arc = self.arcs.len();
        for (from, to, left, cost) in [(from, to, capacity, cost), (to, from, 0, -cost)] {
            let before = std::mem::replace(&mut self.nodes[from].latest, self.arcs.len());
            self.arcs.push(Arc {
                before,
                to,
                left,
                cost,
            });
        }
        arc
    }

    /// Whether anything flows through an arc.
    pub fn is_used(&self, arc: usize) -> bool {
        self.arcs[arc ^ 1].left > 0
    }

    /// Sends an amount from a node to the end as cheaply as it can, moving what was sent before where that is cheaper.
    /// Returns what the whole flow costs more for it. What finds no way stays.
    pub fn send(&mut self, from: usize, amount: u32) -> i64 {
        let (mut cost, mut left) = (0, amount);
        while left > 0 && self.look_for_path(from) {
            let (sent, each) = self.send_along(from, left);
            cost += each * i64::from(sent);
            left -= sent;
        }
        cost
    }

    fn end(&self) -> usize {
        self.nodes.len() - 1
    }

    /// Looks for the cheapest path to the end; `false` when there is none.
    fn look_for_path(&mut self, from: usize) -> bool {
        for node in self.touched.drain(..) {
            self.nodes[node].distance = FAR;
            self.nodes[node].is_settled = false;
        }
        let end = self.end();
        let mut waiting = BinaryHeap::from([Reverse((0, from))]);
        self.nodes[from].distance = 0;
        self.touched.push(from);
        while let Some(Reverse((distance, node))) = waiting.pop() {
            if self.nodes[node].is_settled {
                continue;
            }
            self.nodes[node].is_settled = true;
            if node == end {
                self.move_potentials(distance);
                return true;
            }
            let Node {
                latest, potential, ..
            } = self.nodes[node];
            let mut at = latest;
            while at != NOTHING {
                let arc = self.arcs[at];
                let to = self.nodes[arc.to];
                let through = distance + arc.cost + potential - to.potential;
                if arc.left > 0 && through < to.distance && through < self.nodes[end].distance {
                    if to.distance == FAR {
                        self.touched.push(arc.to);
                    }
                    self.nodes[arc.to].distance = through;
                    self.nodes[arc.to].came_by = at;
                    waiting.push(Reverse((through, arc.to)));
                }
                at = arc.before;
            }
        }
        false
    }

    /// Keeps the costs of all arcs, less the difference of their potentials, at zero or above: what was settled nearer than
    /// the end moves back by the difference.
    fn move_potentials(&mut self, end_distance: i64) {
        for node in &self.touched {
            let node = &mut self.nodes[*node];
            if node.is_settled {
                node.potential += node.distance - end_distance;
            }
        }
    }

    /// Sends along the path what fits through it, at most so much. Returns how much that is, and what each unit costs.
    fn send_along(&mut self, from: usize, most: u32) -> (u32, i64) {
        let step = |node: usize| {
            let arc = self.nodes[node].came_by;
            (node != from).then(|| (arc, self.arcs[arc ^ 1].to))
        };
        let path = std::iter::successors(step(self.end()), |(_, node)| step(*node));
        let path: Vec<usize> = path.map(|(arc, _)| arc).collect();
        let amount = path.iter().map(|arc| self.arcs[*arc].left).min();
        let amount = amount.unwrap_or(0).min(most);
        let mut cost = 0;
        for arc in path {
            self.arcs[arc].left -= amount;
            self.arcs[arc ^ 1].left += amount;
            cost += self.arcs[arc].cost;
        }
        (amount, cost)
    }
}
