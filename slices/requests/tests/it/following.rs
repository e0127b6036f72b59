//! Following a matter that another raised.

use kernel::DutyKind;
use testkit::{Answer, Client};

use crate::town::{number_of, report, without_rules};

async fn follow(who: &Client, number: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("follow", number)];
    fields.extend_from_slice(more);
    who.post_files("/report/follow", &fields, &[]).await
}

/// The code that the thank-you page says.
async fn code_of(who: &Client, followed: &Answer) -> String {
    assert_eq!(followed.status(), 303, "{}", followed.text());
    let thanks = who.get(followed.location()).await;
    let copied = thanks.attribute("button[data-copy]", "data-copy");
    let copied = copied.unwrap_or_else(|| panic!("{}", thanks.text()));
    copied.rsplit(' ').next().unwrap().to_owned()
}

const PUBLISHED: [(&str, &str); 1] = [("publish", "yes")];

testkit::on_both! {
    async fn who_follows_with_an_account_is_told_what_the_requester_is_told(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let follower = app.resident("zhang").await;
        let number = number_of(&report(&setting, &app.resident("wang").await, &PUBLISHED).await);

        let followed = follow(&follower, &number, &[]).await;
        let handler = setting.basics.handlers[1].to_string();
        let path = format!("/requests/{number}");
        desk.post(&format!("{path}/dispatch"), &[("handler", &handler)]).await;
        desk.post(&format!("{path}/take-up"), &[]).await;
        desk.post(&format!("{path}/answer"), &[("words", "灯换好了")]).await;

        assert_eq!(followed.location(), format!("/report/following/{number}"));
        let told = follower.get("/alerts").await;
        assert!(told.has_text(&format!("您跟进的 {number} 有新进展")), "{}", told.text());
        let page = follower.get(&format!("/track/{number}")).await;
        assert!(page.has_text("您在跟进这件事。"));
        assert!(page.has_text("灯换好了"), "{}", page.text());
        // How it went is the requester's to say.
        assert!(!page.has_text("这件事解决了吗"));
        assert_eq!(follower.post(&format!("/track/{number}/confirm"), &[("resolved", "yes")]).await.status(), 404);
        assert!(page.statements() <= 6, "{} statements", page.statements());
    }

    async fn a_follower_without_account_opens_the_page_with_a_code_of_their_own(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let number = number_of(&report(&setting, &app.visitor(), &PUBLISHED).await);
        let neighbour = app.visitor();
        let contact = [("contact_name", "陈阿姨"), ("contact_phone", "138 1234 5678")];

        let code = code_of(&neighbour, &follow(&neighbour, &number, &contact).await).await;
        let later = app.visitor();
        let opened = later.post("/track", &[("number", &number), ("code", &code)]).await;

        assert_eq!(opened.location(), format!("/track/{number}"));
        assert!(later.get(opened.location()).await.has_text("您在跟进这件事。"));
        assert!(desk.get(&format!("/requests/{number}")).await.has_text("跟进的人 1 人"));
        let at_desk = desk.get(&format!("/requests/{number}")).await;
        assert!(at_desk.has_text("陈阿姨 13812345678"), "{}", at_desk.text());
        assert!(at_desk.statements() <= 6, "{} statements", at_desk.statements());
        let head = app.on_duty("head", DutyKind::MicroGridHead, Some(setting.town.grids[0])).await;
        assert!(!head.get(&format!("/requests/{number}")).await.has_text("陈阿姨"));
        // The name is nobody's to read on the matter's public page.
        assert!(!app.visitor().get(&format!("/track/{number}")).await.has_text("陈阿姨"));
        assert!(app.visitor().get(&format!("/track/{number}")).await.has_text("另有 1 人也在跟进这件事"));
    }

    async fn a_matter_that_is_not_public_is_followed_through_the_desk_only(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let number = number_of(&report(&setting, &app.visitor(), &[("body", "家门口那一盏")]).await);

        let by_visitor = follow(&app.visitor(), &number, &[]).await;
        let by_resident = follow(&app.resident("wang").await, &number, &[]).await;
        let by_desk = desk.post_files("/requests/new/follow", &[("follow", &number)], &[]).await;

        assert_eq!(by_visitor.status(), 404);
        assert_eq!(by_resident.status(), 404);
        let code = code_of(&desk, &by_desk).await;
        let caller = app.visitor();
        caller.post("/track", &[("number", &number), ("code", &code)]).await;
        let page = caller.get(&format!("/track/{number}")).await;
        assert!(page.has_text("您在跟进这件事。"), "{}", page.text());
        // Another's words stay with those who may read them.
        assert!(!page.has_text("家门口那一盏"));
        assert!(!page.has_text("楼道灯不亮"));
        assert!(!page.has_text("1栋2单元"));
    }

    async fn nobody_follows_twice_or_what_they_raised_themselves(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let (requester, neighbour) = (app.resident("wang").await, app.resident("zhang").await);
        let number = number_of(&report(&setting, &requester, &PUBLISHED).await);

        let own = follow(&requester, &number, &[]).await;
        let (one, other) = tokio::join!(
            follow(&neighbour, &number, &[]),
            follow(&neighbour, &number, &[]),
        );

        assert_eq!(own.location(), format!("/track/{number}"));
        assert!(requester.get(own.location()).await.has_text("这件事您已经反映过或在跟进了。"));
        assert_eq!((one.status(), other.status()), (303, 303));
        assert!(desk.get(&format!("/requests/{number}")).await.has_text("跟进的人 1 人"));
    }

    async fn who_leaves_is_told_no_more_and_their_contact_is_forgotten(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let neighbour = app.resident("zhang").await;
        let number = number_of(&report(&setting, &app.visitor(), &PUBLISHED).await);
        follow(&neighbour, &number, &[("contact_name", "张先生")]).await;

        let left = neighbour.post(&format!("/track/{number}/leave"), &[]).await;
        let again = neighbour.post(&format!("/track/{number}/leave"), &[]).await;
        desk.post(&format!("/requests/{number}/dispatch"), &[("handler", &setting.basics.handlers[1].to_string())]).await;

        assert_eq!(left.location(), "/");
        assert_eq!(again.status(), 404);
        assert!(!neighbour.get("/alerts").await.has_text(&number));
        assert!(!desk.get(&format!("/requests/{number}")).await.has_text("跟进的人"));
    }

    async fn what_cannot_be_followed_says_so(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let number = number_of(&report(&setting, &app.visitor(), &PUBLISHED).await);
        let visitor = app.visitor();

        let wrong = follow(&visitor, &number, &[("contact_phone", "12")]).await;
        let unknown = follow(&visitor, "QS-2020-000001", &[]).await;
        let fields = [("exit", "answered_now"), ("words", "灯已换好")];
        desk.post(&format!("/requests/{number}/exit"), &fields).await;
        let over = follow(&visitor, &number, &[]).await;

        assert_eq!(wrong.status(), 422);
        assert!(wrong.has_text("电话号码不对"), "{}", wrong.text());
        assert_eq!(unknown.status(), 404);
        assert_eq!(over.status(), 409);
        assert!(over.has_text("这一步现在不能做"));
    }

    async fn a_code_opens_no_other_matter(app: TestApp) {
        let setting = without_rules(&app).await;
        let number = number_of(&report(&setting, &app.visitor(), &PUBLISHED).await);
        let other = [("title", "井盖响"), ("similar", "seen")];
        let other = number_of(&report(&setting, &app.visitor(), &other).await);
        let neighbour = app.visitor();
        let code = code_of(&neighbour, &follow(&neighbour, &number, &[]).await).await;

        let tried = neighbour.post("/track", &[("number", &other), ("code", &code)]).await;

        assert_eq!(tried.status(), 422);
        assert!(!neighbour.get(&format!("/track/{other}")).await.has_text("您在跟进这件事。"));
    }
}
