//! Figures, and never a record.

use kernel::DutyKind;

use crate::middle::{People, done, form};

testkit::on_both! {
    async fn below_ten_people_nothing_is_shown_and_everybody_may_look(app: TestApp) {
        let people = People::of(&app).await;
        let serve = async |from: usize, until: usize| {
            for n in from..until {
                let mut tx = app.begin().await;
                let person = people::fixture::a_person("志愿者").insert(&mut tx).await.unwrap();
                tx.commit().await.unwrap();
                let minutes = (60 + n).to_string();
                let fields = form(person, &[("minutes", &minutes)]);
                done(&people.li.post("/hours/enter", &fields.fields()).await);
                let page = format!("/hours/entries/{}", crate::middle::newest(&app).await);
                done(&people.zhou.post(&format!("{page}/confirm"), &[]).await);
            }
        };

        serve(0, 9).await;
        let few = app.visitor().get("/hours/figures").await;
        serve(9, 12).await;
        let more = app.on_duty("zheng", DutyKind::DistrictViewer, None).await.get("/hours/figures").await;

        assert!(few.has_text("近 90 天服务满一小时的人 不满 10 人"), "{}", few.text());
        assert!(!few.has_text(" 9 "), "{}", few.text());
        assert!(more.has_text("近 90 天服务满一小时的人 12"), "{}", more.text());
        assert!(more.has_text("这些人时长的中位数 1 小时 5 分钟"), "{}", more.text());
        assert!(more.has_text("2026年11月 到今天 12 13 小时 6 分钟"), "{}", more.text());
        assert!(more.has_text("批量登记的时长占比 0%"), "{}", more.text());
        assert!(!more.has_text("志愿者 1") && !more.has_text("打扫"));
        assert!(more.statements() <= 6, "{} statements", more.statements());
    }
}
