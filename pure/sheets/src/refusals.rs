//! Columns that must never come in (promise 3, rule R12): the closed field list, held at the door.
//!
//! Personal Information Protection Law, arts 28–32, asks for a separate consent and a strict need for sensitive data;
//! a community's register has neither for these, so the column is refused by name, before anything is read from it.

use crate::headers::Header;
use crate::table::Table;

/// What a refused column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RefusedKind {
    /// Numbers of identity documents.
    NationalId,
    /// Ethnic group.
    Ethnicity,
    /// Belief.
    Religion,
    /// Political opinion, and Party membership, which lives only in the branch's own room.
    PoliticalOpinion,
    /// Illness, disability, medical records.
    Health,
    /// Income, hardship, bank accounts.
    Income,
    /// Faces, fingerprints, genes.
    Biometric,
    /// "Risk", "alert", record, credit or blacklist of a person.
    Risk,
}

/// A refused column and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its place, from 0.
    pub column: usize,
    /// Its header as written.
    pub header: String,
    /// What it holds.
    pub kind: RefusedKind,
    /// The row of the sheet whose cell gave it away; `None` if its header did.
    pub row: Option<u32>,
}

/// The columns of a table that must not be imported, in order. Known by their headers; national ID numbers also by
/// contents: one cell anywhere with a valid number (GB 11643 check digit), even inside a remark, refuses its column.
///
/// ```
/// use sheets::{Limits, RefusedKind, forbidden_columns, read};
///
/// let table = read("姓名,民族,备注\n王秀英,汉,11010519491231002X\n".as_bytes(), "", Limits::default())?;
/// let refused = forbidden_columns(&table);
/// assert_eq!((refused[0].kind, refused[0].row), (RefusedKind::Ethnicity, None));
/// assert_eq!((refused[1].kind, refused[1].row), (RefusedKind::NationalId, Some(2)));
/// # Ok::<(), sheets::ReadError>(())
/// ```
pub fn forbidden_columns(table: &Table) -> Vec<Refusal> {
    let refusal = |(column, header): (usize, &String)| {
        let by_header = kind_of_header(header).map(|kind| (kind, None));
        let by_contents =
            || row_with_national_id(table, column).map(|row| (RefusedKind::NationalId, Some(row)));
        let (kind, row) = by_header.or_else(by_contents)?;
        Some(Refusal {
            column,
            header: header.clone(),
            kind,
            row,
        })
    };
    table
        .headers
        .iter()
        .enumerate()
        .filter_map(refusal)
        .collect()
}

fn kind_of_header(header: &str) -> Option<RefusedKind> {
    let header = Header::of(header);
    REFUSED
        .iter()
        .find(|(_, terms)| terms.iter().any(|term| header.mentions(term)))
        .map(|(kind, _)| *kind)
}

fn row_with_national_id(table: &Table, column: usize) -> Option<u32> {
    let holds_one = |cell: &str| {
        // Most cells are too short to hold 17 digits; the search is for the rest.
        cell.len() >= 17
            && text::find_sensitive(cell)
                .iter()
                .any(|found| found.kind == text::Sensitive::NationalId)
    };
    table
        .rows
        .iter()
        .find(|row| holds_one(row.cell(column)))
        .map(|row| row.number)
}

