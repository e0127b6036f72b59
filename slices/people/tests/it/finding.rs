//! Many residents recognised at once, as a list of another office describes them.

use people::{Described, Recognised, recognise};
use text::AddressKey;

use crate::town::neighbours;

testkit::on_both! {
    async fn a_description_means_who_has_the_name_and_the_telephone_or_the_door(app: TestApp) {
        let known = neighbours(&app).await;
        let described = |name: &str, phone: Option<&str>, door: &str| Described {
            name: name.to_owned(),
            phone: phone.map(str::to_owned),
            address: AddressKey::parse(door),
        };
        let all = [
            described("王秀英", Some("13800001234"), ""),
            described("李建国", None, "1栋501"),
            described("王秀英", Some("13999999999"), ""),
            described("李建国", Some("13800001234"), "5栋101"),
            described("陈新", None, "1栋501"),
        ];

        let reader = app.house().db().reader();
        let found = recognise(&reader, app.house().vault(), app.community(), &all).await;

        assert_eq!(
            found.expect("the database answers"),
            [
                Recognised::Known(known.wang),
                Recognised::Known(known.li),
                Recognised::Stranger,
                Recognised::Stranger,
                Recognised::Stranger,
            ]
        );
    }

    async fn two_of_one_name_behind_one_door_are_never_guessed(app: TestApp) {
        let mut tx = app.begin().await;
        let home = people::fixture::a_household("9栋1单元101").insert(&mut tx).await.expect("a home");
        for _ in 0..2 {
            let twin = people::fixture::a_person("张伟").living_at(home);
            twin.insert(&mut tx).await.expect("a person");
        }
        tx.commit().await.expect("the act is confirmed");
        let all = [Described {
            name: "张伟".to_owned(),
            phone: None,
            address: AddressKey::parse("9栋1单元101"),
        }];

        let reader = app.house().db().reader();
        let found = recognise(&reader, app.house().vault(), app.community(), &all).await;

        assert_eq!(found.expect("the database answers"), [Recognised::Several(2)]);
    }
}
