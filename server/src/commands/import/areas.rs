//! `linli import areas`: outlines from GeoJSON.

use std::path::PathBuf;

use ::areas::{ImportOptions, Level, import_areas};
use clap::{Args, ValueEnum};
use platform::House;
use spatial::Datum;

use super::{operator, read_text, say};
use crate::commands::community;

/// Loads outlines of grids, micro-grids or buildings from GeoJSON.
#[derive(Args, Debug)]
pub struct Areas {
    /// A GeoJSON file.
    file: PathBuf,
    /// What its areas are.
    #[arg(long, value_enum)]
    level: LevelWord,
    /// Against what its degrees are measured.
    #[arg(long, value_enum, default_value = "wgs84")]
    datum: DatumWord,
    /// They take the place of the areas of this level that lie in the same parents.
    #[arg(long)]
    replace: bool,
    /// The community's word in addresses, when there are several.
    #[arg(long, value_name = "WORD")]
    community: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LevelWord {
    City,
    District,
    Subdistrict,
    Community,
    Grid,
    MicroGrid,
    Building,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DatumWord {
    /// GPS, OpenStreetMap, most files.
    Wgs84,
    /// The national datum; within centimetres of WGS-84.
    Cgcs2000,
    /// Maps of Gaode and Tencent.
    Gcj02,
    /// Maps of Baidu.
    Bd09,
}

impl Areas {
    pub(super) async fn run(self, house: &House) -> anyhow::Result<()> {
        let community = community(house, self.community.as_deref()).await?;
        let options = ImportOptions {
            level: match self.level {
                LevelWord::City => Level::City,
                LevelWord::District => Level::District,
                LevelWord::Subdistrict => Level::Subdistrict,
                LevelWord::Community => Level::Community,
                LevelWord::Grid => Level::Grid,
                LevelWord::MicroGrid => Level::MicroGrid,
                LevelWord::Building => Level::Building,
            },
            datum: match self.datum {
                DatumWord::Wgs84 => Datum::Wgs84,
                DatumWord::Cgcs2000 => Datum::Cgcs2000,
                DatumWord::Gcj02 => Datum::Gcj02,
                DatumWord::Bd09 => Datum::Bd09,
            },
            replaces: self.replace,
        };
        let text = read_text(&self.file)?;
        let plan = import_areas(house, &operator(&community), text, &options).await?;
        for warning in &plan.warnings {
            println!("  note   {}", say(house, &warning.message()));
        }
        for fault in &plan.faults {
            println!("  FAULT  {}", say(house, &fault.message()));
        }
        anyhow::ensure!(
            plan.is_sound(),
            "nothing was loaded: mend the {} faults above first",
            plan.faults.len()
        );
        println!(
            "{}: {} areas were loaded.",
            community.slug,
            plan.areas.len()
        );
        Ok(())
    }
}
