//! The disclosure of the books: how much there is, what covers it, and by what it can be checked.

use askama::Template;
use axum::response::Response;
use book::Book;
use platform::{Gate, Message, Page, Refusal, Routes, Visit};

use crate::disclosure::{Disclosed, disclosures};
use crate::policy;
use crate::read::{Totals, totals};

/// The doors.
pub(crate) fn routes() -> Routes {
    Routes::new().get("/books", Gate::May(policy::DISCLOSED), books)
}

struct MonthView {
    month: String,
    issued: String,
    spent: String,
    outstanding: String,
    backed: String,
    height: String,
    head: String,
}

struct BookView {
    word: &'static str,
    outstanding: String,
    backed: String,
    pool: String,
    months: Vec<MonthView>,
}

#[derive(Template)]
#[template(path = "ledger/books.html")]
struct BooksPage {
    page: Page,
    books: Vec<BookView>,
}

/// `GET /books`.
async fn books(visit: Visit) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("ledger-title"));
    let reader = visit.reader();
    let community = visit.community().id;
    let points = totals(&reader, community, Book::Points).await?;
    let of_points = disclosures(&reader, community, Book::Points).await?;
    let time = totals(&reader, community, Book::Time).await?;
    let of_time = disclosures(&reader, community, Book::Time).await?;
    let books = vec![
        view(&page, Book::Points, points, &of_points),
        view(&page, Book::Time, time, &of_time),
    ];
    Page::show(&BooksPage { page, books })
}

fn view(page: &Page, book: Book, sum: Totals, told: &[Disclosed]) -> BookView {
    let amount = |amount: u64| in_words(page, book, amount);
    let shown = |amount_of: Option<u64>| amount_of.map_or_else(|| page.t("ledger-small"), amount);
    let months = told.iter().map(|one| MonthView {
        month: one.month.clone(),
        issued: shown(one.issued),
        spent: shown(one.spent),
        outstanding: amount(one.outstanding),
        backed: amount(one.backed),
        height: number(page, one.height),
        head: one.head.clone(),
    });
    BookView {
        word: book.word(),
        outstanding: amount(sum.outstanding),
        backed: amount(sum.backing()),
        pool: amount(sum.pool),
        months: months.collect(),
    }
}

fn number(page: &Page, number: u64) -> String {
    page.number(&i64::try_from(number).unwrap_or(i64::MAX))
}

/// Points as they are; time in whole hours, rounded down.
fn in_words(page: &Page, book: Book, amount: u64) -> String {
    match book {
        Book::Time => page.t1("ledger-hours", "n", number(page, amount / 60)),
        _ => page.t1("ledger-points", "n", number(page, amount)),
    }
}
