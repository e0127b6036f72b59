//! Proofs of a service record: made by its owner alone, at once and for nothing (Regulations on
//! Volunteer Services, article 19), taken back by them at any time.

use kernel::events::{CertificateIssued, CertificateWithdrawn};
use kernel::{Facts, PersonId};
use platform::Tx;
use platform::access::Allowed;
use platform::vault::{Vault, is_same};

use crate::error::Error;
use crate::model::Content;
use crate::store::{self, Certificate};

/// The vault's purpose for seals.
const SEAL: &str = "hours certificate";
/// Letters of a number: 31 to the power of 16 are some 10^23, which nobody guesses.
const NUMBER_LETTERS: usize = 16;

/// Makes a proof with a number that nobody guesses, and seals what it shows. Returns the number.
///
/// # Errors
/// [`Error::NothingToProve`] when no hours count in that time.
pub async fn issue(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    person: PersonId,
    content: &Content,
) -> Result<String, Error> {
    if content.minutes <= 0 {
        return Err(Error::NothingToProve);
    }
    let letters: Vec<char> = tx.house().chance().code(NUMBER_LETTERS).chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(String::from_iter).collect();
    let number = groups.join("-");
    let written = content.written();
    let new = Certificate {
        community: tx.community(),
        id: tx.new_id(),
        seal: seal(tx.house().vault(), &number, &written),
        content: written,
        number: number.clone(),
        person: Some(person),
        from: content.from.clone(),
        until: content.until.clone(),
        issued_at: tx.now,
        withdrawn_at: None,
    };
    store::insert_certificate(tx, &new).await?;
    tx.emit(&CertificateIssued {
        certificate: new.id,
        person,
        detail: content.detail.clone(),
    });
    Ok(number)
}

/// Its holder takes a proof back: whoever opens it then reads only that.
pub async fn withdraw(tx: &mut Tx, proof: Allowed<Certificate>) -> Result<(), Error> {
    let proof = proof.into_inner();
    let was_in_force = store::withdraw_certificate(tx, proof.id).await?;
    let person = proof.person.filter(|_| was_in_force).ok_or(Error::Faster)?;
    tx.emit(&CertificateWithdrawn {
        certificate: proof.id,
        person,
    });
    Ok(())
}

fn seal(vault: &Vault, number: &str, content: &str) -> Vec<u8> {
    vault.fingerprint(SEAL, format!("{number}\n{content}").as_bytes())
}

/// Whether a proof shows what it showed when it was made.
pub fn is_sealed(vault: &Vault, proof: &Certificate) -> bool {
    is_same(&proof.seal, &seal(vault, &proof.number, &proof.content))
}
