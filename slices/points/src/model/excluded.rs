//! What no scheme may give points for (rule R6): belief, politics, family planning, informing on
//! others, giving up a complaint, voting a certain way, listening to publicity. Found by words, in
//! Chinese and English; what is found by mistake can be put in other words, what slips through is
//! for the assembly and for the notice to stop.

use kernel::words;

/// A subject that no scheme may pay for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Belief and worship.
    Belief,
    /// Political opinion and study.
    Politics,
    /// Having children or not.
    FamilyPlanning,
    /// Reporting other people.
    Informing,
    /// Taking back a complaint or a petition.
    WithdrawingComplaint,
    /// Voting, or voting a certain way.
    Voting,
    /// Attending or spreading publicity of Party or state.
    Publicity,
}

words!(Subject {
    Belief = "belief",
    Politics = "politics",
    FamilyPlanning = "family_planning",
    Informing = "informing",
    WithdrawingComplaint = "withdrawing_complaint",
    Voting = "voting",
    Publicity = "publicity",
});

/// Words of each subject, with a bar between them. English ones are whole words in lower case.
const WORDS: &[(Subject, &str)] = &[
    (
        Subject::Belief,
        "宗教|信教|基督|天主教|佛教|道教|伊斯兰|教堂|寺庙|寺院|清真寺|礼拜|祷告|祈祷|\
         烧香|拜佛|念经|诵经|信仰|脱教|退教|religion|religious|worship|church|temple|\
         mosque|prayer|faith|belief",
    ),
    (
        Subject::Politics,
        "政治学习|理论学习|政治立场|政治表现|政治觉悟|思想汇报|思想表现|党课|学习强国|\
         入党申请|申请入党|主题教育|political|politics|ideology|party lecture|\
         party study",
    ),
    (
        Subject::FamilyPlanning,
        "计划生育|计生|生育|二孩|三孩|二胎|三胎|独生子女|节育|避孕|绝育|孕检|\
         family planning|childbirth|birth control|contraception",
    ),
    (
        Subject::Informing,
        "举报|检举|揭发|告发|告密|监督邻居|随手拍违|曝光他人|盯防|informing on|\
         inform on|reporting neighbours|reporting neighbors|report neighbours|\
         report a neighbour|reporting others|denounce|whistleblowing",
    ),
    (
        Subject::WithdrawingComplaint,
        "撤诉|撤回投诉|撤销投诉|撤回信访|撤销信访|息访|息诉|罢访|不上访|不信访|不投诉|\
         放弃投诉|零上访|零投诉|withdraw a complaint|withdrawing a complaint|\
         withdrawing complaints|no complaints|no petition|not petitioning",
    ),
    (
        Subject::Voting,
        "投票|投赞成|赞成票|选举|拉票|表决|voting|vote|votes|election|ballot",
    ),
    (
        Subject::Publicity,
        "宣讲|宣传教育|政策宣传|理论宣传|党的宣传|转发|点赞|打卡学习|红色教育|\
         观看新闻联播|propaganda|publicity|like and share|party rally",
    ),
];

/// The subject that these words touch, if they touch one.
pub fn subject_of(said: &str) -> Option<Subject> {
    let folded = text::fold(said);
    let spaced: String = folded
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
    let english = format!(
        " {} ",
        spaced.split_whitespace().collect::<Vec<_>>().join(" ")
    );
    let chinese: String = folded
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let touches = |word: &str| {
        if word.is_ascii() {
            english.contains(&format!(" {word} "))
        } else {
            chinese.contains(word)
        }
    };
    WORDS
        .iter()
        .find(|(_, words)| words.split('|').any(touches))
        .map(|(subject, _)| *subject)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_scheme_may_pay_for_is_refused_in_both_languages() {
        let table = [
            ("参加教堂礼拜", Subject::Belief),
            ("Going to church", Subject::Belief),
            ("主动脱教并写保证", Subject::Belief),
            ("参加政治学习", Subject::Politics),
            ("学习 强国 每日积分", Subject::Politics),
            ("Political study evening", Subject::Politics),
            ("落实计划生育政策", Subject::FamilyPlanning),
            ("生育二孩奖励", Subject::FamilyPlanning),
            ("Family planning pledge", Subject::FamilyPlanning),
            ("举报邻居乱扔垃圾", Subject::Informing),
            ("检举违建", Subject::Informing),
            ("Reporting neighbours for litter", Subject::Informing),
            ("主动撤回投诉", Subject::WithdrawingComplaint),
            ("全年零上访", Subject::WithdrawingComplaint),
            ("Withdrawing a complaint", Subject::WithdrawingComplaint),
            ("投赞成票", Subject::Voting),
            ("参加选举", Subject::Voting),
            ("Vote for the plan", Subject::Voting),
            ("参加政策宣讲会", Subject::Publicity),
            ("转发公众号文章", Subject::Publicity),
            ("Attending publicity events", Subject::Publicity),
        ];

        for (words, subject) in table {
            assert_eq!(subject_of(words), Some(subject), "{words}");
        }
    }

    #[test]
    fn what_neighbours_do_for_each_other_passes() {
        let table = [
            "垃圾分类",
            "垃圾分类督导",
            "楼道清洁",
            "志愿服务",
            "志愿服务时长",
            "陪老人看病",
            "独居老人探访",
            "旧衣捐赠",
            "公共花园浇水",
            "社区议事会发言",
            "提出合理建议",
            "调解邻里纠纷",
            "教邻居用智能手机",
            "教会老人用手机",
            "加入党员志愿服务队",
            "垃圾分类宣传活动志愿者",
            "街道观影活动引导",
            "儿童托管",
            "义务理发",
            "家电义务维修",
            "消防通道清理",
            "非机动车规范停放",
            "参加社区运动会",
            "图书角整理",
            "献血",
            "反诈骗讲座志愿者",
            "Sorting waste",
            "Cleaning the stairwell",
            "Volunteering hour",
            "Devoted care for the garden",
            "Teaching neighbours to use a telephone",
            "Reporting a broken street lamp",
        ];

        for words in table {
            assert_eq!(subject_of(words), None, "{words}");
        }
    }
}
