//! Who is erased from the register leaves the book without a name: the line that says whose an
//! account is goes, the entries and all totals stay (rule R19).

use kernel::events::PersonErased;
use platform::db::statement;
use platform::record::Recorded;
use platform::{Hearing, Tx};
use sea_orm::ConnectionTrait;

pub(crate) fn hear<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(erased) = event.read::<PersonErased>() else {
            return Ok(());
        };
        let sql = "DELETE FROM book_holder WHERE community_id = $1 AND person_id = $2";
        let values = [tx.community().0.into(), erased.person.0.into()];
        tx.execute_raw(statement(tx, sql, values)).await?;
        Ok(())
    })
}
