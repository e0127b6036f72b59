//! The front door of a community: report, look up, see what became of it.

use areas::Atlas;
use askama::Template;
use axum::response::Response;
use kernel::{AreaId, DutyKind};
use platform::{Message, Page, Refusal, Visit, door};

use super::matters;
use super::view::{self, Around, LineView, Step};
use crate::store::{self, Filter, States};

/// Matters shown of everyone's.
const PUBLIC_SHOWN: u64 = 6;
/// Matters shown of one's own.
const OWN_SHOWN: u64 = 3;

struct Own {
    line: LineView,
    steps: Vec<Step>,
}

struct GridWorker {
    name: String,
    area: String,
    href: String,
}

#[derive(Template)]
#[template(path = "requests/home.html")]
struct HomePage {
    page: Page,
    own: Vec<Own>,
    public: Vec<LineView>,
    workers: Vec<GridWorker>,
}

/// The front door.
pub async fn home(visit: Visit) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let catalogue = store::catalogue(visit.house(), community).await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let own = store::raised_by(&reader, visit.actor(), OWN_SHOWN).await?;
    let everything = Filter {
        states: States::All,
        ..Filter::default()
    };
    let public = matters::public_reach(&visit, &everything);
    let public = store::newest(&reader, community, &public, None, PUBLIC_SHOWN).await?;
    let own_area = own.iter().find_map(|line| line.micro_grid);
    let workers = match own_area {
        Some(area) => workers_of(&visit, &atlas, area).await?,
        None => Vec::new(),
    };
    let page = visit.page(Message::of("requests-home-title"));
    let around = Around {
        page: &page,
        catalogue: &catalogue,
        atlas: &atlas,
    };
    let template = HomePage {
        own: own
            .iter()
            .map(|line| Own {
                line: around.line(line),
                steps: view::steps(&page, line.state.stage()),
            })
            .collect(),
        public: public.iter().map(|line| around.line(line)).collect(),
        workers,
        page,
    };
    Page::show(&template)
}

/// Who is on duty in a micro-grid: its own worker, and the worker of its grid.
async fn workers_of(
    visit: &Visit,
    atlas: &Atlas,
    area: AreaId,
) -> Result<Vec<GridWorker>, Refusal> {
    let around = [Some(area), atlas.grid_of(area)];
    let on_duty =
        door::on_duty_near(&visit.reader(), visit.community().id, visit.now(), around).await?;
    let worker = |duty: door::OnDuty| {
        let area = duty.area.filter(|_| duty.kind == DutyKind::GridWorker)?;
        Some(GridWorker {
            name: duty.name,
            area: atlas.name(area).unwrap_or_default().to_owned(),
            href: format!("/areas/{area}"),
        })
    };
    Ok(on_duty.into_iter().filter_map(worker).collect())
}
