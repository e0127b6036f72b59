//! What an administrator types, parsed.

use lettre::Address;

use crate::door::NewAccount;
use crate::locale::Message;
use crate::web::FieldErrors;

/// Letters of a name.
const NAME_MAX: usize = 40;

/// A new account, parsed.
pub(super) fn parse_account(
    sign_in_name: &str,
    display_name: &str,
    email: &str,
) -> Result<NewAccount, FieldErrors> {
    let mut errors = FieldErrors::default();
    let sign_in_name = sign_in_name.trim().to_lowercase();
    let letters = sign_in_name.chars().count();
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_.@".contains(letter);
    if !(2..=NAME_MAX).contains(&letters) || !sign_in_name.chars().all(is_plain) {
        errors.add(
            "sign_in_name",
            Message::of("door-account-name-wrong").with("n", NAME_MAX),
        );
    }
    let display_name = display_name.trim();
    if display_name.is_empty() || display_name.chars().count() > NAME_MAX {
        errors.add(
            "display_name",
            Message::of("door-account-shown-wrong").with("n", NAME_MAX),
        );
    }
    let email = email.trim();
    if !email.is_empty() && email.parse::<Address>().is_err() {
        errors.add("email", Message::of("door-account-email-wrong"));
    }
    errors.or(NewAccount {
        sign_in_name,
        display_name: display_name.to_owned(),
        email: (!email.is_empty()).then(|| email.to_owned()),
        person: None,
    })
}

/// A telephone number as it is printed on a notice: `028-8555 0000`, `12345`; empty for none.
pub(super) fn parse_phone(typed: &str) -> Result<Option<String>, Message> {
    let phone = typed.trim();
    let is_plain = |letter: char| letter.is_ascii_digit() || "+- ()/".contains(letter);
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    if phone.is_empty() {
        Ok(None)
    } else if phone.chars().all(is_plain) && (3..=24).contains(&digits) {
        Ok(Some(phone.to_owned()))
    } else {
        Err(Message::of("door-settings-phone-wrong"))
    }
}

/// The name of the community as people read it; empty for the one it was founded with.
pub(super) fn parse_community_name(typed: &str) -> Result<Option<String>, Message> {
    let name = typed.trim();
    if name.chars().count() > NAME_MAX {
        return Err(Message::of("door-settings-name-wrong").with("n", NAME_MAX));
    }
    Ok((!name.is_empty()).then(|| name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_without_spaces_around_and_in_small_letters() {
        let account = parse_account(" WangFang ", " 王芳 ", "").unwrap();

        assert_eq!(account.sign_in_name, "wangfang");
        assert_eq!(account.display_name, "王芳");
        assert_eq!(account.email, None);
    }

    #[test]
    fn each_wrong_field_of_an_account_is_told() {
        let wrong = parse_account("a b", "", "not an address").unwrap_err();

        let fields: Vec<_> = wrong.all().iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["sign_in_name", "display_name", "email"]);
    }

    #[test]
    fn a_number_is_kept_as_it_is_printed() {
        assert_eq!(
            parse_phone(" 028-8555 0000 "),
            Ok(Some("028-8555 0000".to_owned()))
        );
        assert_eq!(parse_phone(""), Ok(None));
        assert!(parse_phone("call me").is_err());
        assert!(parse_phone("12").is_err());
    }
}
