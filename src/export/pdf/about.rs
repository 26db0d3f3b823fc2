//! What the document says of itself. No clock is asked.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use krilla::metadata::{DateTime, Metadata, TextDirection};

use crate::export::ExportOptions;

/// Returns title, author, language and maker, and a date where the order has one.
pub(super) fn metadata(order: &ExportOptions<'_>) -> Metadata {
    let meta = &order.deck.meta;
    let mut metadata = Metadata::new()
        .title(order.title().unwrap_or_default())
        .authors(meta.author.iter().cloned().collect())
        .creator("Lutrin".to_owned())
        .producer("Lutrin".to_owned());
    if let Some(lang) = order.lang {
        metadata = metadata.language(lang.to_owned());
    }
    if order.stage.rtl {
        metadata = metadata.text_direction(TextDirection::RightToLeft);
    }
    match order.date.and_then(date) {
        Some(date) => metadata.creation_date(date),
        None => metadata,
    }
}

/// Returns seconds since 1970 as a date; none where the format has no such year.
fn date(seconds: i64) -> Option<DateTime> {
    let time = Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC);
    let year = u16::try_from(time.year()).ok()?;
    let part = |part: i8| part.unsigned_abs();
    let date = DateTime::new(year).month(part(time.month())).day(part(time.day()));
    let date = date.hour(part(time.hour())).minute(part(time.minute())).second(part(time.second()));
    Some(date.utc_offset_hour(0).utc_offset_minute(0))
}
