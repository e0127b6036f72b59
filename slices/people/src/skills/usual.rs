//! What neighbours can usually lend a hand with: the list that a community begins with.

use kernel::SkillId;
use uuid::Uuid;

use super::Skill;
use crate::store::skills::{Known, NewSkill};

/// Word, Chinese and English name, in the order of the page.
pub const SKILLS: &[NewSkill] = &[
    ("electrician", "电工", "Electrical work"),
    ("plumbing", "水暖维修", "Plumbing and heating"),
    ("carpentry", "木工泥瓦", "Carpentry and masonry"),
    ("moving", "搬运", "Carrying and moving"),
    ("driving", "驾驶", "Driving"),
    ("gardening", "园艺", "Gardening"),
    ("first-aid", "医护急救", "Nursing and first aid"),
    ("counselling", "心理疏导", "Listening and counselling"),
    ("law", "法律", "Law"),
    (
        "looking-after",
        "照看老人孩子",
        "Looking after children or elders",
    ),
    ("tutoring", "学业辅导", "Help with schoolwork"),
    ("computers", "手机电脑", "Phones and computers"),
    ("translation", "外语翻译", "Translating"),
    ("sign-language", "手语", "Sign language"),
    ("hair", "理发", "Cutting hair"),
    ("cooking", "做饭", "Cooking"),
    ("pictures", "摄影写作", "Photos and writing"),
];

/// The list as it will be once it is entered. Nobody offers any of it, and it has no ids yet.
pub fn shown() -> Vec<Known> {
    SKILLS
        .iter()
        .map(|(code, name_zh, name_en)| Known {
            skill: Skill {
                id: SkillId(Uuid::nil()),
                name_zh: (*name_zh).to_owned(),
                name_en: (*name_en).to_owned(),
            },
            code: (*code).to_owned(),
            since: None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_word_and_every_name_occurs_once() {
        for names in [
            SKILLS.iter().map(|skill| skill.0).collect::<BTreeSet<_>>(),
            SKILLS.iter().map(|skill| skill.1).collect(),
            SKILLS.iter().map(|skill| skill.2).collect(),
        ] {
            assert_eq!(names.len(), SKILLS.len());
        }
    }
}
