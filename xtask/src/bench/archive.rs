//! A community with a long memory: the demo's requests and those of many years before, 100,000 in all, loaded through
//! `linli import requests`, to search in.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::filled::Copy;
use super::program::{Home, run_to_end};

/// Requests that are loaded beside the demo's 6,000.
const REQUESTS: usize = 94_000;
const MAPPING: &str = "zone = 'Asia/Shanghai'\ndate_format = '%Y-%m-%d %H:%M'\n[columns]\n\
    number = '编号'\nreceived = '时间'\nclosed = '办结'\ntitle = '标题'\nbody = '内容'\n\
    category = ['类别']\nplace = ['地点']\n";

/// Open requests that are loaded beside the demo's own.
const OPEN: usize = 100_000;
const OPEN_MAPPING: &str = "zone = 'Asia/Shanghai'\ndate_format = '%Y-%m-%d %H:%M'\npublish = true\n\
    [columns]\nnumber = '编号'\nreceived = '时间'\ntitle = '标题'\nbody = '内容'\n\
    category = ['大类', '小类']\nplace = ['地点']\nlon = '经度'\nlat = '纬度'\n";
/// Kinds of the demo, each with what is wrong.
pub const KINDS: [(&str, &str, &str); 5] = [
    ("照明", "楼道灯", "二楼楼道灯不亮"),
    ("照明", "路灯", "门口路灯一闪一闪"),
    ("水电气", "停水", "早上起来家里没有水"),
    ("环境卫生", "垃圾清运", "垃圾桶满了没人收"),
    ("秩序与邻里", "噪声", "楼上半夜装修"),
];
/// The middle of the demo's first community, degrees east and north.
const MIDDLE: (f64, f64) = (104.066, 30.655);
/// Places in a row; a place every 27 m or so.
const PLACES_IN_A_ROW: usize = 40;

/// A place of the square kilometre that all open requests lie in, degrees east and north.
pub fn place(n: usize) -> (f64, f64) {
    const APART: f64 = 0.000_25;
    let along = |n: usize| (n % PLACES_IN_A_ROW) as f64 - PLACES_IN_A_ROW as f64 / 2.0;
    (
        MIDDLE.0 + APART * along(n),
        MIDDLE.1 + APART * along(n / PLACES_IN_A_ROW),
    )
}

const ESTATES: [&str; 8] = [
    "锦江苑",
    "望江花园",
    "梧桐苑",
    "桂花巷小区",
    "翠竹园",
    "海棠里",
    "银杏家园",
    "玉兰坊",
];
/// What is wrong, each with words of its own: about as many different pairs of characters as real matters have.
const MATTERS: [&str; 24] = [
    "楼道灯不亮",
    "厨房下水道堵塞返水",
    "电梯停在三楼不动",
    "楼上装修噪音扰民",
    "垃圾清运不及时有异味",
    "消防通道停车堵住出口",
    "飞线充电拉到一楼窗外",
    "井盖松动车轮压过作响",
    "健身器材螺丝脱落",
    "单元门禁刷卡没有反应",
    "遛狗不牵绳吓到孩子",
    "广场舞音响晚上十点还在放",
    "行道树枝压到电线",
    "底商油烟直排居民窗口",
    "自来水停水没有提前通知",
    "屋面漏水墙皮大片脱落",
    "路灯杆倾斜",
    "快递柜占用绿地",
    "地下室积水发臭",
    "围墙开裂有砖块松动",
    "独居老人想要每周陪诊",
    "暑期托管班什么时候报名",
    "物业费收缴标准不透明",
    "老旧小区加装电梯意见不一",
];
const SINCE: [&str; 12] = [
    "昨天晚上开始",
    "已经三天了",
    "上周反映过一次",
    "每到下雨天就这样",
    "从国庆节前到现在",
    "一早一晚最明显",
    "好几户邻居都遇到",
    "台风过后更严重",
    "物业说在等配件",
    "换了两次还是坏",
    "半年里第三次",
    "今天早上发现",
];
const WISHES: [&str; 10] = [
    "麻烦派人来看看",
    "希望尽快修好",
    "请给个准确时间",
    "老人孩子进出不方便",
    "请社区协调一下",
    "担心出安全事故",
    "能不能先放个警示牌",
    "请电话联系我",
    "希望有人到现场",
    "盼望回复谢谢",
];

/// The demo with a long memory, as a copy that is removed when it is dropped.
pub fn fill(program: &Path, demo: &Home) -> Result<Copy> {
    eprintln!("loading {REQUESTS} past requests …");
    let copy = Copy::of(demo, "archive")?;
    load(program, &copy.home, MAPPING, &requests())?;
    Ok(copy)
}

