//! What the columns of a file probably mean: guessed from its headers and cells, for a person to
//! correct on a page. What comes of it is the same [`Mapping`] that others write as a file.

use std::collections::BTreeMap;

use jiff::civil::{DateTime, date};
use jiff::fmt::strtime;
use platform::Message;
use sheets::{FieldSpec, Table};

use super::mapping::{Columns, Mapping, usual_words};
use crate::model::State;

/// A field that can be read from a column.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in the form.
    pub key: &'static str,
    /// The message that says what it is.
    pub label: &'static str,
    /// Whether nothing can be loaded without it.
    pub is_required: bool,
    synonyms: &'static [&'static str],
}

const fn field(
    key: &'static str,
    label: &'static str,
    is_required: bool,
    synonyms: &'static [&'static str],
) -> Field {
    Field {
        key,
        label,
        is_required,
        synonyms,
    }
}

/// All of them, in the order of the form.
pub const FIELDS: [Field; 14] = [
    field(
        "number",
        "requests-import-field-number",
        true,
        &[
            "编号",
            "工单编号",
            "工单号",
            "受理编号",
            "case id",
            "number",
            "case enquiry id",
        ],
    ),
    field(
        "title",
        "requests-import-field-title",
        true,
        &["标题", "主题", "诉求标题", "title", "subject", "case title"],
    ),
    field(
        "category",
        "requests-import-field-category",
        true,
        &["大类", "类别", "一级分类", "诉求类型", "category", "type"],
    ),
    field(
        "category_below",
        "requests-import-field-category-below",
        false,
        &["小类", "二级分类", "细类", "subcategory"],
    ),
    field(
        "received",
        "requests-import-field-received",
        true,
        &[
            "受理时间",
            "来电时间",
            "登记时间",
            "创建时间",
            "时间",
            "received",
            "opened",
            "open dt",
        ],
    ),
    field(
        "due",
        "requests-import-field-due",
        false,
        &["办理时限", "截止时间", "限办时间", "due", "target dt"],
    ),
    field(
        "closed",
        "requests-import-field-closed",
        false,
        &[
            "办结时间",
            "办结",
            "完成时间",
            "结案时间",
            "closed",
            "closed dt",
        ],
    ),
    field(
        "state",
        "requests-import-field-state",
        false,
        &[
            "状态",
            "办理状态",
            "工单状态",
            "state",
            "status",
            "case status",
        ],
    ),
    field(
        "body",
        "requests-import-field-body",
        false,
        &["内容", "诉求内容", "详情", "描述", "description", "body"],
    ),
    field(
        "answer",
        "requests-import-field-answer",
        false,
        &[
            "办理结果",
            "答复",
            "处理结果",
            "回复",
            "answer",
            "resolution",
            "closure reason",
        ],
    ),
    field(
        "handler",
        "requests-import-field-handler",
        false,
        &[
            "承办单位",
            "承办",
            "责任单位",
            "处理单位",
            "handler",
            "department",
        ],
    ),
    field(
        "place",
        "requests-import-field-place",
        false,
        &[
            "地点",
            "地址",
            "诉求地址",
            "位置",
            "place",
            "address",
            "location",
        ],
    ),
    field(
        "lon",
        "requests-import-field-lon",
        false,
        &["经度", "longitude", "lon", "lng"],
    ),
    field(
        "lat",
        "requests-import-field-lat",
        false,
        &["纬度", "latitude", "lat"],
    ),
];

/// How offices write moments, as `strptime` says it, the usual ones first.
pub const DATE_FORMATS: [&str; 12] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y年%m月%d日",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %H:%M",
    "%d.%m.%Y %H:%M",
];

/// Cells looked at to find out how moments are written.
const SAMPLE_CELLS: usize = 200;
/// A column with more different words than this holds no states.
const STATE_WORDS_MAX: usize = 30;

/// What the columns mean, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// The header of the column for each field that has one.
    pub columns: BTreeMap<&'static str, String>,
    /// How moments are written.
    pub date_format: String,
    /// Whether everyone may read what is loaded.
    pub is_published: bool,
    /// Their words for where a matter stands, with ours.
    pub states: BTreeMap<String, State>,
}

