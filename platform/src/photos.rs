//! Pictures. Whatever was sent is decoded within limits, turned upright, made smaller and encoded
//! anew: nothing of the original file survives, neither place nor camera (EXIF) nor tricks.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use kernel::{CommunityId, PhotoId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::Tx;
use crate::db::{StoreError, statement};
use crate::locale::Message;
use crate::web::Upload;

/// Pictures for one thing.
pub const PHOTOS_MAX: usize = 6;
/// The longer side of what is kept, in pixels.
const SIDE_MAX: u32 = 1_600;
/// The longer side of the small one.
const THUMBNAIL_SIDE: u32 = 320;
/// The longer side of what is accepted; a telephone of 200 megapixels stays below.
const SENT_SIDE_MAX: u32 = 20_000;
/// Memory that decoding may take.
const DECODING_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// Decoded at once: memory is the scarce thing.
static DECODING: Semaphore = Semaphore::const_new(2);

/// A picture ready to be kept.
#[derive(Clone, Debug)]
pub struct Photo {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// JPEG.
    pub jpeg: Vec<u8>,
    /// JPEG, at most 320 pixels on its longer side.
    pub thumbnail: Vec<u8>,
}

/// Makes pictures of what was sent.
///
/// # Errors
/// One sentence for the sender about the first that cannot be used.
pub async fn develop(uploads: &[Upload]) -> Result<Vec<Photo>, Message> {
    if uploads.len() > PHOTOS_MAX {
        return Err(Message::of("photos-too-many").with("n", PHOTOS_MAX));
    }
    let mut photos = Vec::new();
    for upload in uploads {
        if upload.is_too_large {
            return Err(Message::of("photos-too-large").with("name", &upload.file_name));
        }
        let bytes = upload.bytes.clone();
        let _turn = DECODING.acquire().await;
        let developed = tokio::task::spawn_blocking(move || develop_one(&bytes)).await;
        match developed {
            Ok(Ok(photo)) => photos.push(photo),
            Ok(Err(_)) | Err(_) => {
                return Err(Message::of("photos-unreadable").with("name", &upload.file_name));
            }
        }
    }
    Ok(photos)
}

fn develop_one(bytes: &[u8]) -> image::ImageResult<Photo> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SENT_SIDE_MAX);
    limits.max_image_height = Some(SENT_SIDE_MAX);
    limits.max_alloc = Some(DECODING_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > SIDE_MAX {
        picture = picture.resize(SIDE_MAX, SIDE_MAX, FilterType::Triangle);
    }
    let thumbnail = picture.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE);
    Ok(Photo {
        width: picture.width(),
        height: picture.height(),
        jpeg: encode(&picture, 82)?,
        thumbnail: encode(&thumbnail, 75)?,
    })
}

fn encode(picture: &DynamicImage, quality: u8) -> image::ImageResult<Vec<u8>> {
    let mut jpeg = Vec::new();
    picture
        .to_rgb8()
        .write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, quality))?;
    Ok(jpeg)
}

/// Keeps pictures of a thing, in the transaction of the act.
pub async fn keep(
    tx: &Tx,
    subject_kind: &str,
    subject: Uuid,
    photos: &[Photo],
) -> Result<Vec<PhotoId>, StoreError> {
    let ids: Vec<PhotoId> = photos.iter().map(|_| tx.new_id()).collect();
    if photos.is_empty() {
        return Ok(ids);
    }
    let sql = format!(
        "INSERT INTO photo (community_id, id, subject_kind, subject_id, position, width, height, \
         jpeg, thumbnail, at) VALUES {}",
        crate::record::places(photos.len(), 10)
    );
    let values =
        photos
            .iter()
            .zip(&ids)
            .zip(0_i64..)
            .flat_map(|((photo, id), position)| -> [Value; 10] {
                [
                    tx.community().0.into(),
                    id.0.into(),
                    subject_kind.into(),
                    subject.into(),
                    position.into(),
                    i64::from(photo.width).into(),
                    i64::from(photo.height).into(),
                    photo.jpeg.clone().into(),
                    photo.thumbnail.clone().into(),
                    tx.now.0.into(),
                ]
            });
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(ids)
}

/// What a page needs to show a picture: its address is the owner's matter.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Shown {
    /// Which.
    pub id: Uuid,
    /// Pixels across.
    pub width: i64,
    /// Pixels down.
    pub height: i64,
}

/// The pictures of a thing, in their order.
pub async fn of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    subject_kind: &str,
    subject: Uuid,
) -> Result<Vec<Shown>, StoreError> {
    let sql = "SELECT id, width, height FROM photo WHERE community_id = $1 AND subject_kind = $2 \
               AND subject_id = $3 ORDER BY position";
    let values = [community.0.into(), subject_kind.into(), subject.into()];
    Ok(Shown::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?)
}

/// Which of the two to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Print {
    /// As it is kept.
    Full,
    /// The small one.
    Thumbnail,
}

/// One picture of a thing. The caller has checked that the thing may be seen.
pub async fn print<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    subject: Uuid,
    photo: PhotoId,
    print: Print,
) -> Result<Option<Vec<u8>>, StoreError> {
    let column = match print {
        Print::Full => "jpeg",
        Print::Thumbnail => "thumbnail",
    };
    let sql = format!(
        "SELECT {column} AS bytes FROM photo WHERE community_id = $1 AND id = $2 AND subject_id = $3"
    );
    let values = [community.0.into(), photo.0.into(), subject.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    Ok(row.map(|row| row.try_get("", "bytes")).transpose()?)
}

/// These pictures of a thing as they are kept, in their order, in one statement. The caller has
/// checked that the thing may be seen.
///
/// # Errors
/// When the database does not answer.
pub async fn prints<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    subject: Uuid,
    photos: &[PhotoId],
) -> Result<Vec<Vec<u8>>, StoreError> {
    if photos.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (0..photos.len()).map(|n| format!("${}", n + 3)).collect();
    let sql = format!(
        "SELECT jpeg FROM photo WHERE community_id = $1 AND subject_id = $2 AND id IN ({}) \
         ORDER BY position, id",
        marks.join(",")
    );
    let head = [community.0.into(), subject.into()];
    let values = head.into_iter().chain(photos.iter().map(|id| id.0.into()));
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| Ok(row.try_get("", "jpeg")?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(bytes: Vec<u8>) -> Upload {
        Upload {
            field: "photos".into(),
            file_name: "lamp.jpg".into(),
            bytes,
            is_too_large: false,
        }
    }

    #[tokio::test]
    async fn a_picture_is_made_smaller_and_encoded_anew() {
        let mut png = Vec::new();
        DynamicImage::new_rgb8(3_200, 1_000)
            .write_to(&mut Cursor::new(&mut png), image::ImageFormat::Png)
            .unwrap();

        let photos = develop(&[sent(png)]).await.unwrap();

        assert_eq!((photos[0].width, photos[0].height), (1_600, 500));
        assert_eq!(
            image::guess_format(&photos[0].jpeg).unwrap(),
            image::ImageFormat::Jpeg
        );
    }

    #[tokio::test]
    async fn what_is_no_picture_gets_a_sentence() {
        let refused = develop(&[sent(b"%PDF-1.7".to_vec())]).await.unwrap_err();

        assert_eq!(refused.id(), "photos-unreadable");
    }

    #[tokio::test]
    async fn a_picture_that_was_too_large_gets_a_sentence() {
        let mut upload = sent(Vec::new());
        upload.is_too_large = true;

        assert_eq!(
            develop(&[upload]).await.unwrap_err().id(),
            "photos-too-large"
        );
    }
}
