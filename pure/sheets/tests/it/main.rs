//! Files in and out, from the outside: every format, and files that mean no good.

mod fixtures;
mod hostile;
mod reading;
mod writing;
