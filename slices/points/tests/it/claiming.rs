//! Claims are raised under items that are in force, in time and within their caps.

use kernel::ItemId;
use uuid::Uuid;

use crate::middle::{People, claim, done, refused, rows};

testkit::on_both! {
    async fn nothing_is_claimed_before_a_scheme_is_in_force(app: TestApp) {
        let people = People::of(&app).await;
        people.noticed().await;

        let form = people.wang.get("/me/points/claim").await;
        let unknown = claim(&people.wang, ItemId(Uuid::from_u128(7)), "1", "2026-11-21").await;

        assert!(form.has_text("现在没有生效的积分办法"), "{}", form.text());
        refused(&unknown, 422, "不在生效的积分办法里");
        assert_eq!(rows(&app, "points_claim", "1 = 1").await, 0);
    }

    async fn caps_of_the_day_and_of_the_month_are_kept(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let cleaning = items[0];

        done(&claim(&people.wang, cleaning, "3", "2026-12-01").await);
        let same_day = claim(&people.wang, cleaning, "1", "2026-12-01").await;
        let month_before = claim(&people.wang, cleaning, "1", "2026-11-30").await;
        let neighbour = claim(&people.zhao, cleaning, "1", "2026-12-01").await;

        refused(&same_day, 422, "已经到上限了");
        done(&month_before);
        done(&neighbour);
        assert_eq!(rows(&app, "points_claim", "points = 10 AND quantity = 3").await, 1, "three times five, cut to ten a day");
        assert_eq!(rows(&app, "points_claim", "points = 5").await, 2);
    }

    async fn what_was_taken_back_leaves_room_under_the_cap(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let id = people.claimed(items[0], "2", "2026-12-01").await;

        let full = claim(&people.wang, items[0], "1", "2026-12-01").await;
        done(&people.wang.post(&format!("/me/points/claims/{id}/withdraw"), &[]).await);
        let twice = people.wang.post(&format!("/me/points/claims/{id}/withdraw"), &[]).await;
        let again = claim(&people.wang, items[0], "1", "2026-12-01").await;

        assert_eq!(full.status(), 422);
        refused(&twice, 409, "现在不能办了");
        done(&again);
    }

    async fn a_day_too_long_ago_or_ahead_cannot_be_claimed(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;

        // Today is 2026-12-01; thirty days back is the first of November.
        for day in ["2026-10-31", "2026-12-02"] {
            refused(&claim(&people.wang, items[0], "1", day).await, 422, "已经过了期限，或者还没有到");
        }
        done(&claim(&people.wang, items[0], "1", "2026-11-01").await);
    }

    async fn bad_input_is_said_field_by_field_and_nothing_is_lost(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let item = items[0].to_string();

        let fields = [("item", "none"), ("quantity", "0"), ("day", "yesterday"), ("evidence", "我的身份证 11010519491231002X")];
        let wrong = people.wang.post("/me/points/claim", &fields).await;
        let too_many = [("item", item.as_str()), ("quantity", "25"), ("day", "2026-12-01"), ("evidence", "扫楼")];
        let too_many = people.wang.post("/me/points/claim", &too_many).await;
        let nothing = people.wang.post("/me/points/claim", &[]).await;

        for said in ["请选一个项目", "请填 1 到 24 之间的整数", "请填日期", "请不要写身份证号"] {
            refused(&wrong, 422, said);
        }
        assert_eq!(wrong.value_of("input[name=quantity]").as_deref(), Some("0"));
        refused(&too_many, 422, "请填 1 到 24 之间的整数");
        assert_eq!(nothing.status(), 422);
        assert_eq!(rows(&app, "points_claim", "1 = 1").await, 0);
    }

    async fn who_is_not_in_the_register_is_told_what_to_do(app: TestApp) {
        let people = People::of(&app).await;
        let stranger = app.resident("sun").await;

        let mine = stranger.get("/me/points").await;
        let form = stranger.get("/me/points/claim").await;
        let visitor = app.visitor().get("/me/points").await;

        assert_eq!(mine.status(), 200);
        assert!(mine.has_text("到社区服务台来一次"), "{}", mine.text());
        refused(&form, 409, "到社区服务台来一次");
        assert_eq!(visitor.status(), 303);
        assert_eq!(people.wang.get("/me/points").await.status(), 200);
    }

    async fn the_desk_claims_for_a_resident_and_another_checks(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let item = items[0].to_string();
        let with = |phone: &'static str, name: &'static str| {
            vec![("item", item.clone()), ("quantity", "1".into()), ("day", "2026-12-01".into()),
                 ("evidence", "她来说的".into()), ("phone", phone.to_owned()), ("name", name.to_owned())]
        };
        let send = async |fields: Vec<(&str, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            people.li.post("/points/desk/record", &fields).await
        };

        let unknown = send(with("13800001234", "王小英")).await;
        let recorded = send(with("138 0000 1234", "王秀英")).await;
        let by_resident = people.zhao.get("/points/desk/record").await;
        let list = people.li.get("/points/desk").await;
        let page = list.attribute("td.title a", "href").unwrap();
        let own = people.li.post(&page, &[("version", "1"), ("right", "yes")]).await;

        refused(&unknown, 422, "居民档案里没有这个手机号和姓名的人");
        done(&recorded);
        assert_eq!(by_resident.status(), 403);
        refused(&own, 409, "要另一个人来办");
        done(&people.zhou.post(&page, &[("version", "1"), ("right", "yes")]).await);
        assert!(people.wang.get("/alerts").await.has_text("社区替您申报了"));
    }
}
