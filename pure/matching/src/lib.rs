//! Who suits what: rosters by least cost, suggestions that say why.