/// Puts 100,000 open matters that are all published upon the demo in a home.
pub fn fill_with_open(program: &Path, demo: &Home) -> Result<()> {
    eprintln!("loading {OPEN} open requests …");
    load(program, demo, OPEN_MAPPING, &open_requests())
}

fn load(program: &Path, home: &Home, mapping_text: &str, rows: &str) -> Result<()> {
    let table = home.data.with_extension("csv");
    let mapping = home.data.with_extension("toml");
    fs::write(&table, rows)?;
    fs::write(&mapping, mapping_text)?;
    let text = |path: &Path| path.to_str().map(str::to_owned);
    let (table, mapping) = text(&table)
        .zip(text(&mapping))
        .context("the build folder's name is no text")?;
    let arguments = ["import", "requests", "--mapping", &mapping, &table];
    run_to_end(home.linli(program, &arguments), home)
        .context("the past requests were not loaded")?;
    Ok(())
}

/// A number far from those of its neighbours (splitmix64; Steele, Lea and Flood 2014).
fn scattered(n: usize) -> usize {
    let mut mixed = n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// The table, the same at each run.
fn requests() -> String {
    let mut table = "编号,时间,办结,标题,内容,类别,地点\n".to_owned();
    for n in 0..REQUESTS {
        let draw = |salt: usize, of: usize| scattered(n * 16 + salt) % of;
        let (matter, second) = (
            MATTERS[draw(1, MATTERS.len())],
            MATTERS[draw(2, MATTERS.len())],
        );
        let place = format!(
            "{}{}栋{}单元{}",
            ESTATES[draw(3, ESTATES.len())],
            draw(4, 30) + 1,
            draw(5, 4) + 1,
            (draw(6, 18) + 1) * 100 + draw(7, 4) + 1
        );
        let (since, wish) = (SINCE[draw(8, SINCE.len())], WISHES[draw(9, WISHES.len())]);
        let also = if n % 4 == 0 {
            format!("另外{second}。")
        } else {
            String::new()
        };
        let (year, month, day) = (2014 + n % 10, n / 10 % 12 + 1, n / 120 % 28 + 1);
        let at = format!("{year}-{month:02}-{day:02} {:02}:{:02}", 8 + n % 12, n % 60);
        writeln!(
            table,
            "A{n},{at},{year}-{month:02}-{day:02} 21:00,{matter},{place}{matter}，{since}，{wish}。{also},{},{place}",
            matter.chars().take(4).collect::<String>()
        )
        .expect("a text takes all that is written");
    }
    table
}

/// The table of open requests, the same at each run.
fn open_requests() -> String {
    let mut table = "编号,时间,标题,内容,大类,小类,地点,经度,纬度\n".to_owned();
    for n in 0..OPEN {
        let draw = |salt: usize, of: usize| scattered(n * 16 + salt) % of;
        let (above, kind, matter) = KINDS[draw(1, KINDS.len())];
        let at = draw(2, PLACES_IN_A_ROW * PLACES_IN_A_ROW);
        let (lon, lat) = place(at);
        let (since, wish) = (SINCE[draw(3, SINCE.len())], WISHES[draw(4, WISHES.len())]);
        let (month, day) = (draw(5, 10) + 1, draw(6, 28) + 1);
        writeln!(
            table,
            "O{n},2026-{month:02}-{day:02} {:02}:{:02},{matter}，{since},{since}，{wish}。,{above},\
             {kind},第{at}处,{lon:.6},{lat:.6}",
            8 + n % 12,
            n % 60
        )
        .expect("a text takes all that is written");
    }
    table
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn open_requests_are_many_and_lie_in_one_square_kilometre() {
        let table = open_requests();
        let (west, south) = place(0);
        let (east, north) = place(PLACES_IN_A_ROW * PLACES_IN_A_ROW - 1);

        assert_eq!(table.lines().count(), OPEN + 1);
        assert!((east - west) * 96_000.0 < 1_000.0);
        assert!((north - south) * 111_195.0 < 1_100.0);
    }

    #[test]
    fn past_requests_are_many_and_no_two_alike() {
        let table = requests();

        let rows: HashSet<&str> = table
            .lines()
            .skip(1)
            .filter_map(|row| row.split(',').nth(4))
            .collect();

        assert_eq!(table.lines().count(), REQUESTS + 1);
        assert!(
            rows.len() > REQUESTS * 9 / 10,
            "{} are different",
            rows.len()
        );
    }
}