impl Proposal {
    /// A guess from headers and cells.
    pub fn guess(table: &Table) -> Self {
        let specs = FIELDS.map(|field| FieldSpec {
            key: field.key,
            synonyms: field.synonyms,
            looks_like: None,
        });
        let guessed = sheets::guess(table, &specs);
        let header = |field: &Field| {
            let column = guessed.column(field.key)?;
            let header = table.headers.get(column)?.trim();
            (!header.is_empty()).then(|| (field.key, header.to_owned()))
        };
        let mut proposal = Self {
            columns: FIELDS.iter().filter_map(header).collect(),
            ..Self::default()
        };
        proposal.date_format = proposal.guessed_format(table).to_owned();
        proposal.states = proposal
            .state_words(table)
            .into_iter()
            .map(|word| {
                let state = guessed_state(&word);
                (word, state)
            })
            .collect();
        proposal
    }

    /// As a mapping that was made before says it.
    pub fn of(mapping: &Mapping) -> Self {
        let from = &mapping.columns;
        let all = [
            ("number", Some(&from.number)),
            ("title", Some(&from.title)),
            ("category", from.category.first()),
            ("category_below", from.category.get(1)),
            ("received", Some(&from.received)),
            ("due", from.due.as_ref()),
            ("closed", from.closed.as_ref()),
            ("state", from.state.as_ref()),
            ("body", from.body.as_ref()),
            ("answer", from.answer.as_ref()),
            ("handler", from.handler.as_ref()),
            ("place", from.place.first()),
            ("lon", from.lon.as_ref()),
            ("lat", from.lat.as_ref()),
        ];
        Self {
            columns: all
                .into_iter()
                .filter_map(|(key, header)| Some((key, header?.clone())))
                .collect(),
            date_format: mapping.date_format.clone(),
            is_published: mapping.publish,
            states: mapping
                .states
                .keys()
                .filter_map(|word| Some((word.clone(), mapping.state(word)?)))
                .collect(),
        }
    }

    /// The mapping, for moments in this time zone.
    ///
    /// # Errors
    /// A sentence when a field is missing without which nothing can be loaded.
    pub fn mapping(&self, zone: &str) -> Result<Mapping, Message> {
        let header = |key: &str| self.columns.get(key).cloned();
        let (Some(number), Some(title), Some(category), Some(received)) = (
            header("number"),
            header("title"),
            header("category"),
            header("received"),
        ) else {
            return Err(Message::of("requests-import-columns-missing"));
        };
        Ok(Mapping {
            zone: zone.to_owned(),
            date_format: self.date_format.clone(),
            publish: self.is_published,
            duplicates: usual_words(),
            columns: Columns {
                number,
                received,
                due: header("due"),
                closed: header("closed"),
                state: header("state"),
                title,
                body: header("body"),
                answer: header("answer"),
                category: [Some(category), header("category_below")]
                    .into_iter()
                    .flatten()
                    .collect(),
                handler: header("handler"),
                place: header("place").into_iter().collect(),
                lon: header("lon"),
                lat: header("lat"),
            },
            states: self
                .states
                .iter()
                .map(|(word, state)| (word.clone(), state.word().to_owned()))
                .collect(),
        })
    }

    /// The different words in the column of states; none when there are too many to be states.
    pub fn state_words(&self, table: &Table) -> Vec<String> {
        let mut words = Vec::new();
        for word in self.cells(table, "state") {
            if words.iter().all(|known| known != word) {
                words.push(word.to_owned());
            }
            if words.len() > STATE_WORDS_MAX {
                return Vec::new();
            }
        }
        words
    }

    /// Words in the column of states for which nobody has said what they mean.
    pub fn unknown_states(&self, table: &Table) -> Vec<String> {
        let mut words = self.state_words(table);
        words.retain(|word| !self.states.contains_key(word));
        words
    }

