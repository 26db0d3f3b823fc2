//! Front matter as a row of events: which value stands at which place of the map. What the values mean is told next
//! door.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use super::{KEYS, begins_with_key, is_word, values};
use crate::deck::Meta;
use crate::source::Diagnostic;

/// The maps in which tools pass options on to reveal.js.
const OPTIONS: [&str; 4] = ["revealOptions", "slideOptions", "revealjs", "reveal"];

/// The keys that say something of the deck only where they stand outside those maps.
const OWN: [&str; 6] = ["title", "author", "date", "lang", "theme", "duration"];

/// A list or map that is still open, and the key in it whose value comes next.
struct Level {
    map: bool,
    key: Option<String>,
}

/// Reads YAML as a row of events: it builds no tree and follows no alias, so nothing in it can grow.
#[derive(Default)]
pub(super) struct FrontMatterReader {
    pub(super) meta: Meta,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The keys that were given values, and their lines in the file.
    pub(super) values: Vec<(String, usize)>,
    levels: Vec<Level>,
    /// The keys of the outermost map, whether they are known or not.
    keys: Vec<String>,
}

impl FrontMatterReader {
    /// Returns what `yaml` says; its first line is the file's second.
    pub(super) fn read(yaml: &str) -> Result<Self, ScanError> {
        let mut reader = Self::default();
        for event in Parser::new_from_str(yaml) {
            let (event, span) = event?;
            reader.take(event, span.start.line() + 1);
        }
        Ok(reader)
    }

    /// Tells whether `yaml`, which has been read, is a map as front matter is one, rather than a slide such
    /// as `# Title` above `Note: hello`, which is a comment and a map to YAML.
    pub(super) fn is_front_matter(&self, yaml: &str) -> bool {
        self.keys.iter().any(|key| KEYS.contains(&key.as_str()))
            || (begins_with_key(yaml) && self.keys.iter().all(|key| is_word(key)))
    }

    fn take(&mut self, event: Event<'_>, line: usize) {
        match event {
            Event::MappingStart(..) => self.levels.push(Level { map: true, key: None }),
            Event::SequenceStart(..) => self.levels.push(Level { map: false, key: None }),
            Event::MappingEnd | Event::SequenceEnd => {
                self.levels.pop();
                self.node_done(String::new());
            }
            Event::Alias(_) => self.node_done(String::new()),
            Event::Scalar(text, style, ..) => {
                if !(style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null")) {
                    self.scalar(&text, line);
                }
                self.node_done(text.into_owned());
            }
            _ => {}
        }
    }

    /// Notes that a key or a value of the innermost list or map is complete.
    fn node_done(&mut self, text: String) {
        let outermost = self.levels.len() == 1;
        let Some(level) = self.levels.last_mut().filter(|level| level.map) else { return };
        if level.key.take().is_none() {
            if outermost {
                self.keys.push(text.clone());
            }
            level.key = Some(text);
        }
    }

    /// Takes a scalar for what the keys above it say, where it is a value at all.
    fn scalar(&mut self, text: &str, line: usize) {
        let is_key = self.levels.last().is_none_or(|level| level.map && level.key.is_none());
        if is_key || self.levels.len() > 3 {
            return;
        }
        let in_list = self.levels.iter().any(|level| !level.map);
        let path: Vec<String> = self.levels.iter().filter_map(|level| level.key.clone()).collect();
        match path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["author"] | ["author", "name"] if in_list => self.add_author(text),
            ["author", "name"] => self.assign("author", text, line),
            _ if in_list => {}
            [key] | ["markdown", key @ "animateLists"] => self.assign(key, text, line),
            [map, key] if OPTIONS.contains(&map) && !OWN.contains(&key) => self.assign(key, text, line),
            ["slides", key] if key.contains("separator") => self.assign(key, text, line),
            [map, "markdown", key] if OPTIONS.contains(&map) && !OWN.contains(&key) => {
                self.assign(key, text, line);
            }
            _ => {}
        }
    }

    fn add_author(&mut self, name: &str) {
        match &mut self.meta.author {
            Some(authors) => {
                authors.push_str(", ");
                authors.push_str(name.trim());
            }
            author => *author = Some(name.trim().to_owned()),
        }
    }

    /// Takes `value` for what `key` says, where the key is known; of two equal ones the last holds.
    pub(super) fn assign(&mut self, key: &str, value: &str, line: usize) {
        self.values.push((key.to_owned(), line));
        let refusal = values::assign(&mut self.meta, key, value).err();
        self.diagnostics.extend(refusal.map(|diagnostic| diagnostic.at_line(line)));
    }
}
