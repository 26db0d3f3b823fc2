//! Runs as data, for programs. The names of the fields are those of the types; `docs/report-json.md` explains them.

use serde::Serialize;

/// Returns all numbers; what is not known is null.
pub(super) fn write(reportable: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(reportable).expect("strings and numbers can always be written");
    json + "\n"
}
