//! Registers as offices send them.

use encoding_rs::GB18030;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use sheets::{Limits, ReadError, Table, read};

use crate::fixtures::{XlsCell, ods, package, xls};

fn table(bytes: &[u8], name: &str) -> Table {
    read(bytes, name, Limits::default()).expect("a good file")
}

fn cells(table: &Table) -> Vec<Vec<&str>> {
    table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(String::as_str).collect())
        .collect()
}

#[test]
fn an_xlsx_register_comes_out_as_a_person_sees_it() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("空").expect("a name");
    let hidden = workbook.add_worksheet().set_hidden(true);
    hidden.write(0, 0, "隐藏").expect("in range");
    let sheet = workbook.add_worksheet();
    let date = Format::new().set_num_format("yyyy/m/d");
    sheet
        .merge_range(0, 0, 0, 4, "锦江社区居民登记表", &Format::new())
        .expect("in range");
    for (column, header) in (0..).zip(["姓名", "电话", "出生日期", "面积", "核对"]) {
        sheet.write(2, column, header).expect("in range");
    }
    sheet.write(3, 0, " 王秀英　").expect("in range");
    sheet.write(3, 1, 13_800_000_000_i64).expect("in range");
    let born = ExcelDateTime::from_ymd(1950, 3, 8).expect("a date");
    sheet
        .write_with_format(3, 2, &born, &date)
        .expect("in range");
    sheet.write(3, 3, 86.5).expect("in range");
    sheet
        .write_formula(3, 4, Formula::new("=1+2").set_result("3"))
        .expect("in range");
    sheet.write(5, 0, "李明").expect("in range");
    sheet
        .write_formula(5, 4, Formula::new("=NA()").set_result("#N/A"))
        .expect("in range");
    sheet.write_blank(40_000, 4, &date).expect("in range");
    let bytes = workbook.save_to_buffer().expect("memory");

    let table = table(&bytes, "名单.xlsx");

    assert_eq!(table.headers, ["姓名", "电话", "出生日期", "面积", "核对"]);
    assert_eq!(table.header_number, 3);
    assert_eq!(
        cells(&table),
        [
            ["王秀英", "13800000000", "1950-03-08", "86.5", "3"],
            ["李明", "", "", "", "#N/A"]
        ]
    );
    assert_eq!(
        table.rows.iter().map(|row| row.number).collect::<Vec<_>>(),
        [4, 6]
    );
}

#[test]
fn an_xls_register_is_read() {
    let bytes = xls(&[
        &[XlsCell::Text("姓名"), XlsCell::Text("电话")],
        &[XlsCell::Text("王秀英"), XlsCell::Number(13_800_000_000.0)],
    ]);

    let table = table(&bytes, "名单.xls");

    assert_eq!(table.headers, ["姓名", "电话"]);
    assert_eq!(cells(&table), [["王秀英", "13800000000"]]);
    assert_eq!(table.rows[0].number, 2);
}

#[test]
fn an_ods_register_is_read_with_its_repeats() {
    let bytes = ods(concat!(
        r#"<table:table-row><table:table-cell office:value-type="string"><text:p>姓名</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="string"><text:p>电话</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="string"><text:p>生日</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="string"><text:p>备注</text:p></table:table-cell></table:table-row>"#,
        r#"<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>"#,
        r#"<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation><text:p>王<text:span>秀</text:span>英</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="float" office:value="13800000000"><text:p>1.38E+10</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="date" office:date-value="1950-03-08"><text:p>50/3/8</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="string"><text:p>A&amp;B&#20108;<text:s text:c="2"/>c</text:p><text:p>d</text:p></table:table-cell></table:table-row>"#,
        r#"<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>同上</text:p></table:table-cell></table:table-row>"#,
        r#"<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>"#,
    ));

    let table = table(&bytes, "名单.ods");

    assert_eq!(
        cells(&table),
        [
            ["王秀英", "13800000000", "1950-03-08", "A&B二 c\nd"],
            ["同上", "同上", "", ""],
            ["同上", "同上", "", ""]
        ]
    );
    assert_eq!(
        table.rows.iter().map(|row| row.number).collect::<Vec<_>>(),
        [5, 6, 7]
    );
}

