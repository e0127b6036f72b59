//! A catalogue to begin with, for the demo, for tests and for a community that has none of its
//! own yet: what people report in a residential quarter, and who looks after it.

use kernel::events::CatalogueChanged;
use kernel::{CategoryId, HandlerId};
use platform::Tx;
use platform::db::StoreError;

use crate::routing::{Hours, Target};
use crate::store::{self, CategoryKind, HandlerKind, NewCategory, NewHandler, NewRule, Part};

/// A kind of matter that was set up.
#[derive(Clone, Copy, Debug)]
pub struct Basic {
    /// Its word in this file.
    pub code: &'static str,
    /// Which.
    pub id: CategoryId,
    /// Within how many minutes it is to be done.
    pub due_minutes: i64,
    /// Whether such matters are usually published.
    pub is_public: bool,
}

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

/// Code, thing or event, Chinese and English name.
type First = (
    &'static str,
    CategoryKind,
    &'static str,
    &'static str,
    &'static [Second],
);

struct Second {
    code: &'static str,
    name: [&'static str; 2],
    hint: [&'static str; 2],
    what_next: [&'static str; 2],
    due_hours: i64,
    is_public: bool,
    is_urgent: bool,
}

const fn second(
    code: &'static str,
    name: [&'static str; 2],
    hint: [&'static str; 2],
    due_hours: i64,
) -> Second {
    Second {
        code,
        name,
        hint,
        what_next: SENT_ON,
        due_hours,
        is_public: true,
        is_urgent: false,
    }
}

const SENT_ON: [&str; 2] = [
    "承办人会先联系您了解情况，再到现场办理，办完请您确认。",
    "Whoever handles it will hear you first, then come and see to it, and ask you to confirm.",
];
const QUIET: [&str; 2] = [
    "社区工作者会先单独联系您，您说的情况不会公开。",
    "A community worker will speak to you alone first. What you say stays private.",
];
const AT_ONCE: [&str; 2] = [
    "有危险请先打 110、119 或 120。网格员会尽快到场查看。",
    "In danger call 110, 119 or 120 first. The grid worker will come and see as soon as possible.",
];

const CATALOGUE: &[First] = &[
    (
        "light",
        CategoryKind::Component,
        "照明",
        "Lighting",
        &[
            second(
                "stair-lamp",
                ["楼道灯", "Stairwell lamp"],
                ["哪栋哪单元几楼", "Building, entrance, floor"],
                48,
            ),
            second(
                "street-lamp",
                ["路灯", "Street lamp"],
                ["在哪条路、靠近哪栋", "Which path, near which building"],
                72,
            ),
        ],
    ),
    (
        "water-power",
        CategoryKind::Component,
        "水电气",
        "Water, power, gas",
        &[
            second(
                "no-water",
                ["停水", "No water"],
                [
                    "从什么时候开始、一户还是一栋",
                    "Since when, one home or the whole building",
                ],
                12,
            ),
            second(
                "leak",
                ["漏水、管道", "Leak, pipes"],
                ["哪里漏、漏到谁家", "Where from and where to"],
                24,
            ),
            second(
                "no-power",
                ["停电", "No power"],
                [
                    "从什么时候开始、一户还是一栋",
                    "Since when, one home or the whole building",
                ],
                12,
            ),
            Second {
                is_urgent: true,
                what_next: AT_ONCE,
                ..second(
                    "gas",
                    ["燃气异味", "Smell of gas"],
                    [
                        "先开窗、关阀、到室外再打电话",
                        "Open windows, shut the valve, call from outside",
                    ],
                    2,
                )
            },
        ],
    ),
    (
        "safety",
        CategoryKind::Event,
        "安全隐患",
        "Safety",
        &[
            Second {
                is_urgent: true,
                what_next: AT_ONCE,
                ..second(
                    "fire-lane",
                    ["消防通道堵塞", "Blocked fire lane"],
                    ["哪个口、被什么堵住", "Which entrance, blocked by what"],
                    4,
                )
            },
            Second {
                is_urgent: true,
                what_next: AT_ONCE,
                ..second(
                    "charging",
                    ["电动车违规充电", "Unsafe charging of e-bikes"],
                    [
                        "飞线充电、楼道停放",
                        "Cables from windows, bikes on the stairs",
                    ],
                    8,
                )
            },
            second(
                "falling",
                ["高空抛物、坠物", "Things falling from above"],
                ["哪栋哪一侧、什么东西", "Which building and side, what fell"],
                24,
            ),
            second(
                "elevator",
                ["电梯故障", "Lift out of order"],
                [
                    "困人请先按轿厢警铃、打 119",
                    "If somebody is caught: alarm bell, then 119",
                ],
                8,
            ),
        ],
    ),
    (
        "clean",
        CategoryKind::Event,
        "环境卫生",
        "Cleanliness",
        &[
            second(
                "rubbish",
                ["垃圾清运", "Rubbish"],
                ["在哪里、堆了多久", "Where, for how long"],
                24,
            ),
            second(
                "stairs",
                ["楼道堆物", "Things left on the stairs"],
                ["哪栋哪单元几楼", "Building, entrance, floor"],
                48,
            ),
            second(
                "green",
                ["绿化养护", "Greenery"],
                ["枯枝、遮光、虫害", "Dead wood, shade, pests"],
                120,
            ),
            second(
                "pests",
                ["鼠虫、积水", "Rats, insects, puddles"],
                ["在哪里看到的", "Where you saw them"],
                72,
            ),
        ],
    ),
    (
        "order",
        CategoryKind::Event,
        "秩序与邻里",
        "Order and neighbours",
        &[
            second(
                "parking",
                ["停车", "Parking"],
                ["在哪里、影响到谁", "Where, whom it troubles"],
                48,
            ),
            second(
                "noise",
                ["噪声", "Noise"],
                ["什么声音、什么时段", "What noise, at what hours"],
                48,
            ),
            second(
                "dog",
                ["养犬", "Dogs"],
                ["不牵绳、粪便、吠叫", "Off the lead, dirt, barking"],
                72,
            ),
            Second {
                is_public: false,
                what_next: QUIET,
                ..second(
                    "neighbours",
                    ["邻里矛盾", "Quarrel between neighbours"],
                    [
                        "大概是什么事，不用写对方姓名",
                        "What about; no need to name anyone",
                    ],
                    72,
                )
            },
        ],
    ),
    (
        "care",
        CategoryKind::Event,
        "关爱与服务",
        "Care and services",
        &[
            Second {
                is_public: false,
                what_next: QUIET,
                ..second(
                    "elderly",
                    ["老人需要帮助", "An elderly person needs help"],
                    ["需要什么帮助", "What help is needed"],
                    48,
                )
            },
            Second {
                is_public: false,
                what_next: QUIET,
                ..second(
                    "hardship",
                    ["生活困难", "Hardship"],
                    [
                        "需要什么帮助，不用写细节",
                        "What help is needed, no details",
                    ],
                    72,
                )
            },
            second(
                "policy",
                ["政策咨询", "A question about rules"],
                ["想问什么", "What you would like to know"],
                72,
            ),
            second(
                "other",
                ["其他", "Something else"],
                ["说不清归哪类，我们来分", "Not sure? We will sort it"],
                72,
            ),
        ],
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
    let mut categories = Vec::new();
    for (sort, (code, kind, zh, en, below)) in (0_i64..).zip(CATALOGUE) {
        let first = NewCategory {
            parent: None,
            kind: *kind,
            code: (*code).to_owned(),
            name: [(*zh).to_owned(), (*en).to_owned()],
            hint: Default::default(),
            what_next: Default::default(),
            due_minutes: 72 * 60,
            is_public_default: true,
            is_urgent: false,
            sort,
        };
        let parent = store::insert_category(tx, &first).await?;
        let (due_minutes, is_public) = (first.due_minutes, first.is_public_default);
        categories.push(Basic {
            code,
            id: parent,
            due_minutes,
            is_public,
        });
        for (sort, one) in (0_i64..).zip(*below) {
            let new = NewCategory {
                parent: Some(parent),
                code: one.code.to_owned(),
                name: one.name.map(str::to_owned),
                hint: one.hint.map(str::to_owned),
                what_next: one.what_next.map(str::to_owned),
                due_minutes: one.due_hours * 60,
                is_public_default: one.is_public,
                is_urgent: one.is_urgent,
                sort,
                ..first.clone()
            };
            categories.push(Basic {
                code: one.code,
                id: store::insert_category(tx, &new).await?,
                due_minutes: new.due_minutes,
                is_public: new.is_public_default,
            });
        }
    }
    let community = tx.community();
    tx.emit(&CatalogueChanged {
        community,
        part: Part::Category.word().to_owned(),
    });
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
