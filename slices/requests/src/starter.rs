//! The kinds of matters to begin with: what people report in a residential quarter, with how long
//! each may take and what is said on the spot. A community that opens its doors takes them over
//! with one click and changes them as it likes.

use calendar::Measure;
use kernel::CategoryId;
use kernel::events::CatalogueChanged;
use platform::Tx;
use platform::db::StoreError;

use crate::store::{self, CategoryKind, NewCategory, Part};

/// A kind of matter that was set up.
#[derive(Clone, Copy, Debug)]
pub struct Basic {
    /// Its word in this file.
    pub code: &'static str,
    /// Which.
    pub id: CategoryId,
    /// Within how many minutes it is to be done, as its kind counts them.
    pub due_minutes: i64,
    /// Whether such matters are usually published.
    pub is_public: bool,
}

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
    /// Hours until it is to be done; whole days from 24 on.
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

/// What a day's work is counted as.
const WORKING_HOURS_A_DAY: i64 = 8;

/// How long a kind has: up to a day it is counted day and night, longer in working days.
const fn within(hours: i64) -> (Measure, i64) {
    if hours <= 24 {
        (Measure::Elapsed, hours * 60)
    } else {
        (Measure::Working, hours / 24 * WORKING_HOURS_A_DAY * 60)
    }
}

/// Sets up the usual kinds, both levels, in the order of the list.
pub async fn usual_categories(tx: &mut Tx) -> Result<Vec<Basic>, StoreError> {
    let mut categories = Vec::new();
    for (sort, (code, kind, zh, en, below)) in (0_i64..).zip(CATALOGUE) {
        let first = NewCategory {
            parent: None,
            kind: *kind,
            code: (*code).to_owned(),
            name: [(*zh).to_owned(), (*en).to_owned()],
            hint: Default::default(),
            what_next: Default::default(),
            due_minutes: 24 * 60,
            measure: Measure::Working,
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
            let (measure, minutes) = within(one.due_hours);
            let new = NewCategory {
                parent: Some(parent),
                code: one.code.to_owned(),
                name: one.name.map(str::to_owned),
                hint: one.hint.map(str::to_owned),
                what_next: one.what_next.map(str::to_owned),
                due_minutes: minutes,
                measure,
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
    Ok(categories)
}
