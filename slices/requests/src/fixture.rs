//! A catalogue for tests: the usual kinds of matters, and invented parties who look after them.

mod many;
mod theme;

pub use many::{multiply, multiply_clocks};
pub use theme::ATheme;

use kernel::events::CatalogueChanged;
use kernel::{CategoryId, HandlerId};
use platform::Tx;
use platform::db::StoreError;

use crate::routing::{Hours, Target};
use crate::starter::{Basic, usual_categories};
use crate::store::{self, HandlerKind, NewHandler, NewRule, Part};

/// What was set up, in the order of the lists in this file.
#[derive(Clone, Debug)]
pub struct Basics {
    /// Both levels.
    pub categories: Vec<Basic>,
    /// Desk, property company, water, power, urban management, volunteers.
    pub handlers: Vec<HandlerId>,
}

impl Basics {
    /// The category of this code.
    ///
    /// # Panics
    /// When this file has no such code.
    pub fn category(&self, code: &str) -> CategoryId {
        let found = self.categories.iter().find(|one| one.code == code);
        found.expect("the code stands in this file").id
    }
}

const HANDLERS: [(&str, HandlerKind, &str, &str); 6] = [
    (
        "社区综合窗口",
        HandlerKind::Desk,
        "028-85550100",
        "周一至周五在岗，晚上有值班电话",
    ),
    (
        "锦江苑物业",
        HandlerKind::Property,
        "028-85550111",
        "维修组 24 小时值班",
    ),
    (
        "供水公司",
        HandlerKind::Department,
        "028-85550122",
        "抢修 24 小时",
    ),
    ("供电公司", HandlerKind::Department, "95598", "抢修 24 小时"),
    (
        "街道综合行政执法队",
        HandlerKind::Department,
        "028-85550133",
        "占道、噪声、违建",
    ),
    (
        "锦绣志愿队",
        HandlerKind::Volunteer,
        "",
        "清扫、陪伴、小修小补",
    ),
];

/// Which codes go to which handler (its place in [`HANDLERS`]) by the dispatch table.
const RULES: &[(&str, Hours, Option<usize>)] = &[
    ("gas", Hours::Any, None),
    ("no-water", Hours::Any, Some(2)),
    ("no-power", Hours::Any, Some(3)),
    ("fire-lane", Hours::Any, None),
    ("charging", Hours::Any, None),
    ("light", Hours::Any, Some(1)),
    ("leak", Hours::Any, Some(1)),
    ("elevator", Hours::Any, Some(1)),
    ("rubbish", Hours::Any, Some(1)),
    ("green", Hours::Any, Some(1)),
    ("parking", Hours::Working, Some(1)),
    ("noise", Hours::Off, Some(4)),
    ("stairs", Hours::Any, None),
    ("pests", Hours::Any, Some(1)),
    ("policy", Hours::Working, Some(0)),
];

/// Sets up categories and handlers, and no dispatch table.
pub async fn basics(tx: &mut Tx) -> Result<Basics, StoreError> {
    let mut handlers = Vec::new();
    for (name, kind, phone, note) in HANDLERS {
        let (name, phone, note) = (name.to_owned(), phone.to_owned(), note.to_owned());
        handlers.push(
            store::insert_handler(
                tx,
                &NewHandler {
                    name,
                    kind,
                    phone,
                    note,
                },
            )
            .await?,
        );
    }
    let categories = usual_categories(tx).await?;
    let community = tx.community();
    tx.emit(&CatalogueChanged {
        community,
        part: Part::Handler.word().to_owned(),
    });
    Ok(Basics {
        categories,
        handlers,
    })
}

/// Sets up the dispatch table that goes with [`basics`].
pub async fn dispatch_table(tx: &mut Tx, basics: &Basics) -> Result<(), StoreError> {
    for (position, (code, hours, handler)) in (0_i64..).zip(RULES) {
        let target = handler.map_or(Target::GridWorker, |place| {
            Target::Handler(basics.handlers[place])
        });
        let category = Some(basics.category(code));
        let rule = NewRule {
            position,
            category,
            area: None,
            hours: *hours,
            target,
        };
        store::insert_rule(tx, &rule).await?;
    }
    let community = tx.community();
    tx.emit(&CatalogueChanged {
        community,
        part: Part::Rule.word().to_owned(),
    });
    Ok(())
}
