//! Why somebody was asked, as it is kept with the asking and told to them: never more exact than a
//! hundred metres, so that nothing leads back to a door.

use kernel::SkillId;
use matching::Reason;

/// A reason as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// They offer this skill.
    Skill(SkillId),
    /// They are free then.
    Free,
    /// They live near: so many metres, rounded up to hundreds.
    Near(u32),
    /// They have not been asked for so many days.
    NotAskedFor(u32),
    /// They have never been asked.
    NeverAsked,
    /// They have been there before.
    HelpedBefore,
}

impl From<Reason<SkillId>> for Why {
    fn from(reason: Reason<SkillId>) -> Self {
        match reason {
            Reason::HasSkill(skill) => Self::Skill(skill),
            Reason::FreeThen => Self::Free,
            Reason::Near { metres } => Self::Near(metres.div_ceil(100).max(1) * 100),
            Reason::NotAskedFor { days } => Self::NotAskedFor(days),
            Reason::NeverAsked => Self::NeverAsked,
            Reason::HelpedHereBefore => Self::HelpedBefore,
        }
    }
}

impl Why {
    /// Several as one text: `free near:300`.
    pub fn text(all: &[Self]) -> String {
        let words: Vec<String> = all.iter().map(|why| why.word()).collect();
        words.join(" ")
    }

    /// Those of a text; what cannot be read is left out.
    pub fn read(text: &str) -> Vec<Self> {
        text.split(' ').filter_map(Self::from_word).collect()
    }

    fn word(self) -> String {
        match self {
            Self::Skill(skill) => format!("skill:{skill}"),
            Self::Free => "free".to_owned(),
            Self::Near(metres) => format!("near:{metres}"),
            Self::NotAskedFor(days) => format!("rested:{days}"),
            Self::NeverAsked => "never".to_owned(),
            Self::HelpedBefore => "before".to_owned(),
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        let (kind, rest) = word.split_once(':').unwrap_or((word, ""));
        Some(match kind {
            "skill" => Self::Skill(rest.parse().ok()?),
            "free" => Self::Free,
            "near" => Self::Near(rest.parse().ok()?),
            "rested" => Self::NotAskedFor(rest.parse().ok()?),
            "never" => Self::NeverAsked,
            "before" => Self::HelpedBefore,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_was_said_can_be_read_again() {
        let all = [
            Why::Skill(SkillId(Uuid::from_u128(7))),
            Why::Free,
            Why::Near(300),
            Why::NotAskedFor(40),
            Why::NeverAsked,
            Why::HelpedBefore,
        ];

        assert_eq!(Why::read(&Why::text(&all)), all);
        assert_eq!(Why::read("near:far skill: tall free"), [Why::Free]);
        assert_eq!(Why::read(""), []);
    }

    #[test]
    fn a_distance_is_told_in_hundreds_of_metres() {
        let told = |metres| Why::from(Reason::Near { metres });

        assert_eq!(told(0), Why::Near(100));
        assert_eq!(told(201), Why::Near(300));
        assert_eq!(told(300), Why::Near(300));
    }
}
