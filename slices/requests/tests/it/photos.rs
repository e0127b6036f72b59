//! Pictures: developed anew, and refused one by one with a sentence.

use std::io::Cursor;

use kernel::DutyKind;

use crate::town::{dispatched_to, number_of, report, without_rules};

fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::DynamicImage::new_rgb8(40, 30);
    picture
        .write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png)
        .unwrap();
    bytes
}

testkit::on_both! {
    async fn what_cannot_be_used_is_said_for_each_file_and_nothing_else_is_lost(app: TestApp) {
        let setting = without_rules(&app).await;
        let visitor = app.visitor();
        let category = setting.basics.category("stair-lamp").to_string();
        let fields = [("title", "楼道灯不亮"), ("category", category.as_str())];
        let large = vec![0; 25 * 1024 * 1024];
        let files: [testkit::File<'_>; 2] =
            [("photos", "big.jpg", &large), ("photos", "notes.txt", b"no picture")];

        let refused = visitor.post_files("/report", &fields, &files).await;

        assert_eq!(refused.status(), 422);
        assert!(refused.has_text("照片“big.jpg”太大了"), "{}", refused.text());
        assert!(refused.has_text("照片“notes.txt”打不开"));
        assert!(refused.body().contains("value=\"楼道灯不亮\""));
    }

    async fn a_picture_is_seen_by_who_may_see_the_matter(app: TestApp) {
        let setting = without_rules(&app).await;
        let visitor = app.visitor();
        let category = setting.basics.category("stair-lamp").to_string();
        let fields = [
            ("title", "楼道灯不亮"),
            ("category", category.as_str()),
            ("no_place", "yes"),
        ];
        let picture = png();

        let sent = visitor.post_files("/report", &fields, &[("photos", "a.png", &picture)]).await;
        let number = number_of(&sent);
        let progress = visitor.get(&format!("/track/{number}")).await;
        let src = progress.attribute("ul.thumbs img", "src").unwrap();

        let own = visitor.get(&src).await;
        assert_eq!(own.status(), 200);
        assert_eq!(own.header("content-type"), Some("image/jpeg"));
        assert_eq!(app.visitor().get(&src).await.status(), 404);
    }
}

testkit::on_both! {
    async fn a_party_shows_its_work_to_the_desk_and_the_lead_to_the_requester(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let wang = app.resident("wang").await;
        let number = number_of(&report(&setting, &wang, &[("publish", "yes")]).await);
        let handler = setting.basics.handlers[1];
        let lead = app.handler("zhao", handler).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        let fields = [("handler", handler.to_string())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(desk.post(&path("dispatch"), &fields).await.status(), 303);
        assert_eq!(lead.post(&path("take-up"), &[]).await.status(), 303);
        let picture = png();
        let words = [("words", "换了灯头")];

        let seven = vec![("photos", "a.png", picture.as_slice()); 7];
        let too_many = lead.post_files(&path("answer"), &words, &seven).await;
        let broken = [("photos", "a.txt", b"no picture".as_slice())];
        let no_picture = lead.post_files(&path("answer"), &words, &broken).await;
        let two = vec![("photos", "a.png", picture.as_slice()); 2];
        let answered = lead.post_files(&path("answer"), &words, &two).await;

        assert_eq!((too_many.status(), no_picture.status()), (422, 422));
        assert!(no_picture.has_text("照片“a.txt”打不开") && no_picture.has_text("换了灯头"));
        assert_eq!(answered.status(), 303, "{}", answered.text());
        let page = desk.get(&format!("/requests/{number}")).await;
        assert_eq!(page.count(".part img"), 2, "{}", page.text());
        let at = page.attribute(".part img", "src").unwrap();
        assert_eq!(desk.get(&at).await.header("content-type"), Some("image/jpeg"));
        let own = wang.get(&format!("/track/{number}")).await;
        assert!(own.has_text("办理照片"), "{}", own.text());
        assert_eq!(wang.get(&at).await.status(), 200);
        assert_eq!(app.visitor().get(&at).await.status(), 404);
        assert_eq!(app.resident("wu").await.get(&at).await.status(), 404);
        assert!(!app.visitor().get(&format!("/track/{number}")).await.has_text("办理照片"));
    }

    async fn a_picture_does_not_let_an_old_form_through(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let handler = setting.basics.handlers[1];
        let number = dispatched_to(&setting, &desk, &handler.to_string(), &[]).await;
        let party = app.handler("zhao", handler).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        assert_eq!(party.post(&path("take-up"), &[]).await.status(), 303);
        let page = party.get(&format!("/requests/{number}")).await;
        let form = "form[action$='/answer'] input";
        let part = page.attribute(&format!("{form}[name=part]"), "value").unwrap();
        let version = page.attribute(&format!("{form}[name=version]"), "value").unwrap();
        let fields = [("part", part.as_str()), ("version", &version), ("words", "现在办不了")];
        let picture = png();
        let one = [("photos", "a.png", picture.as_slice())];

        let first = party.post_files(&path("explain"), &fields, &one).await;
        let second = party.post_files(&path("answer"), &fields, &one).await;

        assert_eq!((first.status(), second.status()), (303, 409), "{}", second.text());
    }

    async fn a_party_shows_its_work_by_its_link(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let handler = setting.basics.handlers[1].to_string();
        let number = dispatched_to(&setting, &desk, &handler, &[]).await;
        let made = desk.post(&format!("/requests/{number}/link"), &[]).await;
        assert_eq!(made.status(), 303, "{}", made.text());
        let page = desk.get(&format!("/requests/{number}")).await;
        let link = page.value_of("input[data-copy]").unwrap();
        let link = &link[link.find("/answer/").unwrap()..];
        let party = app.visitor();
        assert_eq!(party.post(&format!("{link}/take-up"), &[]).await.status(), 303);
        let picture = png();
        let one = [("photos", "a.png", picture.as_slice())];

        let answer = format!("{link}/answer");
        let answered = party.post_files(&answer, &[("words", "修好了")], &one).await;

        assert_eq!(answered.status(), 303, "{}", answered.text());
        let own = party.get(link).await;
        let at = own.attribute("main img", "src").unwrap();
        assert_eq!(party.get(&at).await.header("content-type"), Some("image/jpeg"));
    }
}
