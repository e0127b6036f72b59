//! What is written can be read.

use proptest::prelude::*;
use sheets::{Cell, Limits, read, write_csv, write_xlsx};

const HEADERS: [&str; 4] = ["姓名", "人数", "面积", "日期"];

fn rows() -> Vec<Vec<Cell>> {
    vec![
        vec![
            Cell::Text("王秀英".into()),
            Cell::Integer(3),
            Cell::Decimal(86.5),
            Cell::Date {
                year: 2026,
                month: 11,
                day: 21,
            },
        ],
        vec![
            Cell::Text("=1+1".into()),
            Cell::Integer(-9_007_199_254_740_993),
            Cell::Decimal(f64::NAN),
        ],
    ]
}

#[test]
fn both_formats_come_back_as_they_went_out() {
    let files = [
        write_xlsx("名单", &HEADERS, rows()).expect("a small table"),
        write_csv(&HEADERS, rows()),
    ];
    for bytes in files {
        let table = read(&bytes, "", Limits::default()).expect("our own file");

        assert_eq!(table.headers, HEADERS);
        assert_eq!(table.rows[0].cells, ["王秀英", "3", "86.5", "2026-11-21"]);
        assert_eq!(table.rows[1].cells, ["=1+1", "-9007199254740993", "", ""]);
    }
}

proptest! {
    #[test]
    fn any_text_survives_a_csv(texts in proptest::collection::vec("[-=+@'a,;\"王\n ]{0,6}", 1..6)) {
        let cells = |text: &String| vec![Cell::Text("x".into()), Cell::Text(text.clone())];

        let bytes = write_csv(&["编号", "内容", "备注"], texts.iter().map(cells));
        let table = read(&bytes, "", Limits::default()).expect("our own file");

        for (row, text) in table.rows.iter().zip(&texts) {
            // An apostrophe that someone typed before a sign is taken for the guard.
            let expected = text.trim();
            prop_assert!(row.cell(1) == expected || row.cell(1) == expected.trim_start_matches('\'').trim());
        }
        prop_assert_eq!(table.rows.len(), texts.len());
    }
}