    /// The first way of writing that fits most of the moments.
    fn guessed_format(&self, table: &Table) -> &'static str {
        let cells: Vec<&str> = self.cells(table, "received").take(SAMPLE_CELLS).collect();
        let fitting = |format: &str| {
            let fits = |cell: &&&str| strtime::parse(format, cell.as_bytes()).is_ok();
            cells.iter().filter(fits).count()
        };
        let mut best = (DATE_FORMATS[0], 0);
        for format in DATE_FORMATS {
            let count = fitting(format);
            if count > best.1 {
                best = (format, count);
            }
        }
        best.0
    }

    /// The cells of a field that are not empty.
    fn cells<'a>(&self, table: &'a Table, key: &str) -> impl Iterator<Item = &'a str> {
        let header = self.columns.get(key);
        let column = header.and_then(|header| {
            let mut headers = table.headers.iter();
            headers.position(|one| one.trim() == header)
        });
        let cell = move |row: &'a sheets::Row| Some(row.cell(column?).trim());
        let cells = table.rows.iter().filter_map(cell);
        cells.filter(|cell| !cell.is_empty())
    }
}

/// A day in this way of writing, which shows what is what: 31 is no month.
pub fn example_of(format: &str) -> String {
    let day: DateTime = date(2026, 3, 31).at(16, 5, 0, 0);
    strtime::format(format, day).unwrap_or_else(|_| format.to_owned())
}

/// What a word for where a matter stands probably means.
fn guessed_state(word: &str) -> State {
    let word = word.to_lowercase();
    let has = |signs: &[&str]| signs.iter().any(|sign| word.contains(sign));
    if has(&["未办结", "未结", "open"]) {
        State::Dispatched
    } else if has(&["结", "完成", "关闭", "归档", "closed", "done", "resolved"]) {
        State::Closed
    } else if has(&["待派", "待受理", "新", "new"]) {
        State::Received
    } else {
        State::Dispatched
    }
}

#[cfg(test)]
mod tests {
    use sheets::{Limits, read};

    use super::*;

    fn table(text: &str) -> Table {
        read(text.as_bytes(), "a.csv", Limits::default()).unwrap()
    }

    #[test]
    fn a_usual_table_needs_no_correction() {
        let table = table(
            "工单编号,受理时间,状态,标题,大类,小类,承办单位,地点\n\
             A1,2026/3/31 16:05,已办结,楼道灯不亮,照明,楼道灯,物业,3栋\n\
             A2,2026/4/1 8:00,办理中,路面塌陷,道路,路面,市政,北门\n",
        );

        let proposal = Proposal::guess(&table);
        let mapping = proposal.mapping("Asia/Shanghai").unwrap();

        assert_eq!(proposal.date_format, "%Y/%m/%d %H:%M");
        assert_eq!(mapping.columns.category, ["大类", "小类"]);
        assert_eq!(mapping.columns.handler.as_deref(), Some("承办单位"));
        assert_eq!(mapping.state("已办结"), Some(State::Closed));
        assert_eq!(mapping.state("办理中"), Some(State::Dispatched));
    }

    #[test]
    fn a_mapping_is_read_back_as_it_was_proposed() {
        let table = table("编号,时间,标题,类别,状态\n1,2026-03-31,灯,照明,新建\n");
        let proposal = Proposal::guess(&table);

        let text = proposal.mapping("Asia/Shanghai").unwrap().text();

        assert_eq!(Proposal::of(&Mapping::parse(&text).unwrap()), proposal);
    }

    #[test]
    fn nothing_is_loaded_without_a_number() {
        let proposal = Proposal::guess(&table("时间,标题,类别\n2026-03-31,灯,照明\n"));

        let refused = proposal.mapping("Asia/Shanghai").unwrap_err();

        assert_eq!(refused.id(), "requests-import-columns-missing");
    }

    #[test]
    fn every_way_of_writing_shows_itself_and_is_read_back() {
        for format in DATE_FORMATS {
            let example = example_of(format);

            assert!(
                strtime::parse(format, example.as_bytes()).is_ok(),
                "{example}"
            );
        }
    }
}
