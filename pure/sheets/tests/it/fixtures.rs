//! Small files of every format, made here byte by byte or by the crates that write them.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A zip archive of the given parts, deflated.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .expect("a fresh name");
        writer.write_all(content).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

/// The least that is a workbook: one sheet, the given rows of it.
pub fn raw_xlsx(sheet_data: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet_data}</sheetData></worksheet>"#
    );
    package(&[
        (
            "_rels/.rels",
            br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// An OpenDocument spreadsheet with the given rows in its one table.
pub fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"><office:body><office:spreadsheet><table:table table:name="居民">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    raw_ods(content.as_bytes())
}

/// An OpenDocument spreadsheet with any bytes as its content.
pub fn raw_ods(content: &[u8]) -> Vec<u8> {
    package(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("META-INF/manifest.xml", b"<manifest/>"),
        ("content.xml", content),
    ])
}

/// A cell of an XLS sheet.
pub enum XlsCell {
    Text(&'static str),
    Number(f64),
}

/// An XLS file (BIFF8 in a compound file) with one sheet. Sources: \[MS-XLS\] 2.4, \[MS-CFB\] 2.
pub fn xls(rows: &[&[XlsCell]]) -> Vec<u8> {
    compound_file(&workbook_stream(rows))
}

pub fn workbook_stream(rows: &[&[XlsCell]]) -> Vec<u8> {
    let texts: Vec<&str> = rows
        .iter()
        .flat_map(|row| row.iter())
        .filter_map(|cell| {
            if let XlsCell::Text(text) = cell {
                Some(*text)
            } else {
                None
            }
        })
        .collect();
    let count = u32::try_from(texts.len())
        .expect("a small sheet")
        .to_le_bytes();
    let mut shared = [count, count].concat();
    for text in &texts {
        shared.extend(
            u16::try_from(text.encode_utf16().count())
                .expect("a short text")
                .to_le_bytes(),
        );
        shared.push(1); // Two bytes a character.
        shared.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    }
    let globals_bof = record(
        0x0809,
        &[0x00, 0x06, 0x05, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    );
    let sst = record(0x00FC, &shared);
    let bound_sheet_len = 4 + 6 + 2 + 1;
    let sheet_at = globals_bof.len() + bound_sheet_len + sst.len() + 4;
    let mut bound_sheet = u32::try_from(sheet_at)
        .expect("small")
        .to_le_bytes()
        .to_vec();
    bound_sheet.extend([0, 0, 1, 0, b'S']);
    let mut stream = globals_bof;
    stream.extend(record(0x0085, &bound_sheet));
    stream.extend(sst);
    stream.extend(record(0x000A, &[]));
    assert_eq!(stream.len(), sheet_at);

    stream.extend(record(
        0x0809,
        &[0x00, 0x06, 0x10, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ));
    let (height, width) = (
        rows.len(),
        rows.iter().map(|row| row.len()).max().unwrap_or(0),
    );
    stream.extend(record(
        0x0200,
        &dimensions(
            0,
            u32::try_from(height).expect("small"),
            0,
            u16::try_from(width).expect("small"),
        ),
    ));
    let mut text_index = 0u32;
    for (row, cells) in (0u16..).zip(rows) {
        for (column, cell) in (0u16..).zip(*cells) {
            let mut data = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
            match cell {
                XlsCell::Text(_) => {
                    data.extend(text_index.to_le_bytes());
                    text_index += 1;
                    stream.extend(record(0x00FD, &data));
                }
                XlsCell::Number(number) => {
                    data.extend(number.to_le_bytes());
                    stream.extend(record(0x0203, &data));
                }
            }
        }
    }
    stream.extend(record(0x000A, &[]));
    stream
}

pub fn dimensions(first_row: u32, end_row: u32, first_column: u16, end_column: u16) -> Vec<u8> {
    let mut data = [first_row.to_le_bytes(), end_row.to_le_bytes()].concat();
    data.extend([first_column.to_le_bytes(), end_column.to_le_bytes(), [0, 0]].concat());
    data
}

pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut record = kind.to_le_bytes().to_vec();
    record.extend(
        u16::try_from(data.len())
            .expect("a short record")
            .to_le_bytes(),
    );
    record.extend(data);
    record
}

/// One stream named Workbook in 512-byte sectors: sector 0 is the FAT, 1 the directory, the stream from 2 on.
pub fn compound_file(stream: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xFFFF_FFFE;

    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4096).next_multiple_of(SECTOR), 0);
    let sectors = u32::try_from(stream.len() / SECTOR).expect("small");

    let mut header = vec![0u8; SECTOR];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[24..34].copy_from_slice(&[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    header[44..48].copy_from_slice(&1u32.to_le_bytes());
    header[48..52].copy_from_slice(&1u32.to_le_bytes());
    header[56..60].copy_from_slice(&4096u32.to_le_bytes());
    header[60..64].copy_from_slice(&END.to_le_bytes());
    header[68..72].copy_from_slice(&END.to_le_bytes());
    header[76..].fill(0xFF);
    header[76..80].copy_from_slice(&0u32.to_le_bytes());

    let mut table = vec![0xFFFF_FFFD, END];
    table.extend((2..2 + sectors).map(|id| if id == 1 + sectors { END } else { id + 1 }));
    table.resize(SECTOR / 4, 0xFFFF_FFFF);

    let mut directory = directory_entry("Root Entry", 5, END, 0);
    directory.extend(directory_entry(
        "Workbook",
        2,
        2,
        u32::try_from(stream.len()).expect("small"),
    ));
    directory.resize(SECTOR, 0);

    let table = table.into_iter().flat_map(u32::to_le_bytes).collect();
    [header, table, directory, stream].concat()
}

fn directory_entry(name: &str, kind: u8, first: u32, size: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let name_bytes = u16::try_from(entry.len() + 2).expect("a short name");
    entry.resize(128, 0);
    entry[64..66].copy_from_slice(&name_bytes.to_le_bytes());
    entry[66] = kind;
    entry[68..80].fill(0xFF);
    entry[116..120].copy_from_slice(&first.to_le_bytes());
    entry[120..124].copy_from_slice(&size.to_le_bytes());
    entry
}
