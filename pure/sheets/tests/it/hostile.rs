//! Files that are cut off, damaged, or made to harm: a clear error within bounds, never a panic or a hang.

use std::io::Write;
use std::sync::LazyLock;

use proptest::prelude::*;
use sheets::{Format, Limits, ReadError, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::fixtures::{
    XlsCell, compound_file, dimensions, ods, package, raw_ods, raw_xlsx, record, workbook_stream,
    xls,
};

fn refusal(bytes: &[u8]) -> ReadError {
    read(bytes, "", Limits::default()).expect_err("a hostile file")
}

fn is_damaged(bytes: &[u8], expected: Format) -> bool {
    matches!(refusal(bytes), ReadError::Damaged { format, .. } if format == expected)
}

#[test]
fn a_zip_bomb_is_refused_by_its_declared_size() {
    let sheet = vec![b' '; 2 << 20];
    let bytes = package(&[
        ("xl/workbook.xml", b"<a/>"),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]);
    let limits = Limits {
        max_unpacked_bytes: 1 << 20,
        ..Limits::default()
    };

    assert!(bytes.len() < 10_000);
    assert_eq!(
        read(&bytes, "", limits),
        Err(ReadError::UnpacksTooLarge { max_bytes: 1 << 20 })
    );
}

#[test]
fn a_zip_bomb_that_lies_about_its_size_is_refused_too() {
    let honest = vec![b' '; 2 << 20];
    let mut bytes = package(&[
        ("xl/workbook.xml", b"<a/>"),
        ("xl/worksheets/sheet1.xml", &honest),
    ]);
    let size = u32::try_from(honest.len()).expect("small").to_le_bytes();
    let places: Vec<usize> = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, four)| *four == size)
        .map(|(at, _)| at)
        .collect();
    for at in &places {
        bytes[*at..at + 4].copy_from_slice(&100u32.to_le_bytes());
    }
    let limits = Limits {
        max_unpacked_bytes: 1 << 20,
        ..Limits::default()
    };

    assert!(!places.is_empty());
    assert!(matches!(
        read(&bytes, "", limits),
        Err(ReadError::UnpacksTooLarge { .. }
            | ReadError::Damaged {
                format: Format::Xlsx,
                ..
            })
    ));
}

#[test]
fn a_protected_part_asks_for_the_password_to_be_taken_off() {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer
        .start_file("xl/workbook.xml", SimpleFileOptions::default())
        .expect("a fresh name");
    writer.write_all(b"<a/>").expect("memory");
    let mut bytes = writer.finish().expect("memory").into_inner();
    // The flag "encrypted" in the directory and before the part.
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = bytes
            .windows(4)
            .position(|four| four == signature)
            .expect("a header");
        bytes[at + flags] |= 1;
    }

    assert_eq!(refusal(&bytes), ReadError::Password);
}

#[test]
fn a_lone_cell_at_the_end_of_a_million_rows_costs_one_row() {
    let bytes = raw_xlsx(
        r#"<row r="1"><c r="A1" t="str"><v>姓名</v></c></row><row r="1048576"><c r="A1048576" t="str"><v>王秀英</v></c></row>"#,
    );

    let table = read(&bytes, "", Limits::default()).expect("an odd but good file");

    assert_eq!(table.rows.len(), 1);
    assert_eq!(table.rows[0].number, 1_048_576);
}