/// Words of headers. Latin terms are whole words in lower case, Chinese ones stand anywhere in the header.
const REFUSED: [(RefusedKind, &[&str]); 8] = [
    (
        RefusedKind::NationalId,
        &[
            "身份证",
            "证件号",
            "公民身份",
            "身份号",
            "护照号",
            "户口本号",
            "社保卡号",
            "医保卡号",
            "id card",
            "idcard",
            "id no",
            "idno",
            "id number",
            "national id",
            "identity card",
            "identity number",
            "citizen id",
            "passport",
            "sfz",
            "sfzh",
        ],
    ),
    (
        RefusedKind::Ethnicity,
        &[
            "民族",
            "族别",
            "族裔",
            "种族",
            "ethnic",
            "ethnicity",
            "ethnic group",
            "race",
        ],
    ),
    (
        RefusedKind::Religion,
        &[
            "宗教",
            "信仰",
            "信教",
            "教派",
            "religion",
            "religious",
            "faith",
            "belief",
        ],
    ),
    (
        RefusedKind::PoliticalOpinion,
        &[
            "政治面貌",
            "政治倾向",
            "政治观点",
            "政治立场",
            "党派",
            "党员",
            "入党",
            "political",
            "politics",
            "party member",
        ],
    ),
    (
        RefusedKind::Health,
        &[
            "健康",
            "疾病",
            "患病",
            "病史",
            "病情",
            "病种",
            "病名",
            "慢性病",
            "慢病",
            "残疾",
            "残障",
            "失能",
            "精神状",
            "精神障碍",
            "传染病",
            "血型",
            "孕",
            "怀胎",
            "服药",
            "用药",
            "核酸",
            "疫苗",
            "health",
            "disease",
            "illness",
            "disability",
            "disabled",
            "medical",
            "medication",
            "blood type",
            "pregnant",
            "pregnancy",
        ],
    ),
    (
        RefusedKind::Income,
        &[
            "收入",
            "工资",
            "薪",
            "低保",
            "特困",
            "贫困",
            "困难家庭",
            "存款",
            "资产",
            "银行卡",
            "银行账",
            "银行帐",
            "income",
            "salary",
            "wage",
            "wages",
            "bank account",
            "bank card",
        ],
    ),
    (
        RefusedKind::Biometric,
        &[
            "指纹",
            "人脸",
            "面部",
            "虹膜",
            "声纹",
            "掌纹",
            "基因",
            "人像",
            "证件照",
            "fingerprint",
            "fingerprints",
            "face",
            "face id",
            "iris",
            "voiceprint",
            "dna",
            "biometric",
            "biometrics",
        ],
    ),
    (
        RefusedKind::Risk,
        &[
            "风险",
            "重点人",
            "重点对象",
            "重点关注",
            "信用分",
            "信用等级",
            "失信",
            "预警",
            "黑名单",
            "红黑",
            "前科",
            "犯罪",
            "吸毒",
            "涉毒",
            "刑满",
            "刑释",
            "矫正",
            "上访",
            "稳控",
            "risk",
            "alert",
            "blacklist",
            "criminal",
            "credit score",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Row;

    fn kind(header: &str) -> Option<RefusedKind> {
        kind_of_header(header)
    }

    #[test]
    fn each_kind_is_refused_by_name() {
        for (header, expected) in [
            ("身份证", RefusedKind::NationalId),
            ("身 份 证 号 码", RefusedKind::NationalId),
            ("证件号码", RefusedKind::NationalId),
            ("公民身份号码", RefusedKind::NationalId),
            ("编号（身份证）", RefusedKind::NationalId),
            ("ID Card", RefusedKind::NationalId),
            ("ＩＤ＿ＮＯ", RefusedKind::NationalId),
            ("民族", RefusedKind::Ethnicity),
            ("宗教信仰", RefusedKind::Religion),
            ("政治面貌", RefusedKind::PoliticalOpinion),
            ("是否党员", RefusedKind::PoliticalOpinion),
            ("健康状况", RefusedKind::Health),
            ("残疾证号", RefusedKind::Health),
            ("家庭月收入", RefusedKind::Income),
            ("是否低保", RefusedKind::Income),
            ("人脸照片", RefusedKind::Biometric),
            ("风险等级", RefusedKind::Risk),
            ("重点人员类别", RefusedKind::Risk),
            ("Risk level", RefusedKind::Risk),
        ] {
            assert_eq!(kind(header), Some(expected), "{header}");
        }
    }

    #[test]
    fn the_columns_of_a_plain_register_pass() {
        for header in [
            "序号",
            "姓名",
            "性别",
            "出生日期",
            "联系电话",
            "楼栋",
            "单元",
            "房号",
            "网格",
            "与户主关系",
            "入住日期",
            "备注",
            "技能",
            "name",
            "mobile",
            "surface",
            "trace",
            "",
        ] {
            assert_eq!(kind(header), None, "{header}");
        }
    }

    #[test]
    fn one_valid_number_among_the_cells_refuses_the_column() {
        let row = |number, cell: &str| Row {
            number,
            cells: vec!["王秀英".into(), cell.into()],
        };
        let table = Table {
            headers: vec!["姓名".into(), "编号".into()],
            header_number: 1,
            rows: vec![
                row(2, ""),
                row(3, "110105194912310021"),
                row(4, "证 11010519491231002x"),
            ],
        };

        let refused = forbidden_columns(&table);

        assert_eq!(
            refused,
            [Refusal {
                column: 1,
                header: "编号".into(),
                kind: RefusedKind::NationalId,
                row: Some(4)
            }]
        );
    }
}
