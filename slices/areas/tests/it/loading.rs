//! Files of outlines: looked through, refused with each fault named, loaded whole.

use areas::fixture::block;
use areas::{ImportOptions, Level, plan_import};
use kernel::DutyKind;
use spatial::{Datum, Shape};
use testkit::Client;

use crate::{desk, map, town};

pub(crate) fn feature(properties: &str, shape: &Shape) -> String {
    let corners: Vec<String> = shape.polygons()[0]
        .shell
        .iter()
        .map(|point| format!("[{},{}]", point.lon(), point.lat()))
        .collect();
    let ring = corners.join(",");
    format!(
        r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
    )
}

pub(crate) fn file(features: &[String]) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    )
}

/// Sends a file and returns the address of its preview.
pub(crate) async fn send(desk: &Client, fields: &[(&str, &str)], text: &str) -> String {
    let files = [("file", "map.geojson", text.as_bytes())];
    let answer = desk.post_files("/areas/import", fields, &files).await;
    assert_eq!(answer.status(), 303, "{}", answer.text());
    answer.location().to_owned()
}

const BUILDINGS: [(&str, &str); 2] = [("level", "building"), ("datum", "wgs84")];

testkit::on_both! {
    async fn a_sound_file_is_shown_first_and_loaded_after_confirming(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        let text = file(&[
            feature(r#"{"name":"9栋"}"#, &block(0.42, 0.2, 0.1, 0.1)),
            feature(r#"{"name":"10栋"}"#, &block(1.42, 1.2, 0.1, 0.1)),
        ]);

        let path = send(&desk, &BUILDINGS, &text).await;
        let preview = desk.get(&path).await;
        let before = map(&app).await.of_level(Level::Building).count();
        let loaded = desk.post(&path, &[]).await;

        assert!(preview.has_text("检查通过，2 个区域可以导入"), "{}", preview.text());
        assert!(preview.has_text("2-02微网格"));
        assert!(preview.statements() <= 6, "{}", preview.statements());
        assert_eq!(before, 8);
        assert_eq!(loaded.status(), 303);
        let map = map(&app).await;
        let ten = map.building_named("10栋").unwrap();
        assert_eq!(map.place_of_building(ten).unwrap().micro_grid, town.micro_grids[1][1]);
        assert_eq!(desk.get(&path).await.status(), 404);
    }

    async fn each_fault_is_named_with_its_place_and_nothing_is_loaded(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        desk.post(&format!("/areas/{}/retire", town.micro_grids[0][0]), &[]).await;
        let text = file(&[
            // Reaches over 1-02 and over the grid's western border.
            feature(r#"{"name":"甲","code":"1-05"}"#, &block(-0.2, 0.0, 0.7, 1.2)),
            // Over the first one; and its code is that of 1-02.
            feature(r#"{"name":"乙","code":"1-02"}"#, &block(0.4, 0.0, 0.3, 1.0)),
            feature(r#"{"name":"丙","level":"网格"}"#, &block(0.8, 0.0, 0.1, 0.1)),
            feature(r#"{"name":"丁","parent":"第9网格"}"#, &block(0.8, 0.2, 0.1, 0.1)),
            feature("{}", &block(0.8, 0.4, 0.1, 0.1)),
            feature(r#"{"name":"戊"}"#, &block(-3.0, 0.0, 0.1, 0.1)),
        ]);
        let fields = [("level", "micro_grid"), ("datum", "wgs84")];

        let path = send(&desk, &fields, &text).await;
        let preview = desk.get(&path).await;
        let loaded = desk.post(&path, &[]).await;

        for words in [
            "“乙”的编号 1-02 和别的区域重复了",
            "“丙”在文件里标的是“网格”",
            "“丁”写着属于“第9网格”",
            "“未命名（5）”没有名称",
            "不在任何一个上级区域里面",
        ] {
            assert!(preview.has_text(words), "{words}\n{}", preview.text());
        }
        assert!(!preview.has_text("导入这 6 个区域"));
        assert_eq!(loaded.location(), path);
        assert_eq!(map(&app).await.current().count(), 14);
    }

    async fn overlaps_gaps_and_what_sticks_out_come_with_square_metres(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        desk.post(&format!("/areas/{}/retire", town.micro_grids[0][0]), &[]).await;
        let text = file(&[
            feature(r#"{"name":"甲"}"#, &block(-0.2, 0.0, 0.7, 0.9)),
            feature(r#"{"name":"乙"}"#, &block(0.4, 0.0, 0.3, 1.1)),
        ]);
        let fields = [("level", "micro_grid"), ("datum", "wgs84")];

        let path = send(&desk, &fields, &text).await;
        let preview = desk.get(&path).await;

        // A side of the town is 191.6 m east and 221.8 m north (WGS-84 at 30.66° N).
        assert!(preview.has_text("“甲”和“乙”在"), "{}", preview.text());
        assert!(preview.has_text("“乙”和“1-02微网格”在"), "{}", preview.text());
        assert!(preview.has_text("伸到了“第1网格”外面"), "{}", preview.text());
        assert!(preview.has_text("没有划进任何一个下级区域"), "{}", preview.text());
        let pins = desk.get(&format!("{path}/findings.geojson")).await.json();
        let pins = pins["features"].as_array().unwrap().clone();
        assert!(pins.len() >= 4, "{pins:?}");
        assert_eq!(pins[0]["properties"]["tone"], "hot");
        let shown = desk.get(&format!("{path}/areas.geojson")).await.json();
        assert_eq!(shown["features"].as_array().unwrap().len(), 2);
    }

    async fn a_polygon_that_crosses_itself_stops_the_file(app: TestApp) {
        town(&app).await;
        let desk = desk(&app).await;
        let bow_tie = r#"{"type":"Feature","properties":{"name":"9栋"},"geometry":{"type":"Polygon","coordinates":[[[104.0601,30.6601],[104.0603,30.6603],[104.0603,30.6601],[104.0601,30.6603],[104.0601,30.6601]]]}}"#;

        let path = send(&desk, &BUILDINGS, bow_tie).await;
        let preview = desk.get(&path).await;

        assert!(preview.has_text("附近自己交叉了"));
        assert!(preview.has_text("30.66020, 104.06020"));
        assert!(desk.in_english().get(&path).await.has_text("crosses itself near 30.66020, 104.06020"));
    }

    async fn broken_files_get_a_sentence(app: TestApp) {
        let desk = desk(&app).await;

        for (text, words) in [
            ("{\"type\":\"FeatureCollection\",\n\"features\":[", "文件在第 2 行"),
            ("<kml/>", "这个文件不是 GeoJSON"),
            (r#"{"a":1}"#, "这个文件不是 GeoJSON"),
            (r#"{"type":"FeatureCollection","features":[]}"#, "文件里没有面状的区域"),
            (
                r#"{"type":"FeatureCollection","crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::4547"}},"features":[]}"#,
                "不是经纬度",
            ),
        ] {
            let path = send(&desk, &BUILDINGS, text).await;
            let preview = desk.get(&path).await;
            assert!(preview.has_text(words), "{words}: {}", preview.text());
        }
    }

    async fn a_form_without_file_level_or_with_gibberish_is_shown_again(app: TestApp) {
        let desk = desk(&app).await;

        let empty = desk.post_files("/areas/import", &[("datum", "")], &[]).await;
        let gibberish = desk
            .post_files("/areas/import", &BUILDINGS, &[("file", "map.geojson", &[0xff, 0xfe, 0x00])])
            .await;

        assert_eq!(empty.status(), 422);
        for words in ["请选择文件", "请选择是哪一级", "请选择坐标系"] {
            assert!(empty.has_text(words), "{words}");
        }
        assert_eq!(gibberish.status(), 422);
        assert!(gibberish.has_text("不是 UTF-8 编码"));
    }

    async fn shifted_coordinates_are_put_right(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        let shifted = block(0.42, 0.2, 0.1, 0.1).map(|point| Datum::Gcj02.from_wgs84(point));
        let text = file(&[feature(r#"{"name":"9栋"}"#, &shifted)]);

        let path = send(&desk, &[("level", "building"), ("datum", "gcj02")], &text).await;
        desk.post(&path, &[]).await;

        let map = map(&app).await;
        let building = map.building_named("9栋").unwrap();
        assert_eq!(map.place_of_building(building).unwrap().micro_grid, town.micro_grids[0][0]);
    }

    async fn a_file_belongs_to_its_sender_and_lasts_a_day(app: TestApp) {
        town(&app).await;
        let desk = desk(&app).await;
        let colleague = app.on_duty("zhou", DutyKind::Staff, None).await;
        let text = file(&[feature(r#"{"name":"9栋"}"#, &block(0.42, 0.2, 0.1, 0.1))]);
        let path = send(&desk, &BUILDINGS, &text).await;

        assert_eq!(colleague.get(&path).await.status(), 404);
        assert_eq!(colleague.post(&path, &[]).await.status(), 404);
        app.wait(24 * 60 + 1);
        assert_eq!(desk.get(&path).await.status(), 404);
    }

    async fn what_was_sound_when_shown_and_is_not_any_more_is_not_loaded(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        desk.post(&format!("/areas/{}/retire", town.micro_grids[0][0]), &[]).await;
        let fields = [("level", "micro_grid"), ("datum", "wgs84")];
        let text = file(&[feature(r#"{"name":"甲","code":"1-01"}"#, &block(0.0, 0.0, 1.0, 1.0))]);
        let (one, other) = (send(&desk, &fields, &text).await, send(&desk, &fields, &text).await);

        let first = desk.post(&one, &[]).await;
        let second = desk.post(&other, &[]).await;

        assert_eq!(first.location(), "/areas");
        assert_eq!(second.location(), other);
        assert!(desk.get(&other).await.has_text("“甲”的编号 1-01 和别的区域重复了"));
        assert_eq!(map(&app).await.micro_grids_of(town.grids[0]).count(), 2);
    }

    async fn many_findings_of_one_kind_do_not_hide_another(app: TestApp) {
        town(&app).await;
        let desk = desk(&app).await;
        let mut features: Vec<String> = (0..30)
            .map(|n| feature("{}", &block(0.05 * f64::from(n), 0.05, 0.03, 0.05)))
            .collect();
        features.push(feature(r#"{"name":"门卫室"}"#, &block(0.0, 0.02, 0.02, 0.05)));

        let path = send(&desk, &BUILDINGS, &file(&features)).await;
        let preview = desk.get(&path).await;

        assert!(preview.has_text("提醒（31 处）"), "{}", preview.text());
        assert!(preview.has_text("“未命名（20）”没有名称"));
        assert!(!preview.has_text("“未命名（21）”没有名称"));
        assert!(preview.has_text("“未命名（1）”和“门卫室”在"), "{}", preview.text());
        assert!(preview.has_text("还有 10 处没有列出"));
    }

    async fn buildings_from_elsewhere_are_kept_with_a_warning(app: TestApp) {
        town(&app).await;
        let text = file(&[
            feature(r#"{"addr_street":"滨江大道","addr_housenumber":"2727"}"#, &block(50.0, 0.0, 0.1, 0.1)),
            feature("{}", &block(51.0, 0.0, 0.1, 0.1)),
            r#"{"type":"Feature","properties":{"name":"路灯"},"geometry":{"type":"Point","coordinates":[104.06,30.66]}}"#.to_owned(),
        ]);
        let options =
            ImportOptions { level: Level::Building, datum: Datum::Wgs84, replaces: false };
        let actor = desk(&app).await.actor().clone();

        let plan = areas::import_areas(app.house(), &actor, text, &options).await.unwrap();

        assert!(plan.is_sound(), "{:?}", plan.faults);
        assert_eq!(plan.warnings.len(), 4, "{:?}", plan.warnings);
        let map = map(&app).await;
        assert!(map.building_named("滨江大道2727号").is_some());
        assert_eq!(map.of_level(Level::Building).count(), 10);
    }

    async fn who_may_not_edit_cannot_import_by_command_either(app: TestApp) {
        town(&app).await;
        let text = file(&[feature(r#"{"name":"9栋"}"#, &block(0.42, 0.2, 0.1, 0.1))]);
        let options =
            ImportOptions { level: Level::Building, datum: Datum::Wgs84, replaces: false };
        let plan = plan_import(&text, &options, &*map(&app).await);
        let resident = app.resident("wang").await;

        let refused = areas::import_areas(app.house(), resident.actor(), text, &options).await;

        assert!(plan.is_sound());
        assert!(matches!(refused, Err(areas::Error::NotAllowed)));
    }
}
