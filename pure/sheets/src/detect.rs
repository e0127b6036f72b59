//! What a file is, by its content, and whether it is safe to unpack.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::read::{Format, Limits, ReadError, damaged};

pub enum Kind {
    Zip,
    CompoundFile,
    Text,
}

pub struct Package<'a> {
    pub format: Format,
    pub archive: ZipArchive<Cursor<&'a [u8]>>,
}

pub fn detect(bytes: &[u8]) -> Result<Kind, ReadError> {
    let is_utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if bytes.starts_with(b"PK\x03\x04") {
        Ok(Kind::Zip)
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        Ok(Kind::CompoundFile)
    } else if is_web_page(bytes) {
        Err(ReadError::WebPage)
    } else if bytes.contains(&0) && !is_utf16 {
        Err(ReadError::NotASheet)
    } else {
        Ok(Kind::Text)
    }
}

/// Many office systems "export to Excel" by naming a web page `.xls`.
fn is_web_page(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(512)];
    let head = String::from_utf8_lossy(head)
        .trim_start_matches('\u{FEFF}')
        .trim_start()
        .to_ascii_lowercase();
    ["<html", "<!doctype html", "<table", "<head", "<meta"]
        .iter()
        .any(|tag| head.starts_with(tag))
}

/// Opens a package after making sure that all of it together stays within the limit.
pub fn open_package(bytes: &[u8], limits: Limits) -> Result<Package<'_>, ReadError> {
    let broken = |error: ZipError| damaged(Format::Xlsx, error);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let format = if archive.index_for_name("content.xml").is_some() {
        let mut mimetype = String::new();
        if let Ok(entry) = archive.by_name("mimetype") {
            // A longer text is not the type looked for, and an unreadable one neither.
            let _ = entry.take(100).read_to_string(&mut mimetype);
        }
        if !mimetype.starts_with("application/vnd.oasis.opendocument.spreadsheet") {
            return Err(ReadError::NotASheet);
        }
        Format::Ods
    } else if archive.index_for_name("xl/workbook.xml").is_some() {
        Format::Xlsx
    } else {
        return Err(ReadError::NotASheet);
    };
    check_unpacked_size(&mut archive, format, limits.max_unpacked_bytes)?;
    Ok(Package { format, archive })
}

/// The sizes that the directory declares refuse an honest bomb at once; unpacking into nothing catches a directory that
/// lies, and every checksum on the way.
fn check_unpacked_size(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    format: Format,
    max_bytes: u64,
) -> Result<(), ReadError> {
    let too_large = ReadError::UnpacksTooLarge { max_bytes };
    let mut declared = 0u64;
    for index in 0..archive.len() {
        let entry = archive
            .by_index_raw(index)
            .map_err(|error| damaged(format, error))?;
        if entry.encrypted() {
            return Err(ReadError::Password);
        }
        declared = declared.saturating_add(entry.size());
    }
    if declared > max_bytes {
        return Err(too_large);
    }
    let mut left = max_bytes;
    for index in 0..archive.len() {
        let entry = archive
            .by_index(index)
            .map_err(|error| damaged(format, error))?;
        let unpacked = io::copy(&mut entry.take(left + 1), &mut io::sink())
            .map_err(|error| damaged(format, error))?;
        left = left
            .checked_sub(unpacked)
            .ok_or_else(|| too_large.clone())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_page_named_xls_is_called_by_its_name() {
        for page in [
            "<html><body>",
            "\u{FEFF} <TABLE border=1>",
            "<!DOCTYPE html>",
        ] {
            assert!(
                matches!(detect(page.as_bytes()), Err(ReadError::WebPage)),
                "{page}"
            );
        }
    }

    #[test]
    fn a_picture_is_no_sheet() {
        assert!(matches!(
            detect(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            Err(ReadError::NotASheet)
        ));
    }
}
