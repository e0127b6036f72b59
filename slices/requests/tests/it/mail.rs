//! What happens to a matter reaches people by mail, through a post office that speaks SMTP.

use std::time::Duration;

use kernel::DutyKind;
use platform::door::{self, NewDuty};
use testkit::PostOffice;

use crate::town::{number_of, report, without_rules};

const SOON: Duration = Duration::from_secs(10);
/// After this nothing more is expected.
const QUIET: Duration = Duration::from_millis(200);

testkit::on_both! {
    async fn the_worker_hears_of_a_new_matter_and_the_requester_of_the_answer(app: TestApp) {
        let office = PostOffice::open();
        let app = app.with_mail(crate::slices(), office.url()).await;
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let worker = app.account_with_email("周敏", "zhou@example.cn").await;
        let duty = NewDuty {
            account: worker,
            kind: DutyKind::GridWorker,
            area: Some(setting.town.micro_grids[0][0]),
            handler: None,
        };
        let mut tx = app.begin().await;
        door::take_up(&mut tx, &duty).await.unwrap();
        tx.commit().await.unwrap();
        let resident = app.account_with_email("王秀英", "wang@example.cn").await;
        let resident = app.signed_in(resident).await;
        let worker = app.signed_in(worker).await;

        let number = number_of(&report(&setting, &resident, &[("contact_phone", "13812345678")]).await);
        desk.post(&format!("/requests/{number}/dispatch"), &[("handler", "grid_worker")]).await;
        app.work().await;
        let mut told = vec![office.next(SOON).unwrap()];
        told.extend(std::iter::from_fn(|| office.next(QUIET)));
        worker.post(&format!("/requests/{number}/take-up"), &[]).await;
        worker.post(&format!("/requests/{number}/answer"), &[("words", "灯换好了")]).await;
        app.work().await;
        let mut answered = vec![office.next(SOON).unwrap()];
        answered.extend(std::iter::from_fn(|| office.next(QUIET)));

        assert!(told.iter().any(|letter| letter.to == "zhou@example.cn"), "{told:?}");
        assert!(answered.iter().all(|letter| letter.to == "wang@example.cn"), "{answered:?}");
        for letter in answered.iter().chain(&told) {
            assert!(!letter.text.contains("13812345678"), "{letter:?}");
            assert!(letter.text.contains("Subject: "), "{letter:?}");
        }
    }
}
