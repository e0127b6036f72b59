//! Why a spreadsheet cannot be read, and what its owner can do: the same sentences in every room
//! that takes one in.

use sheets::ReadError;

use crate::locale::Message;

/// A sentence for who sent the file.
pub fn why(error: &ReadError) -> Message {
    match error {
        ReadError::TooLarge { max_bytes } => too_large(*max_bytes),
        ReadError::UnpacksTooLarge { .. } => Message::of("sheet-unpacks-too-large"),
        ReadError::TooManyRows { max_rows } => {
            Message::of("sheet-too-many-rows").with("n", *max_rows)
        }
        ReadError::TooManyColumns { max_columns } => {
            Message::of("sheet-too-many-columns").with("n", *max_columns)
        }
        ReadError::Password => Message::of("sheet-password"),
        ReadError::WebPage => Message::of("sheet-web-page"),
        ReadError::NotASheet => Message::of("sheet-not-a-sheet"),
        ReadError::Encoding => Message::of("sheet-encoding"),
        ReadError::Damaged { .. } => Message::of("sheet-damaged"),
        ReadError::NoContent => Message::of("sheet-no-content"),
    }
}

/// The sentence for a file of more bytes than are taken.
pub fn too_large(bytes_max: usize) -> Message {
    Message::of("sheet-too-large").with("mb", bytes_max >> 20)
}
