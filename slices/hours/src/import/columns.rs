//! Which fields a spreadsheet of hours can fill, and by which headers other offices call them.

use sheets::{FieldSpec, Mapping, Table};

/// The fields, in the order of the page.
pub const FIELDS: [FieldSpec; 11] = [
    field(
        "name",
        &["姓名", "志愿者姓名", "志愿者", "name", "volunteer"],
    ),
    FieldSpec {
        key: "phone",
        synonyms: &[
            "联系电话",
            "手机号码",
            "手机号",
            "手机",
            "电话",
            "联系方式",
            "phone",
            "mobile",
        ],
        looks_like: Some(|cell| text::normalise_phone(cell).is_some()),
    },
    field(
        "address",
        &["住址", "地址", "家庭住址", "详细地址", "门牌", "address"],
    ),
    field(
        "building",
        &["楼栋", "楼栋号", "栋号", "幢号", "楼号", "栋", "building"],
    ),
    field(
        "room",
        &["房号", "房间号", "室号", "门牌号", "room", "flat"],
    ),
    FieldSpec {
        key: "day",
        synonyms: &["服务日期", "活动日期", "日期", "服务时间", "day", "date"],
        looks_like: Some(|cell| crate::model::parse_day(cell).is_some()),
    },
    field(
        "from",
        &["开始时间", "签到时间", "起始时间", "from", "start"],
    ),
    field(
        "until",
        &["结束时间", "签退时间", "截止时间", "until", "end"],
    ),
    field("minutes", &["分钟数", "服务分钟", "分钟", "minutes"]),
    field("hours", &["小时数", "服务小时", "小时", "hours"]),
    field(
        "done",
        &[
            "服务内容",
            "服务项目",
            "活动名称",
            "做了什么",
            "内容",
            "项目",
            "what",
            "service",
            "activity",
        ],
    ),
];

const fn field(key: &'static str, synonyms: &'static [&'static str]) -> FieldSpec {
    FieldSpec {
        key,
        synonyms,
        looks_like: None,
    }
}

/// What a field is called, as a message.
pub fn label(key: &str) -> &'static str {
    match key {
        "name" => "hours-field-name",
        "phone" => "hours-field-phone",
        "address" => "hours-field-address",
        "building" => "hours-field-building",
        "room" => "hours-field-room",
        "day" => "hours-field-day",
        "from" => "hours-field-from",
        "until" => "hours-field-until",
        "minutes" => "hours-field-minutes",
        "hours" => "hours-field-hours",
        _ => "hours-field-done",
    }
}

/// Guesses which column holds which field. A column of lengths (时长) says in its header, perhaps in
/// brackets, whether it counts minutes or hours; where it does not, a person has to.
pub fn guess(table: &Table) -> Mapping {
    let mut columns = sheets::guess(table, &FIELDS);
    if columns.column("minutes").is_some() || columns.column("hours").is_some() {
        return columns;
    }
    for (place, header) in table.headers.iter().enumerate() {
        let header = text::fold(header).to_lowercase();
        let is_length = header.contains("时长") || header.contains("duration");
        let has = |words: [&str; 2]| words.iter().any(|word| header.contains(word));
        if is_length && has(["小时", "hour"]) {
            columns.set("hours", Some(place));
        } else if is_length && has(["分钟", "minute"]) {
            columns.set("minutes", Some(place));
        }
    }
    columns
}

/// Whether the columns that are needed have been found: who, how to find them, when, how long, what.
pub fn is_enough(columns: &Mapping) -> bool {
    let has = |key: &str| columns.column(key).is_some();
    let can_find = has("phone") || has("address") || (has("building") && has("room"));
    let has_length = has("minutes") || has("hours") || (has("from") && has("until"));
    has("name") && can_find && has("day") && has_length && has("done")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(csv: &str) -> Mapping {
        let table = sheets::read(csv.as_bytes(), "", sheets::Limits::default()).expect("a table");
        guess(&table)
    }

    #[test]
    fn the_columns_of_an_office_are_known() {
        let columns = guessed(
            "序号,志愿者姓名,联系电话,服务日期,服务时长（小时）,服务内容\n1,王秀英,13800001234,2026-11-20,2.5,扫楼道\n",
        );

        assert!(is_enough(&columns));
        assert_eq!(columns.column("hours"), Some(4));
        assert_eq!(columns.column("minutes"), None);
        assert_eq!(columns.column("done"), Some(5));
    }

    #[test]
    fn a_length_that_does_not_say_its_unit_is_asked_about() {
        let columns = guessed("姓名,电话,日期,时长,内容\n王秀英,13800001234,2026-11-20,2,扫楼道\n");

        assert_eq!(
            (columns.column("hours"), columns.column("minutes")),
            (None, None)
        );
        assert!(!is_enough(&columns));
    }
}
