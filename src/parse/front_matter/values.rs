//! What each key of front matter may say, and how it is taken. Where it stands in the front matter is not known here.

use std::time::Duration;

use crate::deck::{Meta, SlideNumber};
use crate::source::{Diagnostic, Rule};
use crate::text::parse_time;

/// Sets what `key` is about, where it is known.
///
/// # Errors
/// A value that is none of those that the key can have; the message quotes it.
pub(super) fn assign(meta: &mut Meta, key: &str, value: &str) -> Result<(), Diagnostic> {
    // White space is a part of what separates, and of nothing else.
    if let Some(slot) = separator(meta, key) {
        text(slot, value);
        return Ok(());
    }
    let value = value.trim();
    match key {
        "title" => text(&mut meta.title, value),
        "author" => text(&mut meta.author, value),
        "date" => text(&mut meta.date, value),
        "lang" => text(&mut meta.lang, value),
        "theme" => text(&mut meta.theme, value),
        "duration" => {
            text(&mut meta.duration, value);
            length(key, value)?;
        }
        "center" => meta.center = Some(switch(key, value)?),
        "progress" => meta.progress = Some(switch(key, value)?),
        "loop" => meta.looped = Some(switch(key, value)?),
        "rtl" => meta.rtl = Some(switch(key, value)?),
        "showHiddenSlides" => meta.show_hidden = Some(switch(key, value)?),
        "animateLists" => meta.animate_lists = Some(switch(key, value)?),
        "slideNumber" => meta.slide_number = slide_number(value)?,
        "autoSlide" => meta.auto_slide = milliseconds(key, value)?,
        "defaultTiming" => meta.default_timing = length(key, value)?,
        "totalTime" => meta.total_time = length(key, value)?,
        _ => {}
    }
    Ok(())
}

/// Returns the place of the separator that `key` is about, by the names that reveal-md and mkslides have for it.
fn separator<'a>(meta: &'a mut Meta, key: &str) -> Option<&'a mut Option<String>> {
    Some(match key {
        "separator" => &mut meta.separator,
        "verticalSeparator" | "separator_vertical" => &mut meta.vertical_separator,
        "notesSeparator" | "separator_notes" => &mut meta.notes_separator,
        _ => return None,
    })
}

fn text(slot: &mut Option<String>, value: &str) {
    if !value.is_empty() {
        *slot = Some(value.to_owned());
    }
}

/// Returns what YAML takes for true or false.
fn truth(value: &str) -> Option<bool> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

fn switch(key: &str, value: &str) -> Result<bool, Diagnostic> {
    truth(value).ok_or_else(|| {
        Diagnostic::of(Rule::FrontMatter, format!("`{key}: {value}` is neither true nor false"))
            .hint(format!("write `{key}: true` or `{key}: false`"))
    })
}

/// Returns the form of the number; none where it is only said that there is one.
fn slide_number(value: &str) -> Result<Option<SlideNumber>, Diagnostic> {
    Ok(Some(match (value, truth(value)) {
        (_, Some(true)) => return Ok(None),
        (_, Some(false)) => SlideNumber::Hidden,
        ("h.v", _) => SlideNumber::Address,
        ("h/v", _) => SlideNumber::AddressWithSlash,
        ("c", _) => SlideNumber::Count,
        ("c/t", _) => SlideNumber::CountOfTotal,
        _ => {
            return Err(Diagnostic::of(
                Rule::FrontMatter,
                format!("`slideNumber: {value}` is no form of number that is known"),
            )
            .hint("write `true`, `false`, `c`, `c/t`, `h.v` or `h/v`"));
        }
    }))
}

/// Returns a length of time; none where the value is 0 or false.
fn length(key: &str, value: &str) -> Result<Option<Duration>, Diagnostic> {
    let hint = format!("write seconds or a time, such as `{key}: 60m` or `{key}: 1h30m`");
    time(key, value, parse_time).map_err(|diagnostic| diagnostic.hint(hint))
}

/// Returns a number of milliseconds; none where the value is 0 or false.
fn milliseconds(key: &str, value: &str) -> Result<Option<Duration>, Diagnostic> {
    let read = |value: &str| Duration::try_from_secs_f64(value.parse::<f64>().ok()? / 1000.0).ok();
    let hint = format!("write a number of milliseconds, such as `{key}: 60000`, or `{key}: false`");
    time(key, value, read).map_err(|diagnostic| diagnostic.hint(hint))
}

fn time(
    key: &str,
    value: &str,
    read: impl Fn(&str) -> Option<Duration>,
) -> Result<Option<Duration>, Diagnostic> {
    // YAML lets people part the digits of a number.
    let time = if value.is_empty() || truth(value) == Some(false) {
        Some(Duration::ZERO)
    } else {
        read(&value.replace('_', ""))
    };
    let time =
        time.ok_or_else(|| Diagnostic::of(Rule::FrontMatter, format!("`{key}: {value}` is no time")))?;
    Ok(Some(time).filter(|time| !time.is_zero()))
}
