//! The volunteers of a demo community, the posts that it keeps, and who has a place at them: 王秀英, the
//! neighbours who look after their own stairs, and others from house to house.

use std::collections::BTreeSet;

use super::neighbourhood::Neighbourhood;
use super::staff::Charge;

/// As many as J community has (S1).
const VOLUNTEERS: usize = 150;
/// Whoever is younger is at school.
const AGE_MIN: i16 = 18;

/// Times of a week at which one kind of volunteer is free, as bits from Monday morning.
const FREE: [u32; 6] = [
    0b000_000_001_001_001_001_001, // Mornings of working days: retired.
    0b000_000_010_010_010_010_010, // Afternoons of working days.
    0b111_111_000_000_000_000_000, // The weekend.
    0b100_100_100_100_100_100_100, // Evenings.
    0b001_001_000_000_000_000_000, // Weekend mornings.
    0b011_011_011_011_011_011_011, // By day, all week.
];

/// How far one likes to go, in metres; `None` is anywhere.
const REACH: [Option<u32>; 5] = [Some(500), Some(1_000), Some(300), None, Some(2_000)];

/// A post of a demo community.
#[derive(Debug)]
pub struct Post {
    /// What it is called.
    pub name: &'static str,
    /// What one does there.
    pub about: &'static str,
    /// Where.
    pub place: &'static str,
    /// When, as bits from Monday morning; 0 on call.
    pub slots: u32,
    /// How many are wanted at each time.
    pub places: u32,
    /// How long.
    pub minutes: u32,
    /// The Chinese name of a skill, or empty.
    pub skill: &'static str,
    /// From 0, usual, to 2, vital.
    pub weight: usize,
    /// Whom to turn to.
    pub contact: &'static str,
}