#[test]
fn a_cell_far_to_the_right_is_refused() {
    let bytes = raw_xlsx(r#"<row r="1"><c r="XFD1" t="str"><v>x</v></c></row>"#);

    assert_eq!(
        refusal(&bytes),
        ReadError::TooManyColumns { max_columns: 100 }
    );
}

#[test]
fn a_cell_reference_that_overflows_is_an_error() {
    // In a debug build the decoder panics on this; in a release build the number wraps around.
    for reference in ["AAAAAAAAAAAA1", "A99999999999", "A0", "Ä1"] {
        let bytes = raw_xlsx(&format!(
            r#"<row r="1"><c r="{reference}" t="str"><v>x</v></c></row>"#
        ));

        let result = read(&bytes, "", Limits::default());

        assert!(
            result.is_err() || !cfg!(debug_assertions),
            "{reference}: {result:?}"
        );
    }
}

#[test]
fn one_long_text_in_many_cells_meets_the_limit() {
    let row = format!("<c t=\"str\"><v>{}</v></c>", "字".repeat(10_000)).repeat(50);
    let bytes = raw_xlsx(&format!("<row>{row}</row>").repeat(10));
    let limits = Limits {
        max_unpacked_bytes: 4 << 20,
        ..Limits::default()
    };

    assert_eq!(
        read(&bytes, "", limits),
        Err(ReadError::UnpacksTooLarge { max_bytes: 4 << 20 })
    );
}

#[test]
fn an_ods_cut_off_inside_a_table_is_damaged() {
    for content in [
        r#"<office:document-content><table:table table:name="a"><table:table-row>"#,
        r#"<office:document-content><table:table table:name="a"><table:table-row><table:table-cell><office:annotation>"#,
        "<office:document-content><table:table>",
    ] {
        assert!(
            is_damaged(&raw_ods(content.as_bytes()), Format::Ods),
            "{content}"
        );
    }
}

#[test]
fn an_ods_that_repeats_a_cell_a_billion_times_meets_a_limit() {
    let row = |rows: &str, columns: &str| {
        ods(&format!(
            r#"<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string" table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell></table:table-row>"#
        ))
    };

    assert_eq!(
        refusal(&row("4000000000", "1")),
        ReadError::TooManyRows { max_rows: 50_000 }
    );
    assert_eq!(
        refusal(&row("1", "4000000000")),
        ReadError::TooManyColumns { max_columns: 100 }
    );
    assert!(is_damaged(&row("99999999999", "1"), Format::Ods));
}

#[test]
fn an_xls_that_claims_terabytes_is_damaged() {
    let mut stream = workbook_stream(&[&[XlsCell::Text("姓名")]]);
    let honest = record(0x0200, &dimensions(0, 1, 0, 1));
    let at = stream
        .windows(honest.len())
        .position(|window| window == honest)
        .expect("the dimensions");
    for claim in [
        dimensions(0, 0xFFFF_FFFF, 0, 0xFFFF),
        dimensions(9, 1, 0, 1),
        dimensions(0, 65_536, 0, 0xFFFF),
    ] {
        stream[at..at + honest.len()].copy_from_slice(&record(0x0200, &claim));

        assert!(is_damaged(&compound_file(&stream), Format::Xls));
    }
}

#[test]
fn an_xls_whose_sectors_run_in_a_circle_is_damaged() {
    let good = xls(&[&[XlsCell::Text("姓名")]]);
    // The FAT is the first sector: entry 1 is the directory, entry 2 the first of the stream.
    for entry in [1usize, 2] {
        let mut bytes = good.clone();
        let at = 512 + entry * 4;
        bytes[at..at + 4].copy_from_slice(&u32::try_from(entry).expect("small").to_le_bytes());

        assert!(is_damaged(&bytes, Format::Xls), "entry {entry}");
    }
}

#[test]
fn an_xls_sheet_beyond_the_end_of_its_stream_is_damaged() {
    let mut stream = workbook_stream(&[&[XlsCell::Text("姓名")]]);
    let at = stream
        .windows(4)
        .position(|four| four == [0x85, 0, 9, 0])
        .expect("the sheet's record")
        + 4;
    stream[at..at + 4].copy_from_slice(&0x7FFF_FFFFu32.to_le_bytes());

    assert!(is_damaged(&compound_file(&stream), Format::Xls));
}

#[test]
fn an_xls_record_without_its_content_is_damaged() {
    let mut stream = workbook_stream(&[&[XlsCell::Text("姓名")]]);
    // A code page record of no bytes, before all others: the decoder reads two bytes of it and panics.
    stream.splice(0..0, record(0x0042, &[]));

    assert!(is_damaged(&compound_file(&stream), Format::Xls));
}

/// One small good file of each format.
static SAMPLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let row = vec![
        sheets::Cell::Text("王秀英".into()),
        sheets::Cell::Integer(1),
    ];
    vec![
        sheets::write_xlsx("名单", &["姓名", "电话"], [row]).expect("a small table"),
        raw_xlsx(
            r#"<row r="1"><c r="A1" t="str"><v>姓名</v></c><c r="B1"><f>1+1</f><v>2</v></c></row>"#,
        ),
        ods(
            r#"<table:table-row><table:table-cell office:value-type="string"><text:p>姓名</text:p></table:table-cell></table:table-row>"#,
        ),
        xls(&[
            &[XlsCell::Text("姓名"), XlsCell::Text("电话")],
            &[XlsCell::Text("王秀英"), XlsCell::Number(1.5)],
        ]),
        "姓名,电话\n\"王秀英\",1\n".into(),
    ]
});

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_file_cut_off_anywhere_is_safe(sample in 0usize..5, share in 0.0..1.0f64) {
        let bytes = &SAMPLES[sample];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small length")]
        let length = (bytes.len() as f64 * share) as usize;
        let _ = read(&bytes[..length], "", Limits::default());
    }

    #[test]
    fn a_file_with_changed_bytes_is_safe(
        sample in 0usize..5,
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut bytes = SAMPLES[sample].clone();
        for (place, value) in changes {
            let at = place.index(bytes.len());
            bytes[at] = value;
        }
        let _ = read(&bytes, "", Limits::default());
    }

    /// Checksums hide the parts from plain mutation, so here the parts themselves are changed and packed anew.
    #[test]
    fn a_well_packed_file_with_broken_xml_is_safe(
        is_ods in any::<bool>(),
        cut in any::<proptest::sample::Index>(),
        noise in "[<>/&;\"'a-zA-Z0-9= :]{0,12}",
    ) {
        let content = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="7" t="inlineStr"><is><t>x</t></is></c></row>"#;
        let table = r#"<a><table:table table:name="a"><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="date" office:date-value="2026"><text:p>x</text:p></table:table-cell></table:table-row></table:table></a>"#;
        let content = if is_ods { table } else { content };
        let at = cut.index(content.len());
        let broken = format!("{}{noise}{}", &content[..at], &content[(at + noise.len()).min(content.len())..]);
        let bytes = if is_ods { raw_ods(broken.as_bytes()) } else { raw_xlsx(&broken) };
        let _ = read(&bytes, "", Limits::default());
    }

    #[test]
    fn an_xls_stream_with_changed_bytes_is_safe(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut stream = workbook_stream(&[&[XlsCell::Text("姓名"), XlsCell::Number(2.0)], &[XlsCell::Text("王秀英")]]);
        for (place, value) in changes {
            let at = place.index(stream.len());
            stream[at] = value;
        }
        let _ = read(&compound_file(&stream), "", Limits::default());
    }
}
