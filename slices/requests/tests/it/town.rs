//! A small town with a catalogue, and what people do in it over and over.

use areas::fixture::{Town, a_small_town};
use requests::fixture::{Basics, basics, dispatch_table};
use testkit::{Answer, Client, TestApp};

/// What a test finds set up.
pub struct Setting {
    pub town: Town,
    pub basics: Basics,
}

/// Town and catalogue, without a dispatch table: everything waits for the desk.
pub async fn without_rules(app: &TestApp) -> Setting {
    let mut tx = app.begin().await;
    let town = a_small_town(&mut tx).await.unwrap();
    let basics = basics(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    // The map is looked at again after half a second.
    app.wait(1);
    Setting { town, basics }
}

/// Town, catalogue and dispatch table.
pub async fn with_rules(app: &TestApp) -> Setting {
    let setting = without_rules(app).await;
    let mut tx = app.begin().await;
    dispatch_table(&mut tx, &setting.basics).await.unwrap();
    tx.commit().await.unwrap();
    setting
}

/// Reports a stairwell lamp at 1栋, in micro-grid 1-01; further fields may be added.
pub async fn report(setting: &Setting, who: &Client, more: &[(&str, &str)]) -> Answer {
    let category = setting.basics.category("stair-lamp").to_string();
    let mut fields = vec![
        ("title", "楼道灯不亮"),
        ("place", "1栋2单元"),
        ("category", &category),
        // What may be the same has been looked at.
        ("similar", "seen"),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(more);
    let is_for_another = fields.iter().any(|(name, _)| *name == "channel");
    let form = if is_for_another {
        "/requests/new"
    } else {
        "/report"
    };
    who.post_files(form, &fields, &[]).await
}

/// The number in the address of the thank-you page.
pub fn number_of(answer: &Answer) -> String {
    assert_eq!(answer.status(), 303, "{}", answer.text());
    answer.location().rsplit('/').next().unwrap().to_owned()
}

/// Reports the lamp and gives it to a handler, or with `grid_worker` to the grid worker.
pub async fn dispatched_to(
    setting: &Setting,
    desk: &Client,
    handler: &str,
    more: &[(&str, &str)],
) -> String {
    let number = number_of(&report(setting, desk, more).await);
    let path = format!("/requests/{number}/dispatch");
    let done = desk.post(&path, &[("handler", handler)]).await;
    assert_eq!(done.status(), 303, "{}", done.text());
    number
}

/// Somebody reports the lamp; the desk gives it to the property company, takes it up itself and
/// answers.
pub async fn answered_by_desk(setting: &Setting, desk: &Client, who: &Client) -> String {
    let number = number_of(&report(setting, who, &[]).await);
    let handler = setting.basics.handlers[1].to_string();
    for (act, fields) in [
        ("dispatch", vec![("handler", handler.as_str())]),
        ("take-up", vec![]),
        ("answer", vec![("words", "已修好")]),
    ] {
        let done = desk
            .post(&format!("/requests/{number}/{act}"), &fields)
            .await;
        assert_eq!(done.status(), 303, "{}", done.text());
    }
    number
}