const fn post(
    (name, about, place): (&'static str, &'static str, &'static str),
    (slots, places, minutes): (u32, u32, u32),
    (skill, weight, contact): (&'static str, usize, &'static str),
) -> Post {
    Post {
        name,
        about,
        place,
        slots,
        places,
        minutes,
        skill,
        weight,
        contact,
    }
}

const SATURDAY_MORNING: u32 = 1 << 15;
const SATURDAY_AFTERNOON: u32 = 1 << 16;
const SUNDAY_MORNING: u32 = 1 << 18;
const SUNDAY_AFTERNOON: u32 = 1 << 19;
const WORKING_MORNINGS: u32 = FREE[0];
const WORKING_AFTERNOONS: u32 = FREE[1];
const TUESDAY_AND_FRIDAY_EVENING: u32 = 1 << 5 | 1 << 14;
const WEDNESDAY_AFTERNOON: u32 = 1 << 7;

/// The posts.
pub const POSTS: [Post; 20] = [
    post(
        (
            "共建花园浇水岗",
            "给共建花园浇水、捡枯叶，第一次来有人带。",
            "共建花园",
        ),
        (SATURDAY_MORNING | SUNDAY_MORNING, 3, 90),
        ("", 0, "花园管护小组"),
    ),
    post(
        (
            "小区东门文明引导岗",
            "早高峰帮着引导车辆和行人，提醒电动车下来推行。",
            "小区东门",
        ),
        (WORKING_MORNINGS, 2, 60),
        ("", 1, "社区服务站"),
    ),
    post(
        (
            "放学护学岗",
            "放学时在路口护送孩子过马路，穿好反光背心。",
            "实验小学门口",
        ),
        (WORKING_AFTERNOONS, 2, 60),
        ("", 2, "社区服务站"),
    ),
    post(
        (
            "长者食堂帮厨岗",
            "帮着择菜、打饭、收拾桌子。要先办健康证明，社区帮您联系。",
            "长者食堂",
        ),
        (WORKING_MORNINGS, 2, 120),
        ("做饭", 1, "长者食堂负责人"),
    ),
    post(
        (
            "给老人送餐岗",
            "把长者食堂的饭送到走不动的老人家里，顺便问声好。",
            "长者食堂",
        ),
        (WORKING_MORNINGS, 3, 60),
        ("", 2, "长者食堂负责人"),
    ),
    post(
        ("图书角值守岗", "整理书架，帮借书的人登记。", "社区图书角"),
        (SATURDAY_AFTERNOON | SUNDAY_AFTERNOON, 2, 120),
        ("", 0, "图书角小组"),
    ),
    post(
        (
            "学业辅导岗",
            "陪孩子写作业，答疑。两个人一组。",
            "社区活动室",
        ),
        (SATURDAY_MORNING, 3, 90),
        ("学业辅导", 0, "社区服务站"),
    ),
    post(
        (
            "智能手机小课堂助教岗",
            "一对一教老人用手机：挂号、视频、看诉求进度。",
            "社区活动室",
        ),
        (WEDNESDAY_AFTERNOON, 4, 90),
        ("手机电脑", 0, "社区服务站"),
    ),
    post(
        (
            "夜间巡楼岗",
            "和网格员一起走一圈，看楼道灯、消防通道。两个人一组。",
            "各楼栋",
        ),
        (TUESDAY_AND_FRIDAY_EVENING, 2, 60),
        ("", 1, "网格员"),
    ),
    post(
        (
            "垃圾分类指导岗",
            "早上在投放点，教大家怎么分。",
            "垃圾投放点",
        ),
        (WORKING_MORNINGS, 2, 60),
        ("", 0, "物业环境组"),
    ),
    post(
        (
            "周末大扫除岗",
            "一起清理楼道杂物、小广告。工具由社区准备。",
            "各楼栋",
        ),
        (SATURDAY_MORNING, 8, 120),
        ("", 0, "楼栋长"),
    ),
    post(
        (
            "便民理发岗",
            "给行动不便的老人理发，推剪自带或用社区的都行。",
            "社区活动室",
        ),
        (SUNDAY_MORNING, 2, 120),
        ("理发", 0, "社区服务站"),
    ),
    post(
        (
            "邻里电工岗",
            "帮老人换灯泡、查插座。大毛病交给物业。",
            "上门，两个人一起去",
        ),
        (0, 4, 60),
        ("电工", 1, "社区服务站"),
    ),
    post(
        (
            "水管应急岗",
            "家里漏水，物业没到之前帮着关阀、接水。",
            "上门，两个人一起去",
        ),
        (0, 3, 60),
        ("水暖维修", 1, "物业维修组"),
    ),
    post(
        (
            "陪诊岗",
            "陪独自看病的老人去医院，挂号、取药、送回家。",
            "社区医院",
        ),
        (0, 6, 180),
        ("", 1, "社区服务站"),
    ),
    post(
        (
            "法律咨询岗",
            "每周半天，听一听、指个路，不代理案件。",
            "社区服务站",
        ),
        (WEDNESDAY_AFTERNOON, 1, 120),
        ("法律", 0, "社区服务站"),
    ),
    post(
        (
            "手语帮办岗",
            "有听障居民来办事时到场，时间提前约。",
            "社区服务站",
        ),
        (0, 2, 60),
        ("手语", 0, "社区服务站"),
    ),
    post(
        (
            "社区活动摄影岗",
            "拍活动照片，只拍同意出镜的人。",
            "社区活动室",
        ),
        (SATURDAY_AFTERNOON, 2, 120),
        ("摄影写作", 0, "社区服务站"),
    ),
    post(
        (
            "议事会记录岗",
            "居民议事会上做记录，会后一起核对。",
            "社区议事厅",
        ),
        (1 << 17, 2, 120),
        ("", 0, "议事会召集人"),
    ),
    post(
        (
            "防汛值守岗",
            "大雨天在低洼处看水位，有情况打电话。",
            "3号下沉通道口",
        ),
        (0, 8, 180),
        ("", 2, "社区应急小组"),
    ),
];

/// Somebody who volunteers: where in the register, and which of [`FREE`] and [`REACH`] is theirs.
#[derive(Clone, Copy, Debug)]
pub struct Volunteer {
    /// Household and place in it.
    pub resident: (usize, usize),
    /// When they are free, as bits.
    pub free: u32,
    /// How far they like to go.
    pub reach_m: Option<u32>,
}

/// The volunteers: 王秀英 first, then those who look after their stairs, then one of every so many
/// households. The same for the same community.
pub fn volunteers(hood: &Neighbourhood, this_year: i16) -> Vec<Volunteer> {
    let staff = &hood.staff;
    let hers = staff
        .posts
        .get(staff.resident)
        .and_then(|post| post.resident);
    let heads = staff.posts.iter().filter_map(|post| {
        let looks_after = matches!(post.charge, Charge::MicroGrid(_));
        post.resident.filter(|_| looks_after)
    });
    let apart = (hood.households.len() / (VOLUNTEERS * 2)).max(1);
    let others = hood.households.iter().enumerate().step_by(apart);
    let others = others.filter_map(|(household, dwelling)| {
        let is_grown = |place: &usize| this_year - dwelling.people[*place].born.year() > AGE_MIN;
        let place = (0..dwelling.people.len()).rfind(is_grown)?;
        Some((household, place))
    });
    let half = VOLUNTEERS / 3;
    let mut seen = BTreeSet::new();
    let all = hers.into_iter().chain(heads.take(half)).chain(others);
    all.filter(|resident| seen.insert(*resident))
        .take(VOLUNTEERS)
        .enumerate()
        .map(|(number, resident)| Volunteer {
            resident,
            free: if number == 0 {
                FREE[5]
            } else {
                FREE[(number * 7 + number / 6) % FREE.len()]
            },
            reach_m: REACH[(number * 3) % REACH.len()],
        })
        .collect()
}

/// A place that a volunteer has: which post, which of [`volunteers`], which slot (`None` on call).
pub type Taken = (usize, usize, Option<u8>);

/// Who has which place: about half of them, each volunteer at one post or none.
pub fn taken(volunteers: &[Volunteer], offers: impl Fn(usize, &str) -> bool) -> Vec<Taken> {
    let mut taken = Vec::new();
    let mut is_free = vec![true; volunteers.len()];
    for (number, post) in POSTS.iter().enumerate() {
        let slots = (0..21).filter(|slot| post.slots >> slot & 1 == 1).map(Some);
        let times: Vec<Option<u8>> = if post.slots == 0 {
            vec![None]
        } else {
            slots.collect()
        };
        for (turn, slot) in times.into_iter().enumerate() {
            // Some times are full, some empty, most in between.
            let wanted = (post.places as usize * ((number + turn) % 4))
                .div_ceil(4)
                .min(post.places as usize);
            let suits = |(place, one): &(usize, &Volunteer)| {
                let is_then = slot.is_none_or(|slot| one.free >> slot & 1 == 1);
                is_free[*place] && is_then && (post.skill.is_empty() || offers(*place, post.skill))
            };
            // 王秀英 waters the garden on Saturdays.
            let found: Vec<usize> = volunteers
                .iter()
                .enumerate()
                .filter(suits)
                .map(|(place, _)| place)
                .take(wanted.max(usize::from(number == 0)))
                .collect();
            for place in found {
                is_free[place] = false;
                taken.push((number, place, slot));
            }
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_has_two_places_and_no_post_more_than_it_has() {
        let one = |number: usize| Volunteer {
            resident: (number, 0),
            free: FREE[number % FREE.len()],
            reach_m: None,
        };
        let volunteers: Vec<Volunteer> = (0..VOLUNTEERS).map(one).collect();

        let taken = taken(&volunteers, |place, _| place % 10 == 0);

        let people: BTreeSet<usize> = taken.iter().map(|(_, place, _)| *place).collect();
        assert_eq!(people.len(), taken.len());
        assert!(taken.len() > 30, "{}", taken.len());
        for (number, post) in POSTS.iter().enumerate() {
            for slot in (0..21).map(Some).chain([None]) {
                let here = taken.iter().filter(|one| (one.0, one.2) == (number, slot));
                assert!(here.count() <= post.places as usize, "{}", post.name);
            }
        }
    }
}
