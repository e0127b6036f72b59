//! The closed words of the register: each with its word in the database, its message, and the
//! words by which registers of other offices say it.

use serde::{Deserialize, Serialize};

/// A closed list of words.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $word:literal, $label:literal, [$($said:literal),*];)+ }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$item_doc])* $item,)+
        }

        impl $name {
            /// All of them, in the order in which forms show them.
            pub const ALL: &[Self] = &[$(Self::$item),+];

            /// The word in the database and the API.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$item => $word),+ }
            }

            /// The message that says it.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$item => $label),+ }
            }

            /// The one behind a stored word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|item| item.word() == word)
            }

            /// The one that a register of some office means.
            pub fn said(written: &str) -> Option<Self> {
                let written = text::fold(written.trim());
                let by: &[(Self, &[&str])] = &[$((Self::$item, &[$word, $($said),*])),+];
                by.iter()
                    .find(|(_, words)| words.contains(&written.as_str()))
                    .map(|(item, _)| *item)
            }
        }
    };
}

words! {
    /// Told, or unknown.
    Sex {
        /// 女.
        Female = "female", "people-sex-female", ["女", "女性", "f", "2"];
        /// 男.
        Male = "male", "people-sex-male", ["男", "男性", "m", "1"];
        /// Not told.
        Unknown = "unknown", "people-sex-unknown", ["", "未知", "不详", "未说明", "0", "9"];
    }
}

words! {
    /// To the head of the household.
    Relation {
        /// 户主.
        Head = "head", "people-relation-head", ["户主", "本人", "业主", "房主"];
        /// 配偶.
        Spouse = "spouse", "people-relation-spouse", ["配偶", "夫", "妻", "丈夫", "妻子", "爱人", "夫妻"];
        /// 子女.
        Child = "child", "people-relation-child", ["子女", "子", "女", "儿子", "女儿", "长子", "次子", "长女", "次女", "独生子", "独生女", "养子", "养女"];
        /// 儿媳、女婿.
        ChildInLaw = "child_in_law", "people-relation-child-in-law", ["儿媳", "女婿", "媳妇"];
        /// 父母.
        Parent = "parent", "people-relation-parent", ["父母", "父", "母", "父亲", "母亲", "公公", "婆婆", "岳父", "岳母"];
        /// 孙辈.
        Grandchild = "grandchild", "people-relation-grandchild", ["孙辈", "孙子", "孙女", "外孙", "外孙子", "外孙女", "孙"];
        /// 祖辈.
        Grandparent = "grandparent", "people-relation-grandparent", ["祖辈", "祖父", "祖母", "外祖父", "外祖母", "祖父母", "爷爷", "奶奶", "外公", "外婆"];
        /// 兄弟姐妹.
        Sibling = "sibling", "people-relation-sibling", ["兄弟姐妹", "兄", "弟", "姐", "妹", "哥哥", "弟弟", "姐姐", "妹妹"];
        /// Anything else.
        Other = "other", "people-relation-other", ["", "其他", "其它", "亲属", "其他亲属", "非亲属", "合租", "保姆", "租户", "租客"];
    }
}

words! {
    /// On what footing one lives here.
    Residence {
        /// 户籍在册.
        Registered = "registered", "people-residence-registered", ["户籍", "户籍在册", "户籍人口", "人户一致", "本地户籍", "户在人在"];
        /// 常住.
        Resident = "resident", "people-residence-resident", ["", "常住", "常住人口", "居住", "人户分离", "实际居住"];
        /// 租住.
        Tenant = "tenant", "people-residence-tenant", ["租住", "租户", "租客", "承租", "承租人", "租赁", "流动人口", "暂住"];
    }
}

words! {
    /// What one can consent to; each by itself (rule R16).
    Purpose {
        /// Being called or written to by the grid worker and the desk.
        Contact = "contact", "people-purpose-contact", [];
        /// Being seen in pictures of the community's doings.
        Photos = "photos", "people-purpose-photos", [];
        /// One's employer hearing of one's services.
        EmployerFeedback = "employer_feedback", "people-purpose-employer-feedback", [];
    }
}

impl Purpose {
    /// The version of the wording that is consented to today.
    pub const VERSION: i64 = 1;

    /// The sentence that is consented to.
    pub const fn wording(self) -> &'static str {
        match self {
            Self::Contact => "people-purpose-contact-wording",
            Self::Photos => "people-purpose-photos-wording",
            Self::EmployerFeedback => "people-purpose-employer-feedback-wording",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_offices_are_understood() {
        assert_eq!(Sex::said(" 女 "), Some(Sex::Female));
        assert_eq!(Sex::said("M"), Some(Sex::Male));
        assert_eq!(Relation::said("妻"), Some(Relation::Spouse));
        assert_eq!(Residence::said("流动人口"), Some(Residence::Tenant));
        assert_eq!(Sex::said("？"), None);
    }

    #[test]
    fn every_word_comes_back_from_the_database() {
        for relation in Relation::ALL {
            assert_eq!(Relation::from_word(relation.word()), Some(*relation));
        }
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::from_word(purpose.word()), Some(*purpose));
        }
    }
}