#[test]
fn csv_is_read_in_each_encoding_and_with_each_separator() {
    let text = "姓名,电话\n王秀英,13800000000\n";
    let utf16 = |text: &str| {
        [0xFF, 0xFE]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect()
    };
    let files: [(&str, Vec<u8>); 7] = [
        ("UTF-8", text.into()),
        ("UTF-8 with mark", format!("\u{FEFF}{text}").into()),
        ("GB18030", GB18030.encode(text).0.into_owned()),
        ("UTF-16", utf16(text)),
        ("CRLF", text.replace('\n', "\r\n").into()),
        ("semicolons", text.replace(',', ";").into()),
        ("tabs", text.replace(',', "\t").into()),
    ];
    for (name, bytes) in files {
        let table = table(&bytes, "");

        assert_eq!(table.headers, ["姓名", "电话"], "{name}");
        assert_eq!(cells(&table), [["王秀英", "13800000000"]], "{name}");
    }
}

#[test]
fn csv_rows_keep_the_number_that_a_spreadsheet_shows() {
    for line_end in ["\n", "\r\n"] {
        let text = "居民名单\n\n姓名,备注\n王秀英,\"两行,\n备注\"\n,\n李明,\n\n张伟,a"
            .replace('\n', line_end);

        let table = table(text.as_bytes(), "a.csv");

        assert_eq!(table.header_number, 3);
        assert_eq!(
            table.rows.iter().map(|row| row.number).collect::<Vec<_>>(),
            [4, 6, 8],
            "{line_end:?}"
        );
        assert_eq!(table.rows[0].cell(1), "两行,\n备注");
    }
}

#[test]
fn a_comma_inside_quotes_is_no_separator() {
    let table = table("姓名;地址\n王秀英;\"3栋,2单元\"\n".as_bytes(), "");

    assert_eq!(table.headers, ["姓名", "地址"]);
}

#[test]
fn a_name_s_ending_does_not_decide_the_format() {
    let bytes = xls(&[&[XlsCell::Text("姓名")]]);

    assert_eq!(table(&bytes, "名单.csv").headers, ["姓名"]);
}

#[test]
fn files_that_are_no_register_are_called_what_they_are() {
    let limits = Limits::default();
    for (bytes, error) in [
        (&b""[..], ReadError::NoContent),
        (b"\n,,\n", ReadError::NoContent),
        (
            b"<html><table><tr><td>a</td></tr></table>",
            ReadError::WebPage,
        ),
        (b"\x89PNG\r\n\x1a\n\0\0", ReadError::NotASheet),
        (b"\xFF\xFF\xFF\xFF", ReadError::Encoding),
        (
            &package(&[("word/document.xml", b"<w/>")]),
            ReadError::NotASheet,
        ),
        (
            &package(&[
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("content.xml", b"<a/>"),
            ]),
            ReadError::NotASheet,
        ),
        (&ods(""), ReadError::NoContent),
    ] {
        assert_eq!(read(bytes, "", limits), Err(error));
    }
}

#[test]
fn each_limit_refuses_the_whole_file() {
    let limits = Limits {
        max_bytes: 100,
        max_rows: 3,
        max_columns: 2,
        ..Limits::default()
    };
    for (text, error) in [
        (
            "a,b\n1,2\n3,4\n5,6\n",
            ReadError::TooManyRows { max_rows: 3 },
        ),
        (
            "a,b,c\n1,2,3\n",
            ReadError::TooManyColumns { max_columns: 2 },
        ),
        (&"x".repeat(101), ReadError::TooLarge { max_bytes: 100 }),
    ] {
        assert_eq!(read(text.as_bytes(), "", limits), Err(error));
    }
}
