//! Pictures: developed anew, and refused one by one with a sentence.

use std::io::Cursor;

use crate::town::{number_of, without_rules};

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
