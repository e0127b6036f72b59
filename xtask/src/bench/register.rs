//! Taking in a register of 20,000 residents from a spreadsheet, on top of the 20,000 that the demo has.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result};
use rust_xlsxwriter::Workbook;

use super::figures::{Figure, Table, Target, Unit};
use super::filled::Copy;
use super::program::{Home, run_to_end};

const RESIDENTS: usize = 20_000;
const SECONDS_MAX: f64 = 10.0;
const MEMORY_BYTES_MAX: f64 = 300e6;

const HEADERS: [&str; 7] = [
    "姓名",
    "性别",
    "出生日期",
    "联系电话",
    "住址",
    "与户主关系",
    "居住类型",
];
/// Names of two characters and rare, so that nobody here looks like somebody of the demo.
const SURNAMES: [&str; 8] = [
    "欧阳", "上官", "司马", "诸葛", "东方", "尉迟", "公孙", "慕容",
];
const GIVEN: &str = "安邦彬博才昌超成诚川达德栋恩帆方飞丰刚歌冠光国海涵翰航豪和恒宏鸿华辉嘉建健杰锦景静\
                     君俊凯康磊立良林龙明";

/// Measures the import into a copy of a filled system. A program that cannot import yet is told of, and that is all.
pub fn measure(program: &Path, filled: &Home) -> Result<Table> {
    let mut table = Table::new(
        "Import of 20,000 residents from XLSX",
        &["time", "memory at most"],
    );
    let is_there = filled
        .linli(program, &["import", "people", "--help"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?
        .success();
    if !is_there {
        table.note("not measured: this program has no `linli import people`");
        return Ok(table);
    }
    let file = filled.data.with_file_name("residents.xlsx");
    write(&file)?;
    let file = file
        .to_str()
        .context("the build folder's name is no text")?;
    let copy = Copy::of(filled, "import")?;
    let command = copy.home.linli(program, &["import", "people", file]);
    let finished = run_to_end(command, &copy.home).context("the residents were not taken in")?;
    table.row(
        "all rows, in one transaction",
        [
            Some(
                Figure::of(finished.took.as_secs_f64(), Unit::Seconds)
                    .wanted(Target::AtMost(SECONDS_MAX)),
            ),
            finished
                .memory_bytes_max
                .map(|bytes| Figure::of_bytes(bytes).wanted(Target::AtMost(MEMORY_BYTES_MAX))),
        ],
    );
    Ok(table)
}

fn write(file: &Path) -> Result<()> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let rows = std::iter::once(HEADERS.map(str::to_owned)).chain((0..RESIDENTS).map(resident));
    for (row, cells) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells) {
            sheet.write_string(row, column, cell)?;
        }
    }
    workbook
        .save(file)
        .with_context(|| format!("cannot write {}", file.display()))
}

/// The n-th resident: five people to two dwellings, 36 dwellings to an entrance, three entrances to a building.
fn resident(n: usize) -> [String; 7] {
    let given: Vec<char> = GIVEN.chars().collect();
    let first = given[n / SURNAMES.len() % given.len()];
    let second = given[n / SURNAMES.len() / given.len() % given.len()];
    let dwelling = n * 2 / 5;
    let is_head = n == 0 || (n - 1) * 2 / 5 != dwelling;
    let entrance = dwelling / 36;
    let (floor, door) = (dwelling % 36 / 2 + 1, dwelling % 2 + 1);
    [
        format!("{}{first}{second}", SURNAMES[n % SURNAMES.len()]),
        if n.is_multiple_of(2) { "女" } else { "男" }.to_owned(),
        format!("{}-{:02}-{:02}", 1940 + n % 80, n % 12 + 1, n % 28 + 1),
        format!("139{:08}", 10_000_000 + n),
        format!(
            "锦江苑{}栋{}单元{floor}{door:02}",
            entrance / 3 + 1,
            entrance % 3 + 1
        ),
        if is_head { "户主" } else { "子女" }.to_owned(),
        "常住".to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn residents_have_names_and_telephones_of_their_own_and_share_dwellings() {
        let all: Vec<_> = (0..RESIDENTS).map(resident).collect();
        let different = |column: usize| {
            let cells: HashSet<&String> = all.iter().map(|cells| &cells[column]).collect();
            cells.len()
        };
        let heads = all.iter().filter(|cells| cells[5] == "户主").count();

        assert_eq!(different(0), RESIDENTS);
        assert_eq!(different(3), RESIDENTS);
        assert_eq!(different(4), RESIDENTS * 2 / 5);
        assert_eq!(heads, RESIDENTS * 2 / 5);
    }
}
