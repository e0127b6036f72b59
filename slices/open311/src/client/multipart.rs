//! A form with files, as browsers send it (RFC 7578).

/// A picture that goes out with a form.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What it is called: `1.jpg`.
    pub name: String,
    /// A JPEG.
    pub jpeg: Vec<u8>,
}

/// The field in which other servers look for pictures.
const FIELD: &str = "media";

/// The body of a form: its words, then its pictures. The boundary occurs in neither.
pub fn body(form: &[(String, String)], pictures: &[Picture], boundary: &str) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in form {
        let name = quoted(name);
        let head = "Content-Disposition: form-data; name=";
        let part = format!("--{boundary}\r\n{head}\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    for picture in pictures {
        let name = quoted(&picture.name);
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{FIELD}\"; \
             filename=\"{name}\"\r\nContent-Type: image/jpeg\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&picture.jpeg);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

/// Percent-encodes what would end a quoted name (RFC 7578, section 2).
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_first_and_pictures_after_them() {
        let form = [("a\"b".to_owned(), "灯坏了".to_owned())];
        let pictures = [Picture {
            name: "1.jpg".to_owned(),
            jpeg: vec![0xff, 0xd8],
        }];

        let body = body(&form, &pictures, "xyz");

        let expected = "--xyz\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n\r\n灯坏了\r\n\
                        --xyz\r\nContent-Disposition: form-data; name=\"media\"; \
                        filename=\"1.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n";
        let mut expected = expected.as_bytes().to_vec();
        expected.extend_from_slice(&[0xff, 0xd8]);
        expected.extend_from_slice(b"\r\n--xyz--\r\n");
        assert_eq!(body, expected);
    }
}
